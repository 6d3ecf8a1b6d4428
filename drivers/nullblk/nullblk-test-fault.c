// SPDX-License-Identifier: GPL-2.0
/* Memory that there is not, disks that are not made. */
#include "nullblk-test.h"

#define FAIL		"/sys/kernel/debug/fail_io_timeout/"
#define MOST		64
#define BACKED		"size=4 memory_backed=1 discard=1 irqmode=0 no_sched=1"

/*
 * Memory for a page of a write, or for its place, is not to be had: at the first, in the middle,
 * at the last. The caller gets an error or the write happens later as a whole; nothing else
 * changes.
 */
static void fill_up(const char *point)
{
	unsigned char *bytes = alloc_bytes(64 * KIB);
	struct disk disk;
	int fd, failed = 0;

	disk_make(&disk, "full", BACKED);
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	write_pattern(fd, MIB, 0, 1);
	for (int nth = 1; nth <= 16; nth++) {
		off_t at = 2 * MIB + nth * 64 * KIB;

		fill_pattern(bytes, 64 * KIB, nth);
		set_fault(point, nth);
		if (pwrite(fd, bytes, 64 * KIB, at) < 0) {
			check(errno == EIO || errno == ENOSPC || errno == ENOMEM);
			failed++;
		} else {
			check_pattern(fd, 64 * KIB, at, nth);
		}
		check_equal(pending_fault(), 0);
		no_fault();
		write_pattern(fd, 64 * KIB, at, nth);
		check_pattern(fd, 64 * KIB, at, nth);
	}
	note("%s: %d of 16 writes failed\n", point, failed);
	check(failed);
	check_pattern(fd, MIB, 0, 1);
	for (int nth = 1; nth <= 15; nth++)
		check_pattern(fd, 64 * KIB, 2 * MIB + nth * 64 * KIB, nth);
	close(fd);
	disk_end(&disk);
}

void test_full_memory(void)
{
	need_faults();
	fill_up("page");
	fill_up("xarray");
}

/* Each acquisition of the layer on a disk's way into the world fails once. */
void test_power_fails(void)
{
	char clean[LIVE_SIZE], live[LIVE_SIZE];
	struct disk disk;
	int count;

	need_faults();
	need(!disk_configure(&disk, "fails"));
	disk_set_all(&disk, BACKED);
	read_live(clean);
	set_fault(ANY_POINT, MOST);
	need(!disk_power(&disk, true));
	count = MOST - pending_fault();
	no_fault();
	note("%d acquisitions\n", count);
	check(count >= 3 && count < MOST);
	check_equal(disk_power(&disk, false), 0);
	for (int nth = 1; nth <= count; nth++) {
		set_fault(ANY_POINT, nth);
		if (!check_equal(disk_power(&disk, true), ENOMEM))
			note("acquisition %d\n", nth);
		check(!*disk.name);
		check_equal(pending_fault(), 0);
		read_live(live);
		if (!check(!strcmp(live, clean)))
			note("acquisition %d left: %s\n", nth, live);
	}
	no_fault();
	check_equal(disk_power(&disk, true), 0);
	disk_end(&disk);
}

/* The next answers of the disk get lost, and a request is given up after so long. */
static void lose_answers(const struct disk *disk, const char *count, const char *timeout_ms)
{
	char path[64];

	snprintf(path, sizeof(path), "/sys/block/%s/io-timeout-fail", disk->name);
	need(!write_file(path, "1"));
	snprintf(path, sizeof(path), "/sys/block/%s/queue/io_timeout", disk->name);
	need(!write_file(path, timeout_ms));
	need(!write_file(FAIL "verbose", "0"));
	need(!write_file(FAIL "probability", "100"));
	need(!write_file(FAIL "times", count));
}

void test_lost_answers(void)
{
	unsigned char *bytes = alloc_bytes(PAGE);
	struct disk disk;
	int fd;

	if (access(FAIL "times", F_OK))
		skip("this kernel loses no answers");
	disk_make(&disk, "lost", "size=4 memory_backed=1 no_sched=1");
	fd = need_open(&disk, O_RDWR | O_DIRECT);
	write_pattern(fd, PAGE, 0, 7);
	lose_answers(&disk, "1", "50");
	check_errno(pread(fd, bytes, PAGE, 0), ETIMEDOUT);
	check_pattern(fd, PAGE, 0, 7);
	/* Nobody waits for a time-out when the disk goes. */
	lose_answers(&disk, "1", "1000000");
	disk_end_under(&disk, fd);
}
