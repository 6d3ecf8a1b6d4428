/* SPDX-License-Identifier: GPL-2.0 */
/* nullblk-test: what its parts share. */
#ifndef _NULLBLK_TEST_H
#define _NULLBLK_TEST_H

#include "../test/test.h"

#define KIB		1024L
#define MIB		(1024 * KIB)
#define SECTOR		512
#define PAGE		4096

/* The driver's side of it, nullblk-test-disk.c. */

/* Configured, and with power once it has a node. */
struct disk {
	char	item[32];	/* its directory in configfs */
	char	name[32];	/* of its node; "" without power */
};

/* Of the module under test: "nullblk", or what NULLBLK_DRIVER says. */
const char *driver_name(void);
/* False unless that module is loaded and can be configured. */
bool driver_find(void);
/* Ends every disk that was configured, takes faults back. */
bool driver_restore(void);

/* 0 or errno. */
int disk_configure(struct disk *disk, const char *item);
int disk_set(const struct disk *disk, const char *attribute, const char *value);
int disk_get(const struct disk *disk, const char *attribute, char *value, size_t size);
/* "size=16 blocksize=512 …": those that the driver refuses fail the test. */
void disk_set_all(const struct disk *disk, const char *settings);
int disk_power(struct disk *disk, bool on);
int disk_remove(const struct disk *disk);
/* All of that; the test ends if it fails. */
void disk_make(struct disk *disk, const char *item, const char *settings);
/* Without power and directory, if it still has them. */
void disk_end(struct disk *disk);
/* The same while a read of it sleeps, which ends with an error. Closes fd. */
void disk_end_under(struct disk *disk, int fd);

/* Is there a disk of that name? */
bool disk_exists(const char *name);
/* -1 and errno. */
int disk_open(const struct disk *disk, int flags);
int need_open(const struct disk *disk, int flags);
/* A number of /sys/block/NAME; -1 if there is none. */
long long disk_number(const struct disk *disk, const char *attribute);
/* How often to do what is to be done @many times, if there is time: with FULL set. */
int rounds(int many);

/* Bytes that can be transferred without the page cache: freed with the process. */
unsigned char *alloc_bytes(size_t len);
/* A pattern goes there, and is there. */
bool write_pattern(int fd, size_t len, off_t at, unsigned int seed);
bool check_pattern(int fd, size_t len, off_t at, unsigned int seed);
bool check_zeroes(int fd, size_t len, off_t at);
/* BLKDISCARD and BLKZEROOUT: as ioctl(). */
int discard(int fd, unsigned long long at, unsigned long long len);
int zero_out(int fd, unsigned long long at, unsigned long long len);

/* The tests. */

void test_defaults(void);
void test_wrong_values(void);
void test_home_node(void);
void test_busy_values(void);
void test_directories(void);
void test_power(void);
void test_cycles(void);

void test_geometry(void);
void test_queue_limits(void);
void test_data(void);
void test_fresh_disk(void);
void test_beyond_end(void);
void test_unaligned(void);
void test_discard(void);
void test_write_zeroes(void);
void test_memory(void);
void test_no_memory_behind(void);

void test_queues(void);
void test_completions(void);
void test_latency(void);
void test_poll(void);
void test_flush(void);
void test_bad_blocks(void);
void test_bandwidth(void);

void test_remove_open(void);
void test_remove_in_flight(void);
void test_remove_directory(void);
void test_unbind(void);
void test_rmmod(void);
void test_remove_load(void);
void test_remove_mapped(void);

void test_disks(void);
void test_churn(void);

void test_full_memory(void);
void test_power_fails(void);
void test_lost_answers(void);

#endif /* _NULLBLK_TEST_H */
