// SPDX-License-Identifier: GPL-2.0
/* What disks can be made, and what becomes of wrong wishes. */
#include "nullblk-test.h"

#include <sys/stat.h>

#define CYCLES		1000
#define SMALL		"size=1 irqmode=0"

/* As null_blk has them. */
static const struct {
	const char	*name;
	const char	*value;
} defaults[] = {
	{ "size", "256000" }, { "blocksize", "512" }, { "submit_queues", "1" },
	{ "poll_queues", "0" }, { "hw_queue_depth", "64" }, { "irqmode", "1" },
	{ "home_node", "4294967295" },
	{ "completion_nsec", "10000" }, { "memory_backed", "0" }, { "discard", "0" },
	{ "mbps", "0" }, { "no_sched", "0" }, { "power", "0" },
};

void test_defaults(void)
{
	struct disk disk;
	char value[64];

	need(!disk_configure(&disk, "defaults"));
	for (size_t i = 0; i < ARRAY_SIZE(defaults); i++) {
		check_equal(disk_get(&disk, defaults[i].name, value, sizeof(value)), 0);
		if (!check(!strcmp(value, defaults[i].value)))
			note("%s is %s, not %s\n", defaults[i].name, value, defaults[i].value);
	}
	disk_end(&disk);
}

static const struct {
	const char	*name;
	const char	*value;
	int		error;
} wrong[] = {
	{ "size", "\n", EINVAL }, { "size", "x", EINVAL }, { "size", "-1", EINVAL },
	{ "size", "1 2", EINVAL }, { "size", "0", ERANGE },
	{ "size", "99999999999999999999", ERANGE },
	{ "blocksize", "0", ERANGE }, { "blocksize", "256", ERANGE },
	{ "blocksize", "513", EINVAL }, { "blocksize", "8192", ERANGE },
	{ "submit_queues", "0", ERANGE }, { "submit_queues", "4294967297", ERANGE },
	{ "poll_queues", "two", EINVAL },
	{ "hw_queue_depth", "0", ERANGE }, { "hw_queue_depth", "1000000", ERANGE },
	{ "irqmode", "3", ERANGE }, { "irqmode", "-1", EINVAL },
	{ "completion_nsec", "99999999999999", ERANGE },
	{ "memory_backed", "perhaps", EINVAL }, { "discard", "2", EINVAL },
	{ "power", "on and on", EINVAL }, { "power", "2", EINVAL },
};

void test_wrong_values(void)
{
	struct disk disk;

	need(!disk_configure(&disk, "wrong"));
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		char before[64], after[64];

		need(!disk_get(&disk, wrong[i].name, before, sizeof(before)));
		if (!check_equal(disk_set(&disk, wrong[i].name, wrong[i].value), wrong[i].error))
			note("%s=%s\n", wrong[i].name, wrong[i].value);
		need(!disk_get(&disk, wrong[i].name, after, sizeof(after)));
		check(!strcmp(before, after));
	}
	check_equal(disk_set(&disk, "nothing", "1"), ENOENT);
	check_equal(disk_power(&disk, true), 0);
	check(*disk.name);
	disk_end(&disk);
}

void test_home_node(void)
{
	struct disk disk;

	if (!strcmp(driver_name(), "null_blk"))
		skip("null_blk takes any number for a node's");
	disk_make(&disk, "node", SMALL " home_node=0");
	check_equal(disk_power(&disk, false), 0);
	check_equal(disk_set(&disk, "home_node", "4096"), 0);
	check_equal(disk_power(&disk, true), EINVAL);
	check(!*disk.name);
	disk_end(&disk);
}

void test_busy_values(void)
{
	static const char * const names[] = {
		"size", "blocksize", "submit_queues", "hw_queue_depth", "irqmode",
		"completion_nsec", "memory_backed", "discard",
	};
	struct disk disk;
	char before[64], after[64];

	disk_make(&disk, "busy", SMALL);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		need(!disk_get(&disk, names[i], before, sizeof(before)));
		if (!check_equal(disk_set(&disk, names[i], before), EBUSY))
			note("%s\n", names[i]);
		check_equal(disk_set(&disk, names[i], "1"), EBUSY);
		need(!disk_get(&disk, names[i], after, sizeof(after)));
		check(!strcmp(before, after));
	}
	check_equal(disk_power(&disk, false), 0);
	/* And then it can be another one. */
	disk_set_all(&disk, "size=2 blocksize=4096");
	check_equal(disk_power(&disk, true), 0);
	check_equal(disk_number(&disk, "size"), 2 * MIB / SECTOR);
	disk_end(&disk);
}

void test_directories(void)
{
	struct disk disk, other;
	char name[300], value[16];

	need(!disk_configure(&disk, "directory"));
	check_equal(disk_configure(&other, "directory"), EEXIST);
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	check_equal(disk_configure(&other, name), ENAMETOOLONG);
	/* What one is set to is nothing to the other. */
	need(!disk_configure(&other, "other"));
	disk_set_all(&disk, "size=3");
	disk_set_all(&other, "size=5");
	need(!disk_get(&disk, "size", value, sizeof(value)));
	check(!strcmp(value, "3"));
	check_equal(disk_remove(&disk), 0);
	check_equal(disk_remove(&disk), ENOENT);
	need(!disk_get(&other, "size", value, sizeof(value)));
	check(!strcmp(value, "5"));
	disk_end(&other);
}

void test_power(void)
{
	struct disk disk;
	char name[32], value[16];

	disk_make(&disk, "power", SMALL);
	strcpy(name, disk.name);
	need(!disk_get(&disk, "power", value, sizeof(value)));
	check(!strcmp(value, "1"));
	/* It is on already. */
	check_equal(disk_set(&disk, "power", "1"), 0);
	check(disk_exists(name));
	check_equal(disk_power(&disk, false), 0);
	check(!disk_exists(name));
	check_equal(disk_power(&disk, false), 0);
	need(!disk_get(&disk, "power", value, sizeof(value)));
	check(!strcmp(value, "0"));
	check_equal(disk_power(&disk, true), 0);
	check(disk_exists(disk.name));
	disk_end(&disk);
}

void test_cycles(void)
{
	int count = rounds(CYCLES);
	struct disk disk;

	for (int i = 0; i < count; i++) {
		int fd;

		disk_make(&disk, "cycle", "size=4 memory_backed=1");
		fd = need_open(&disk, O_RDWR | O_DIRECT);
		/* Some are written to, some end while they are open. */
		if (i % 3 == 0)
			write_pattern(fd, 64 * KIB, MIB, i);
		if (i % 2 == 0)
			close(fd);
		if (i % 4 == 0)
			disk_end(&disk);
		else
			check_equal(disk_remove(&disk), 0);
		if (i % 2)
			close(fd);
	}
}
