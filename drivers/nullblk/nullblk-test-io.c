// SPDX-License-Identifier: GPL-2.0
/* What is written is there, what is wrong is refused, what is discarded is gone. */
#include "nullblk-test.h"

#include <linux/fs.h>

/* Answered in the queue function: as fast as can be, where that is not the question. */
#define BACKED		"memory_backed=1 irqmode=0 "
/* MiB: no other memory comes and goes in such amounts. A debug kernel is slow to write them. */
#define HUGE		(layer_is_debug() ? 8 : 24)
#define SETTLE_US	200000

void test_geometry(void)
{
	static const int block_sizes[] = { 512, 1024, 2048, 4096 };

	for (size_t i = 0; i < ARRAY_SIZE(block_sizes); i++) {
		unsigned long long size = 0;
		int block_size = 0, fd;
		char settings[64];
		struct disk disk;

		snprintf(settings, sizeof(settings), "size=%zu blocksize=%d", i + 3,
			 block_sizes[i]);
		disk_make(&disk, "geometry", settings);
		fd = need_open(&disk, O_RDONLY);
		check_equal(ioctl(fd, BLKGETSIZE64, &size), 0);
		check_equal(size, (i + 3) * MIB);
		check_equal(ioctl(fd, BLKSSZGET, &block_size), 0);
		check_equal(block_size, block_sizes[i]);
		check_equal(disk_number(&disk, "queue/logical_block_size"), block_sizes[i]);
		check_equal(disk_number(&disk, "queue/physical_block_size"), block_sizes[i]);
		close(fd);
		disk_end(&disk);
	}
}

void test_queue_limits(void)
{
	struct disk disk;

	disk_make(&disk, "limits", "size=4 max_sectors=64 discard=1 memory_backed=1");
	check_equal(disk_number(&disk, "queue/max_hw_sectors_kb"), 32);
	check(disk_number(&disk, "queue/discard_max_bytes") > 0);
	check_equal(disk_number(&disk, "queue/discard_granularity"), 512);
	check_equal(disk_number(&disk, "queue/rotational"), 0);
	disk_end(&disk);
	disk_make(&disk, "no_limits", "size=4");
	check_equal(disk_number(&disk, "queue/discard_max_bytes"), 0);
	disk_end(&disk);
}

/* Lengths and places that begin and end anywhere in a page, and span many. */
static void check_transfers(int fd, long block)
{
	const long lengths[] = {
		block, 3 * block, PAGE, PAGE + block, 64 * KIB, 256 * KIB - block, MIB,
	};
	/* The longest takes as long as the others together. */
	size_t count = ARRAY_SIZE(lengths) - layer_is_debug();
	off_t at = block;

	for (size_t i = 0; i < count; i++) {
		write_pattern(fd, lengths[i], at, i + 1);
		at += lengths[i] + block;
	}
	at = block;
	for (size_t i = 0; i < count; i++) {
		check_pattern(fd, lengths[i], at, i + 1);
		at += lengths[i];
		check_zeroes(fd, block, at);
		at += block;
	}
	/* Once more over a part of it. */
	write_pattern(fd, 2 * block, 2 * block, 77);
	check_pattern(fd, block, block, 1);
	check_pattern(fd, 2 * block, 2 * block, 77);
}

void test_data(void)
{
	static const char * const settings[] = {
		BACKED "size=8 blocksize=512", BACKED "size=8 blocksize=1024 max_sectors=8",
		BACKED "size=8 blocksize=4096",
	};
	static const long blocks[] = { 512, 1024, 4096 };

	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		struct disk disk;
		int fd;

		disk_make(&disk, "data", settings[i]);
		fd = need_open(&disk, O_RDWR | O_DIRECT);
		check_transfers(fd, blocks[i]);
		close(fd);
		disk_end(&disk);
	}
}

void test_fresh_disk(void)
{
	struct disk disk;
	int fd;

	/* Twice: the second must not see what the first one left. */
	for (int i = 0; i < 2; i++) {
		disk_make(&disk, "fresh", BACKED "size=4");
		fd = need_open(&disk, O_RDWR | O_DIRECT);
		check_zeroes(fd, MIB, 0);
		check_zeroes(fd, MIB, 3 * MIB);
		write_pattern(fd, MIB, 0, 9);
		close(fd);
		disk_end(&disk);
	}
}

void test_beyond_end(void)
{
	static const off_t far[] = { 4 * MIB, 4 * MIB + PAGE, 1LL << 40, LLONG_MAX & -PAGE };
	unsigned char *bytes = alloc_bytes(2 * PAGE);
	struct disk disk;
	int fd;

	disk_make(&disk, "end", BACKED "size=4 discard=1");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	for (size_t i = 0; i < ARRAY_SIZE(far); i++) {
		/* The last one wraps around. */
		if (i + 1 < ARRAY_SIZE(far)) {
			check_equal(pread(fd, bytes, PAGE, far[i]), 0);
			check_errno(pwrite(fd, bytes, PAGE, far[i]), ENOSPC);
		} else {
			check(pread(fd, bytes, 2 * PAGE, far[i]) <= 0);
			check_equal(pwrite(fd, bytes, 2 * PAGE, far[i]), -1);
		}
		check_errno(discard(fd, far[i], PAGE), EINVAL);
	}
	/* Over the end: up to it. */
	check_equal(pwrite(fd, bytes, 2 * PAGE, 4 * MIB - PAGE), PAGE);
	check_equal(pread(fd, bytes, 2 * PAGE, 4 * MIB - PAGE), PAGE);
	check_errno(discard(fd, 4 * MIB - PAGE, 2 * PAGE), EINVAL);
	write_pattern(fd, PAGE, 4 * MIB - PAGE, 5);
	check_pattern(fd, PAGE, 4 * MIB - PAGE, 5);
	close(fd);
	disk_end(&disk);
}

void test_unaligned(void)
{
	unsigned char *bytes = alloc_bytes(4 * PAGE), *expected = alloc_bytes(4 * PAGE);
	struct disk disk;
	int fd;

	disk_make(&disk, "unaligned", BACKED "size=4 blocksize=4096 discard=1");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	write_pattern(fd, 4 * PAGE, 0, 3);
	check_errno(pread(fd, bytes, PAGE, 1), EINVAL);
	check_errno(pread(fd, bytes, PAGE, SECTOR), EINVAL);
	check_errno(pread(fd, bytes, PAGE - 1, 0), EINVAL);
	check_errno(pread(fd, bytes + 1, PAGE, 0), EINVAL);
	check_errno(pwrite(fd, bytes, SECTOR, 0), EINVAL);
	check_errno(pwrite(fd, bytes, PAGE, SECTOR), EINVAL);
	check_errno(pwrite(fd, bytes + 1, PAGE, 0), EINVAL);
	check_errno(discard(fd, SECTOR, PAGE), EINVAL);
	check_errno(discard(fd, 0, PAGE + SECTOR), EINVAL);
	check_errno(zero_out(fd, 1, PAGE), EINVAL);
	check_pattern(fd, 4 * PAGE, 0, 3);
	close(fd);
	/* Through the page cache anything goes. */
	fd = need_open(&disk, O_RDWR);
	check_equal(pwrite(fd, "middle", 6, PAGE + 77), 6);
	check_equal(fsync(fd), 0);
	close(fd);
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	check_equal(pread(fd, bytes, 4 * PAGE, 0), 4 * PAGE);
	fill_pattern(expected, 4 * PAGE, 3);
	memcpy(expected + PAGE + 77, "middle", 6);
	check(!memcmp(bytes, expected, 4 * PAGE));
	close(fd);
	disk_end(&disk);
}

void test_discard(void)
{
	struct disk disk;
	int fd;

	disk_make(&disk, "discard", BACKED "size=8 discard=1");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	/* Sectors, pages, and both. What is beside them stays. */
	for (int i = 0; i < 4; i++)
		write_pattern(fd, MIB, i * MIB, i);
	write_pattern(fd, SECTOR, 0, 40);
	write_pattern(fd, SECTOR, 3 * MIB - SECTOR, 41);
	check_equal(discard(fd, SECTOR, 3 * MIB - 2 * SECTOR), 0);
	check_pattern(fd, SECTOR, 0, 40);
	check_zeroes(fd, MIB - SECTOR, SECTOR);
	check_zeroes(fd, MIB, MIB);
	check_zeroes(fd, MIB - SECTOR, 2 * MIB);
	check_pattern(fd, SECTOR, 3 * MIB - SECTOR, 41);
	check_pattern(fd, MIB, 3 * MIB, 3);
	/* What was never written, and once more. */
	check_equal(discard(fd, 0, 8 * MIB), 0);
	check_equal(discard(fd, 0, 8 * MIB), 0);
	check_zeroes(fd, 4 * MIB, 0);
	write_pattern(fd, MIB, MIB, 9);
	check_pattern(fd, MIB, MIB, 9);
	close(fd);
	disk_end(&disk);
	disk_make(&disk, "no_discard", BACKED "size=4 discard=0");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	write_pattern(fd, PAGE, 0, 2);
	check_errno(discard(fd, 0, PAGE), EOPNOTSUPP);
	check_pattern(fd, PAGE, 0, 2);
	close(fd);
	disk_end(&disk);
}

void test_write_zeroes(void)
{
	struct disk disk;
	int fd;

	disk_make(&disk, "zeroes", BACKED "size=4");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	write_pattern(fd, MIB, 0, 1);
	write_pattern(fd, SECTOR, 0, 2);
	write_pattern(fd, SECTOR, MIB - SECTOR, 3);
	check_equal(zero_out(fd, SECTOR, MIB - 2 * SECTOR), 0);
	check_pattern(fd, SECTOR, 0, 2);
	check_zeroes(fd, MIB - 2 * SECTOR, SECTOR);
	check_pattern(fd, SECTOR, MIB - SECTOR, 3);
	close(fd);
	disk_end(&disk);
}

/* Free memory in MiB, as it is once all that is on its way has arrived. */
static long free_memory(void)
{
	char line[128];
	long kib = -1;
	FILE *file;

	check(!write_file("/proc/sys/vm/drop_caches", "1"));
	file = fopen("/proc/meminfo", "r");
	need(file);
	while (fgets(line, sizeof(line), file) && kib < 0) {
		if (sscanf(line, "MemFree: %ld", &kib) != 1)
			kib = -1;
	}
	fclose(file);
	need(kib >= 0);
	return kib / KIB;
}

static void write_huge(int fd, off_t step)
{
	unsigned char *bytes = alloc_bytes(MIB);

	memset(bytes, 0x5a, MIB);
	for (int i = 0; i < HUGE; i++)
		check_equal(pwrite(fd, bytes, MIB, i * step), MIB);
	free(bytes);
}

/* Memory comes back a little later: RCU, lists of pages of each CPU. */
#define comes_back(before)	wait_for(free_memory() >= (before) - HUGE / 4)

/* Once what earlier tests have given back has arrived. */
static long settled_memory(void)
{
	long before, now = free_memory();

	do {
		before = now;
		usleep(SETTLE_US);
		now = free_memory();
	} while (now > before);
	return now;
}

void test_memory(void)
{
	long before = settled_memory();
	struct disk disk;
	int fd;

	disk_make(&disk, "memory", BACKED "size=64 discard=1");
	check(comes_back(before));
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	write_huge(fd, MIB);
	check(free_memory() < before - HUGE / 2);
	check_equal(discard(fd, 0, HUGE * MIB), 0);
	check(comes_back(before));
	write_huge(fd, MIB);
	check(free_memory() < before - HUGE / 2);
	close(fd);
	disk_end(&disk);
	check(comes_back(before));
}

void test_no_memory_behind(void)
{
	long before = settled_memory();
	struct disk disk;
	int fd;

	disk_make(&disk, "null", "size=1048576 irqmode=0 memory_backed=0");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	write_huge(fd, 1024 * MIB);
	check(comes_back(before));
	close(fd);
	disk_end(&disk);
}
