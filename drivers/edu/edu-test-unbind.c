// SPDX-License-Identifier: GPL-2.0
/* The device goes, user space stays: everything wakes up and answers ENODEV. */
#include "edu-test.h"

#include <linux/pci_regs.h>
#include <poll.h>
#include <sys/epoll.h>

/* A transfer has to be running when the device goes: not every attempt hits that. */
#define ATTEMPTS	10
#define CYCLES		4
#define LONG_N		50000000

static const struct device *const dev = &devices[0];

static void check_dead(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct edu_factorial f = { .n = 1 };
	struct edu_copy copy = { .len = 1 };
	struct edu_stats stats;
	char byte = 0;

	check_errno(read(fd, &byte, 1), ENODEV);
	check_errno(write(fd, &byte, 1), ENODEV);
	check_errno(pread(fd, &byte, 1, EDU_MEMORY), ENODEV);
	check_errno(ioctl(fd, EDU_IOC_IDENT, &stats), ENODEV);
	check_errno(ioctl(fd, EDU_IOC_START, &f), ENODEV);
	check_errno(ioctl(fd, EDU_IOC_RESULT, &f), ENODEV);
	check_errno(ioctl(fd, EDU_IOC_COPY, &copy), ENODEV);
	check_errno(ioctl(fd, EDU_IOC_STATS, &stats), ENODEV);
	check_errno(ioctl(fd, 0, &stats), ENODEV);
	check_errno(lseek(fd, 0, SEEK_SET), ENODEV);
	check_errno(lseek(fd, 0, SEEK_END), ENODEV);
	check_errno(mmap(NULL, EDU_WINDOW, PROT_READ, MAP_SHARED, fd, 0), ENODEV);
	check_equal(poll(&p, 1, 0), 1);
	check_equal(p.revents, POLLHUP | POLLERR);
}

void test_unbind_result(void)
{
	struct edu_factorial f;
	struct call calls[4];

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		call_start(&calls[i], SYS_ioctl, need_open(dev, O_RDWR), EDU_IOC_RESULT, (long)&f);
		check(call_sleeps(&calls[i]));
	}
	check_equal(device_unbind(dev), 0);
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		call_check_errno(&calls[i], ENODEV);
}

void test_unbind_start(void)
{
	struct edu_factorial f = { .n = 5 };
	int a = need_open(dev, O_RDWR);
	int b = need_open(dev, O_RDWR);
	struct call calls[2];

	check_equal(ioctl(a, EDU_IOC_START, &f), 0);
	call_start(&calls[0], SYS_ioctl, b, EDU_IOC_START, (long)&f);
	call_start(&calls[1], SYS_ioctl, b, EDU_IOC_START, (long)&f);
	check(call_sleeps(&calls[0]));
	check(call_sleeps(&calls[1]));
	check_equal(device_unbind(dev), 0);
	call_check_errno(&calls[0], ENODEV);
	call_check_errno(&calls[1], ENODEV);
	/* The result that waited for its file is gone with the device. */
	check_errno(ioctl(a, EDU_IOC_RESULT, &f), ENODEV);
}

/* One has the engine, the other one waits for it. True if both were at it. */
static bool unbind_during(const long *args, size_t count, long complete)
{
	struct call first, second;
	bool asleep;

	call_begin(&first, args, count);
	call_begin(&second, args, count);
	asleep = call_sleeps(&first) && call_sleeps(&second) && !first.ended;
	check_equal(device_unbind(dev), 0);
	call_end(&first);
	call_end(&second);
	check_equal(device_bind(dev), 0);
	if (!asleep || first.ret == complete || second.ret == complete)
		return false;
	errno = first.error;
	check_failed(first.ret, ENODEV, "a transfer", __FILE__, __LINE__);
	errno = second.error;
	check_failed(second.ret, ENODEV, "a transfer behind it", __FILE__, __LINE__);
	return true;
}

void test_unbind_transfer(void)
{
	static const long numbers[] = { SYS_pread64, SYS_pwrite64, SYS_ioctl };
	static struct edu_copy copy = { .len = 16 };
	static char bytes[16];

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		bool done = false;

		for (int j = 0; j < ATTEMPTS && !done; j++) {
			int fd = need_open(dev, O_RDWR);
			const long transfer[] = { numbers[i], fd, (long)bytes, 16, 0 };
			const long copying[] = { SYS_ioctl, fd, EDU_IOC_COPY, (long)&copy };

			if (numbers[i] == SYS_ioctl)
				done = unbind_during(copying, ARRAY_SIZE(copying), 0);
			else
				done = unbind_during(transfer, ARRAY_SIZE(transfer), 16);
			close(fd);
		}
		check(done);
	}
}

void test_unbind_poll(void)
{
	int fd = need_open(dev, O_RDWR);
	struct pollfd in = { .fd = fd, .events = POLLIN };
	struct pollfd none = { .fd = fd };
	struct epoll_event want = { .events = EPOLLIN, .data.u32 = 7 };
	struct epoll_event event = { };
	int epfd = epoll_create1(EPOLL_CLOEXEC);
	struct call calls[3];

	need(!epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &want));
	call_start(&calls[0], SYS_poll, (long)&in, 1, -1);
	call_start(&calls[1], SYS_poll, (long)&none, 1, -1);
	call_start(&calls[2], SYS_epoll_wait, epfd, (long)&event, 1, -1);
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		check(call_sleeps(&calls[i]));
	check_equal(device_unbind(dev), 0);
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		call_check(&calls[i], 1);
	check_equal(in.revents, POLLHUP | POLLERR);
	check_equal(none.revents, POLLHUP | POLLERR);
	check_equal(event.events, EPOLLHUP | EPOLLERR);
	check_equal(event.data.u32, 7);
	/* It stays so, also for who comes later. */
	check_equal(epoll_wait(epfd, &event, 1, LIMIT_MS), 1);
	check_equal(event.events, EPOLLHUP | EPOLLERR);
	check_equal(epoll_ctl(epfd, EPOLL_CTL_DEL, fd, NULL), 0);
	check_equal(epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &want), 0);
	check_equal(epoll_wait(epfd, &event, 1, LIMIT_MS), 1);
}

void test_unbind_open_file(void)
{
	int fds[3] = {
		need_open(dev, O_RDWR), need_open(dev, O_RDWR | O_NONBLOCK),
		dup(need_open(dev, O_RDWR)),
	};
	char name[32];

	check_equal(device_unbind(dev), 0);
	check(!device_node(dev, name, sizeof(name)));
	check_errno(device_open(dev, O_RDWR), ENOENT);
	for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
		check_dead(fds[i]);
	/* A second time there is nothing to unbind. */
	check_equal(device_unbind(dev), ENODEV);
	for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
		check_equal(close(fds[i]), 0);
	check_equal(device_bind(dev), 0);
	check_factorial(need_open(dev, O_RDWR), 6);
}

void test_unbind_cycles(void)
{
	int first = need_open(dev, O_RDWR);
	int fds[CYCLES];

	for (int i = 0; i < CYCLES; i++) {
		fds[i] = need_open(dev, O_RDWR);
		check_factorial(fds[i], i);
		check_equal(device_unbind(dev), 0);
		check_dead(first);
		check_equal(device_bind(dev), 0);
	}
	for (int i = 0; i < CYCLES; i++) {
		check_dead(fds[i]);
		close(fds[i]);
	}
	check_dead(first);
	check_factorial(need_open(dev, O_RDWR), 7);
	check_factorial(need_open(&devices[1], O_RDWR), 7);
}

/* Unbound, it can neither write to memory nor interrupt, whatever it is still at. */
static void check_halted(void)
{
	unsigned short command = 0;
	char path[128];
	int fd;

	fd = open(device_attribute(dev, "config", path, sizeof(path)), O_RDONLY | O_CLOEXEC);
	need(fd >= 0);
	check_equal(pread(fd, &command, sizeof(command), PCI_COMMAND), sizeof(command));
	check(!(command & PCI_COMMAND_MASTER));
	check(command & PCI_COMMAND_INTX_DISABLE);
	close(fd);
}

/* The device goes on with what the last driver began; the next one must not trip over it. */
void test_unbind_computing(void)
{
	struct edu_factorial f = { .n = LONG_N };
	char byte;

	for (int i = 0; i < 3; i++) {
		int fd = need_open(dev, O_RDWR);
		struct call call;

		check_equal(ioctl(fd, EDU_IOC_START, &f), 0);
		call_start(&call, SYS_pread64, fd, (long)&byte, 1, 0);
		call_sleeps(&call);
		check_equal(device_unbind(dev), 0);
		call_end(&call);
		check_halted();
		check_equal(device_bind(dev), 0);
		close(fd);
		fd = need_open(dev, O_RDWR);
		check_factorial(fd, 10 + i);
		check_equal(pread(fd, &byte, 1, 0), 1);
		close(fd);
	}
}

void test_rmmod(void)
{
	int fd = need_open(dev, O_RDWR);
	unsigned char *window = map_window(fd);

	need(window != MAP_FAILED);
	check_errno(remove_module(driver_name()), EWOULDBLOCK);
	if (!strcmp(driver_name(), "edu"))
		check_errno(remove_module("ferrule"), EWOULDBLOCK);
	/* A mapping is as good as an open file, and so is one whose device has gone. */
	close(fd);
	check_errno(remove_module(driver_name()), EWOULDBLOCK);
	check_equal(device_unbind(dev), 0);
	check_errno(remove_module(driver_name()), EWOULDBLOCK);
	check_equal(munmap(window, EDU_WINDOW), 0);
	check_equal(remove_module(driver_name()), 0);
	need(run_program("modprobe", driver_name(), NULL));
	check_factorial(need_open(dev, O_RDWR), 8);
	check_factorial(need_open(&devices[1], O_RDWR), 8);
}

/* The device's line of /proc/interrupts: what kind it has, and how many there were. */
static unsigned long count_interrupts(const char *kind)
{
	unsigned long n[2] = { };
	char path[128], text[1024], irq[16];
	bool found = false;
	FILE *file;

	need(!read_file(device_attribute(dev, "irq", path, sizeof(path)), irq, sizeof(irq)));
	file = fopen("/proc/interrupts", "r");
	need(file);
	while (!found && fgets(text, sizeof(text), file)) {
		unsigned long nr;

		found = sscanf(text, " %lu: %lu %lu", &nr, &n[0], &n[1]) >= 2 &&
			nr == strtoul(irq, NULL, 10);
	}
	fclose(file);
	check(found);
	if (!check(strstr(text, kind)))
		note("%s", text);
	return n[0] + n[1];
}

static void check_interrupts(const char *kind)
{
	unsigned char bytes[64], back[64] = { };
	int fd = need_open(dev, O_RDWR);
	unsigned long before = count_interrupts(kind);

	check_factorial(fd, 9);
	fill_pattern(bytes, sizeof(bytes), 9);
	check_equal(pwrite(fd, bytes, sizeof(bytes), 100), sizeof(bytes));
	check_equal(pread(fd, back, sizeof(back), 100), sizeof(back));
	check(is_pattern(back, sizeof(back), 9));
	check(wait_for(count_interrupts(kind) - before >= 3));
	/* Each is answered: a line that stays up would count without end. */
	check_equal(count_interrupts(kind) - before, 3);
	close(fd);
}

static void set_messages(const char *on)
{
	char path[128];

	need(!device_unbind(dev));
	need(!write_file(device_attribute(dev, "msi_bus", path, sizeof(path)), on));
	need(!device_bind(dev));
}

void test_line_interrupt(void)
{
	struct edu_ident ident = { };
	struct edu_factorial f;
	struct call call;

	check_interrupts("MSI");
	set_messages("0");
	check_interrupts("IO-APIC");
	check_equal(ioctl(need_open(dev, O_RDWR), EDU_IOC_IDENT, &ident), 0);
	check_equal(ident.vectors, 1);
	call_start(&call, SYS_ioctl, need_open(dev, O_RDWR), EDU_IOC_RESULT, (long)&f);
	check(call_sleeps(&call));
	set_messages("1");
	call_check_errno(&call, ENODEV);
	check_interrupts("MSI");
}
