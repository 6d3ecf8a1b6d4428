// SPDX-License-Identifier: GPL-2.0
/*
 * What fails leaves nothing behind: acquisitions, which DEBUG=1 lets fail, and transfers, of
 * a device that is kept from memory.
 */
#include "edu-test.h"

#include <linux/pci_regs.h>

#define FEWEST		12	/* the driver acquires more than that */
#define MOST		64
#define ATTEMPTS	5	/* not every one is faster than a time-out */

static const struct device *const dev = &devices[0];

/* Binds with a fault to come; nothing of the device may be left. */
static void check_probe_fails(const char *point, int nth, const char *clean)
{
	char live[LIVE_SIZE], name[32];

	set_fault(point, nth);
	if (!check_equal(device_bind(dev), ENOMEM))
		note("%s, acquisition %d\n", *point == '\n' ? "any" : point, nth);
	check(!pending_fault());
	check(!device_node(dev, name, sizeof(name)));
	read_live(live);
	if (!check(!strcmp(live, clean)))
		note("%s, acquisition %d left: %s\n", *point == '\n' ? "any" : point, nth, live);
}

/* Binds without a fault: how many acquisitions there are. */
static int count_acquisitions(void)
{
	int left;

	set_fault(ANY_POINT, MOST + 1);
	check_equal(device_bind(dev), 0);
	left = pending_fault();
	no_fault();
	return MOST + 1 - left;
}

void test_probe_fails(void)
{
	char clean[LIVE_SIZE];
	int count;

	need_faults();
	need(!device_unbind(dev));
	read_live(clean);
	check(!strstr(clean, dev->address));
	count = count_acquisitions();
	note("%d acquisitions\n", count);
	check(count >= FEWEST && count <= MOST);
	need(!device_unbind(dev));
	for (int nth = 1; nth <= count; nth++)
		check_probe_fails(ANY_POINT, nth, clean);
	check_equal(device_bind(dev), 0);
	check_factorial(need_open(dev, O_RDWR), 6);
}

/* The names of the device's resources, as they are while it is bound. */
static int resource_names(char names[][32], int most)
{
	char live[LIVE_SIZE], *line, *next;
	bool ours = false;
	int count = 0;

	read_live(live);
	for (line = strtok_r(live, "\n", &next); line; line = strtok_r(NULL, "\n", &next)) {
		if (line[0] != ' ')
			ours = strstr(line, dev->address);
		else if (ours && count < most)
			count += sscanf(line, " %31s", names[count]);
	}
	return count;
}

void test_probe_fails_by_name(void)
{
	static const char * const others[] = { "pci_enable", "bound", "dma_buf" };
	char clean[LIVE_SIZE], live[LIVE_SIZE], names[16][32];
	int count;

	need_faults();
	read_live(live);
	check(strstr(live, dev->address));
	count = resource_names(names, ARRAY_SIZE(names));
	check(count >= 8);
	need(!device_unbind(dev));
	read_live(clean);
	for (int i = 0; i < count; i++)
		check_probe_fails(names[i], 1, clean);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		check_probe_fails(others[i], 1, clean);
	/* A name that is nobody's. */
	set_fault("nobody", 1);
	check_equal(device_bind(dev), 0);
	check(pending_fault());
	no_fault();
}

/* Off, the device reads and writes nothing, and its interrupt, a message, gets lost. */
static void set_bus_master(const struct device *dev, bool on)
{
	unsigned short command = 0;
	char path[128];
	int fd;

	fd = open(device_attribute(dev, "config", path, sizeof(path)), O_RDWR | O_CLOEXEC);
	need(fd >= 0);
	need(pread(fd, &command, sizeof(command), PCI_COMMAND) == sizeof(command));
	command = on ? command | PCI_COMMAND_MASTER : command & ~PCI_COMMAND_MASTER;
	need(pwrite(fd, &command, sizeof(command), PCI_COMMAND) == sizeof(command));
	close(fd);
}

void test_transfer_lost(void)
{
	unsigned char bytes[64], back[64] = { };
	struct edu_copy copy = { .len = 8 };
	int fd = need_open(dev, O_RDWR);

	fill_pattern(bytes, sizeof(bytes), 8);
	check_equal(pwrite(fd, bytes, sizeof(bytes), 0), sizeof(bytes));
	set_bus_master(dev, false);
	check_errno(pread(fd, back, sizeof(back), 0), ETIMEDOUT);
	set_bus_master(dev, true);
	/* That is over: the next ones get through. */
	check_equal(pread(fd, back, sizeof(back), 0), sizeof(back));
	check(is_pattern(back, sizeof(back), 8));
	check_equal(ioctl(fd, EDU_IOC_COPY, &copy), 0);
	check_equal(pwrite(fd, bytes, sizeof(bytes), 0), sizeof(bytes));
}

/* True if both waits ended with their device, before the time-out of the first one. */
static bool unbind_wakes_lost(void)
{
	struct call lost[2];
	char bytes[2][16];
	bool first;

	/* What began earlier, on the other device, has its time-out earlier. */
	for (int i = 1; i >= 0; i--) {
		int fd = need_open(&devices[i], O_RDWR);

		set_bus_master(&devices[i], false);
		call_start(&lost[i], SYS_pread64, fd, (long)bytes[i], sizeof(bytes[i]), 0);
		check(call_sleeps(&lost[i]));
	}
	check_equal(device_unbind(&devices[0]), 0);
	first = !lost[1].ended;
	check_equal(device_unbind(&devices[1]), 0);
	for (int i = 0; i < 2; i++) {
		call_end(&lost[i]);
		first &= lost[i].ret == -1 && lost[i].error == ENODEV;
	}
	return first;
}

/* Before the time-out nothing but unbind ends the wait for an interrupt that got lost. */
void test_unbind_lost(void)
{
	bool woken = false;

	for (int i = 0; i < ATTEMPTS && !woken; i++) {
		woken = unbind_wakes_lost();
		for (int j = 0; j < 2; j++)
			check_equal(device_bind(&devices[j]), 0);
	}
	check(woken);
}

void test_open_fails(void)
{
	struct edu_stats old, new;
	int fd;

	need_faults();
	fd = need_open(dev, O_RDWR);
	need(!ioctl(fd, EDU_IOC_STATS, &old));
	set_fault("file", 1);
	check_errno(device_open(dev, O_RDWR), ENOMEM);
	check(!pending_fault());
	close(need_open(dev, O_RDWR));
	no_fault();
	need(!ioctl(fd, EDU_IOC_STATS, &new));
	check_equal(new.opens - old.opens, 1);
}

void test_transfer_fails(void)
{
	unsigned char bytes[64], back[64] = { };
	int fd;

	need_faults();
	fd = need_open(dev, O_RDWR);
	fill_pattern(bytes, sizeof(bytes), 5);
	set_fault("dma_give", 1);
	check_errno(pwrite(fd, bytes, sizeof(bytes), 0), EIO);
	check_equal(pwrite(fd, bytes, sizeof(bytes), 0), sizeof(bytes));
	set_fault("dma_give", 1);
	check_errno(pread(fd, back, sizeof(back), 0), EIO);
	check_equal(pread(fd, back, sizeof(back), 0), sizeof(back));
	check(is_pattern(back, sizeof(back), 5));
	no_fault();
}
