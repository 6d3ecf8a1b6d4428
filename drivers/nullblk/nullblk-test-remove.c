// SPDX-License-Identifier: GPL-2.0
/* The disk goes, who uses it stays: what is in flight ends with an error, nothing hangs. */
#include "nullblk-test.h"

#include <libgen.h>

/* Slow enough to be removed in the meantime; to look for partitions takes three times that. */
#define SLOW		"size=16 irqmode=2 completion_nsec=300000000 no_sched=1"
#define ATTEMPTS	8
#define CALLS		12
#define USERS		8
#define REMOVALS	80

/* No success, whatever the kernel above the driver makes of it. */
static void check_gone(int fd)
{
	unsigned char *bytes = alloc_bytes(PAGE);

	check(pread(fd, bytes, PAGE, 0) <= 0);
	check_equal(pwrite(fd, bytes, PAGE, 0), -1);
	check(errno == ENOSPC || errno == EIO || errno == ENODEV || errno == ENXIO);
	check_equal(discard(fd, 0, PAGE), -1);
	check_equal(zero_out(fd, 0, PAGE), -1);
	free(bytes);
}

static void check_new_openers(const char *name)
{
	struct disk disk = { };

	strcpy(disk.name, name);
	check_equal(disk_open(&disk, O_RDWR), -1);
	check(errno == ENOENT || errno == ENXIO || errno == ENODEV);
	check(!disk_exists(name));
}

void test_remove_open(void)
{
	struct disk disk;
	char name[32];
	int fds[3];

	disk_make(&disk, "open", "size=4 memory_backed=1 discard=1");
	strcpy(name, disk.name);
	fds[0] = need_open(&disk, O_RDWR | O_DIRECT);
	fds[1] = need_open(&disk, O_RDWR);
	fds[2] = dup(fds[0]);
	write_pattern(fds[0], PAGE, 0, 8);
	/* Something that has not been written back. */
	check_equal(pwrite(fds[1], "x", 1, MIB), 1);
	check_equal(disk_power(&disk, false), 0);
	check_new_openers(name);
	for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
		check_gone(fds[i]);
	/* The next one is another disk, also if it has the same name. */
	check_equal(disk_power(&disk, true), 0);
	check_gone(fds[0]);
	check_zeroes(need_open(&disk, O_RDWR | O_DIRECT), PAGE, 0);
	for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
		check_equal(close(fds[i]), 0);
	disk_end(&disk);
}

#define BUS_DRIVERS	"/sys/bus/ferrule/drivers/"

/* Each way a disk can go; 0 or errno. */
typedef int (*go_fn)(struct disk *disk);

static int go_power(struct disk *disk)
{
	return disk_power(disk, false);
}

static int go_directory(struct disk *disk)
{
	disk->name[0] = '\0';
	return disk_remove(disk);
}

/* The device that a disk belongs to, as its bus calls it. */
static bool device_of(const struct disk *disk, char *address, size_t size)
{
	char path[64], target[PATH_MAX];
	ssize_t n;

	snprintf(path, sizeof(path), "/sys/block/%s/device", disk->name);
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0)
		return false;
	target[n] = '\0';
	snprintf(address, size, "%s", basename(target));
	return true;
}

static int go_unbind(struct disk *disk)
{
	char address[64], path[128];
	int ret;

	need(device_of(disk, address, sizeof(address)));
	snprintf(path, sizeof(path), BUS_DRIVERS "%s/unbind", driver_name());
	ret = write_file(path, address);
	/* The device is still there, without its driver, and ends as any other. */
	return ret ?: disk_power(disk, false);
}

struct flight {
	struct disk	disk;
	char		name[32];	/* of the disk, also when it has gone */
	int		fd;
	struct call	calls[CALLS];
};

/* Some are in flight, and some wait for their turn if the queue has no room for all. */
static bool take_off(struct flight *flight)
{
	unsigned char *bytes = alloc_bytes(CALLS * PAGE);
	bool all = true;

	strcpy(flight->name, flight->disk.name);
	flight->fd = need_open(&flight->disk, O_RDWR | O_DIRECT);
	for (int i = 0; i < CALLS; i++)
		call_start(&flight->calls[i], i % 2 ? SYS_pread64 : SYS_pwrite64, flight->fd,
			   (long)bytes + i * PAGE, PAGE, i * PAGE);
	for (int i = 0; i < CALLS; i++)
		all &= call_sleeps(&flight->calls[i]);
	return all;
}

/* How many of the calls ended with an error; the others must have been in time. */
static int land(struct flight *flight)
{
	int failed = 0;

	for (int i = 0; i < CALLS; i++) {
		struct call *call = &flight->calls[i];

		call_end(call);
		if (call->ret == PAGE)
			continue;
		check_equal(call->ret, -1);
		if (!check(call->error == EIO || call->error == ENODEV))
			note("errno %d\n", call->error);
		failed++;
	}
	check_gone(flight->fd);
	check_new_openers(flight->name);
	close(flight->fd);
	return failed;
}

/*
 * What is in flight when the disk goes is not waited for. Not every attempt gets all calls
 * into flight before the first one lands.
 */
static void remove_in_flight(go_fn go, const char *settings)
{
	static struct flight flight;
	bool all_failed = false;

	need(!disk_configure(&flight.disk, "flight"));
	disk_set_all(&flight.disk, settings);
	for (int i = 0; i < ATTEMPTS && !all_failed; i++) {
		bool all;

		if (!*flight.disk.name)
			need(!disk_power(&flight.disk, true));
		all = take_off(&flight);
		check_equal(go(&flight.disk), 0);
		all_failed = land(&flight) == CALLS && all;
		if (go == go_directory) {
			need(!disk_configure(&flight.disk, "flight"));
			disk_set_all(&flight.disk, settings);
		}
	}
	check(all_failed);
	disk_end(&flight.disk);
}

void test_remove_in_flight(void)
{
	remove_in_flight(go_power, SLOW);
	remove_in_flight(go_power, SLOW " hw_queue_depth=4 submit_queues=2");
}

void test_remove_directory(void)
{
	remove_in_flight(go_directory, SLOW " hw_queue_depth=4");
}

void test_unbind(void)
{
	char path[128];

	snprintf(path, sizeof(path), BUS_DRIVERS "%s", driver_name());
	if (access(path, F_OK))
		skip("the driver's disks are no devices of a bus");
	remove_in_flight(go_unbind, SLOW " hw_queue_depth=4");
}

void test_rmmod(void)
{
	struct disk disk;
	int fd;

	disk_make(&disk, "rmmod", "size=4");
	fd = need_open(&disk, O_RDWR);
	check_errno(remove_module(driver_name()), EWOULDBLOCK);
	disk_end(&disk);
	/* The disk has gone, and yet somebody has it open. */
	check_errno(remove_module(driver_name()), EWOULDBLOCK);
	close(fd);
	check(wait_for(!remove_module(driver_name())));
	need(run_program("modprobe", driver_name(), NULL));
	disk_make(&disk, "rmmod", "size=4");
	disk_end(&disk);
}

struct user {
	const char	*path;
	atomic_bool	*stop;
	atomic_long	transfers;
	int		number;
	pthread_t	thread;
};

static bool is_end(long ret)
{
	if (ret == PAGE)
		return false;
	check(ret == 0 || errno == EIO || errno == ENODEV || errno == ENXIO || errno == ENOSPC);
	return true;
}

/* Reads what it wrote, until the disk has gone. */
static void use_disk(struct user *user, int fd, unsigned char *bytes)
{
	off_t at = user->number * MIB;

	for (unsigned int seed = 0; !*user->stop; seed++) {
		fill_pattern(bytes, PAGE, seed);
		if (is_end(pwrite(fd, bytes, PAGE, at + seed % 64 * PAGE)))
			return;
		memset(bytes, 0, PAGE);
		if (is_end(pread(fd, bytes, PAGE, at + seed % 64 * PAGE)))
			return;
		check(is_pattern(bytes, PAGE, seed));
		user->transfers++;
	}
}

static void *use_in_a_loop(void *data)
{
	unsigned char *bytes = alloc_bytes(PAGE);
	struct user *user = data;

	while (!*user->stop) {
		int fd = open(user->path, O_RDWR | O_DIRECT | O_CLOEXEC);

		if (fd < 0) {
			check(errno == ENOENT || errno == ENXIO || errno == ENODEV);
			usleep(500);
			continue;
		}
		use_disk(user, fd, bytes);
		close(fd);
	}
	return NULL;
}

static bool all_at_it(struct user *users, const long *before)
{
	for (int i = 0; i < USERS; i++) {
		if (users[i].transfers <= before[i])
			return false;
	}
	return true;
}

/* The way back is the same each time: the disk has the first free name. */
void test_remove_load(void)
{
	static const char settings[] =
		"size=16 memory_backed=1 submit_queues=2 hw_queue_depth=3 completion_nsec=200000 ";
	static struct user users[USERS];
	int count = rounds(REMOVALS);
	atomic_bool stop = false;
	struct disk disk;
	char path[64];

	need(!disk_configure(&disk, "load"));
	disk_set_all(&disk, settings);
	need(!disk_power(&disk, true));
	snprintf(path, sizeof(path), "/dev/%s", disk.name);
	for (int i = 0; i < USERS; i++) {
		users[i] = (struct user){ .path = path, .stop = &stop, .number = i };
		need(!pthread_create(&users[i].thread, NULL, use_in_a_loop, &users[i]));
	}
	for (int i = 0; i < count; i++) {
		static const char * const modes[] = { "0", "1", "2" };
		long before[USERS];

		for (int j = 0; j < USERS; j++)
			before[j] = users[j].transfers;
		check(wait_for(all_at_it(users, before)));
		check_equal(disk_power(&disk, false), 0);
		check_equal(disk_set(&disk, "irqmode", modes[i % 3]), 0);
		check_equal(disk_power(&disk, true), 0);
	}
	stop = true;
	for (int i = 0; i < USERS; i++)
		check(!pthread_join(users[i].thread, NULL));
	disk_end(&disk);
}

void test_remove_mapped(void)
{
	unsigned char *map;
	struct disk disk;
	int fd;

	disk_make(&disk, "mapped", "size=4 memory_backed=1");
	fd = need_open(&disk, O_RDWR);
	map = mmap(NULL, MIB, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	need(map != MAP_FAILED);
	map[0] = 1;
	check_equal(disk_power(&disk, false), 0);
	/* What was never read cannot be any more. */
	check(!touch(map + MIB / 2));
	check_equal(munmap(map, MIB), 0);
	check_equal(close(fd), 0);
	disk_end(&disk);
}
