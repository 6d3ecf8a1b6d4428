// SPDX-License-Identifier: GPL-2.0
/* Queues, who answers and when, and what can be in a request's way. */
#include "nullblk-test.h"

#include <linux/fs.h>
#include <sched.h>
#include <sys/uio.h>

#define LATENCY_MS	200
#define CALLS		16

static bool queue_exists(const struct disk *disk, int number)
{
	char name[64];

	snprintf(name, sizeof(name), "%s/mq/%d", disk->name, number);
	return disk_exists(name);
}

static void run_on(int cpu)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(cpu, &cpus);
	need(!sched_setaffinity(0, sizeof(cpus), &cpus));
}

void test_queues(void)
{
	char settings[128];
	struct disk disk;
	int fd;

	for (int queues = 1; queues <= 2; queues++) {
		snprintf(settings, sizeof(settings),
			 "size=4 memory_backed=1 submit_queues=%d hw_queue_depth=%d no_sched=1",
			 queues, 7 * queues);
		disk_make(&disk, "queues", settings);
		check(queue_exists(&disk, queues - 1));
		check(!queue_exists(&disk, queues));
		check_equal(disk_number(&disk, "queue/nr_requests"), 7 * queues);
		fd = need_open(&disk, O_RDWR | O_DIRECT);
		/* What one CPU wrote the other one reads. */
		for (int cpu = 0; cpu < 2; cpu++) {
			run_on(cpu);
			write_pattern(fd, 64 * KIB, cpu * MIB, cpu);
		}
		for (int cpu = 0; cpu < 2; cpu++) {
			run_on(cpu);
			check_pattern(fd, 64 * KIB, !cpu * MIB, !cpu);
		}
		close(fd);
		disk_end(&disk);
	}
}

void test_completions(void)
{
	struct disk disk;

	for (int mode = 0; mode <= 2; mode++) {
		char settings[128];
		int fd;

		snprintf(settings, sizeof(settings), "size=8 memory_backed=1 irqmode=%d", mode);
		disk_make(&disk, "completions", settings);
		fd = need_open(&disk, O_RDWR | O_DIRECT);
		/* Long enough to be several requests. */
		write_pattern(fd, 2 * MIB, 0, mode);
		check_pattern(fd, 2 * MIB, 0, mode);
		close(fd);
		disk_end(&disk);
	}
}

void test_latency(void)
{
	unsigned char *bytes = alloc_bytes(CALLS * PAGE);
	struct call calls[CALLS];
	struct disk disk;
	long long begin;
	int fd;

	disk_make(&disk, "latency", "size=4 irqmode=2 completion_nsec=200000000 no_sched=1");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	begin = now_ms();
	check_equal(pread(fd, bytes, PAGE, 0), PAGE);
	check(now_ms() - begin >= LATENCY_MS);
	/* All of them wait at the same time. */
	begin = now_ms();
	for (int i = 0; i < CALLS; i++)
		call_start(&calls[i], SYS_pread64, fd, (long)bytes + i * PAGE, PAGE, i * PAGE);
	for (int i = 0; i < CALLS; i++)
		call_check(&calls[i], PAGE);
	check(now_ms() - begin >= LATENCY_MS);
	check(now_ms() - begin < CALLS * LATENCY_MS);
	close(fd);
	disk_end(&disk);
}

void test_poll(void)
{
	struct iovec iov = { .iov_base = alloc_bytes(PAGE), .iov_len = PAGE };
	struct disk disk;
	int fd;

	disk_make(&disk, "poll", "size=4 memory_backed=1 poll_queues=1");
	check_equal(disk_number(&disk, "queue/io_poll"), 1);
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	for (int i = 0; i < 100; i++) {
		fill_pattern(iov.iov_base, PAGE, i);
		check_equal(pwritev2(fd, &iov, 1, i * PAGE, RWF_HIPRI), PAGE);
	}
	for (int i = 0; i < 100; i++) {
		check_equal(preadv2(fd, &iov, 1, i * PAGE, RWF_HIPRI), PAGE);
		check(is_pattern(iov.iov_base, PAGE, i));
	}
	/* Others do not poll. */
	check_pattern(fd, PAGE, 0, 0);
	close(fd);
	disk_end(&disk);
}

/* Flushes that the disk was asked for. */
static long long count_flushes(const struct disk *disk)
{
	unsigned long long n[17] = { };
	char path[64], text[256], *at = text;

	snprintf(path, sizeof(path), "/sys/block/%s/stat", disk->name);
	need(!read_file(path, text, sizeof(text)));
	for (size_t i = 0; i < ARRAY_SIZE(n); i++)
		n[i] = strtoull(at, &at, 10);
	return n[15];
}

void test_flush(void)
{
	struct iovec iov = { .iov_base = alloc_bytes(PAGE), .iov_len = PAGE };
	struct disk disk;
	long long before;
	char value[16];
	int fd;

	/* Without a cache there is nothing to flush. */
	disk_make(&disk, "through", "size=4 memory_backed=1");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	write_pattern(fd, PAGE, 0, 1);
	check_equal(fsync(fd), 0);
	check_equal(count_flushes(&disk), 0);
	close(fd);
	disk_end(&disk);

	need(!disk_configure(&disk, "cache"));
	if (disk_get(&disk, "cache_size", value, sizeof(value)) == ENOENT)
		skip("the driver has no cache to flush");
	disk_set_all(&disk, "size=4 memory_backed=1 cache_size=1");
	need(!disk_power(&disk, true));
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	check_equal(disk_number(&disk, "queue/fua"), 1);
	write_pattern(fd, MIB, 0, 1);
	before = count_flushes(&disk);
	check_equal(fsync(fd), 0);
	check_equal(count_flushes(&disk), before + 1);
	fill_pattern(iov.iov_base, PAGE, 2);
	check_equal(pwritev2(fd, &iov, 1, 0, RWF_DSYNC), PAGE);
	check_pattern(fd, PAGE, 0, 2);
	close(fd);
	disk_end(&disk);
}

void test_bad_blocks(void)
{
	unsigned char *bytes = alloc_bytes(64 * KIB);
	struct disk disk;
	char value[64];
	int fd;

	disk_make(&disk, "bad", "size=4 memory_backed=1");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	write_pattern(fd, MIB, 0, 6);
	check_equal(disk_set(&disk, "badblocks", "+16-31"), 0);
	check_equal(disk_get(&disk, "badblocks", value, sizeof(value)), 0);
	check(!strcmp(value, "16 16"));
	check_errno(pread(fd, bytes, SECTOR, 16 * SECTOR), EIO);
	check_errno(pread(fd, bytes, SECTOR, 31 * SECTOR), EIO);
	check_errno(pwrite(fd, bytes, 2 * SECTOR, 15 * SECTOR), EIO);
	check_errno(pread(fd, bytes, 64 * KIB, 0), EIO);
	check_equal(pread(fd, bytes, SECTOR, 15 * SECTOR), SECTOR);
	check_equal(pread(fd, bytes, SECTOR, 32 * SECTOR), SECTOR);
	check_equal(disk_set(&disk, "badblocks", "-16-31"), 0);
	check_pattern(fd, MIB, 0, 6);
	check_equal(disk_set(&disk, "badblocks", "16-31"), EINVAL);
	check_equal(disk_set(&disk, "badblocks", "+31-16"), EINVAL);
	check_equal(disk_set(&disk, "badblocks", "+1"), EINVAL);
	check_pattern(fd, MIB, 0, 6);
	close(fd);
	disk_end(&disk);
}

void test_bandwidth(void)
{
	struct disk disk;
	long long begin;
	int fd;

	disk_make(&disk, "slow", "size=16 irqmode=0 mbps=8");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	begin = now_ms();
	write_pattern(fd, 4 * MIB, 0, 1);
	/* Half a second, less what may be transferred at the start. */
	check(now_ms() - begin >= 300);
	close(fd);
	disk_end(&disk);
	/* What waits for its turn, which comes in a quarter of a minute, ends with the disk. */
	disk_make(&disk, "slower", "size=16 memory_backed=1 discard=1 irqmode=0 mbps=1");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	check_equal(discard(fd, 0, 16 * MIB), 0);
	disk_end_under(&disk, fd);
}
