/* SPDX-License-Identifier: GPL-2.0 */
/* edu-test: what its parts share. */
#ifndef _EDU_TEST_H
#define _EDU_TEST_H

#include "../test/test.h"

#include "edu_uapi.h"

#define PAGE		4096

/* The devices under test, edu-test-device.c. */

struct device {
	char		address[16];	/* on the PCI bus */
	const char	*host_name;	/* what the machine's host calls it */
};

extern struct device devices[2];

/* False unless there are two. */
bool devices_find(void);
/* Both plugged, bound, interrupting by messages: for the next test. */
bool devices_restore(void);

/* Of the driver under test and its module: "edu", or what EDU_DRIVER says. */
const char *driver_name(void);
/* 0 or errno. */
int device_unbind(const struct device *dev);
int device_bind(const struct device *dev);
bool device_present(const struct device *dev);
/* Puts "eduN" there. False if the device has no node. */
bool device_node(const struct device *dev, char *name, size_t size);
/* -1 and errno if there is no node, or it cannot be opened. */
int device_open(const struct device *dev, int flags);
int need_open(const struct device *dev, int flags);
bool device_ready(const struct device *dev);
/* Fills in the path of an attribute of the device. */
const char *device_attribute(const struct device *dev, const char *name, char *path, size_t size);

/* Asks the machine's host to "unplug" or "plug" a device; true if it did. */
bool host_ask(const char *request, const char *name);
/* How often to unbind where @many times are affordable with a stock kernel. */
int unbind_rounds(int many);

/* Factorials, edu-test-io.c. */

__u32 factorial(__u32 n);
/* Starts one and waits for its result. 0, or -1 and errno. */
int compute(int fd, struct edu_factorial *f);
/* Computes one and checks the result. */
bool check_factorial(int fd, __u32 n);

/* The window, edu-test-mmap.c. */

unsigned char *map_window(int fd);

/* The tests. */

void test_ident(void);
void test_factorial(void);
void test_threads(void);
void test_memory_ends(void);
void test_positions(void);
void test_vectors(void);
void test_open_modes(void);
void test_stats(void);

void test_ioctl_numbers(void);
void test_ioctl_pointers(void);
void test_buffer_pointers(void);
void test_copy_arguments(void);
void test_compat_ioctl(void);
void test_fresh_memory(void);
void test_discarded_memory(void);

void test_nonblock(void);
void test_poll(void);
void test_epoll(void);
void test_unit_handover(void);
void test_signal_factorial(void);
void test_signal_restart(void);
void test_signal_transfer(void);
void test_signal_queue(void);
void test_signal_poll(void);

void test_window(void);
void test_window_refused(void);
void test_window_fork(void);
void test_window_sigbus(void);
void test_window_race(void);

void test_unbind_result(void);
void test_unbind_start(void);
void test_unbind_transfer(void);
void test_unbind_lost(void);
void test_unbind_poll(void);
void test_unbind_open_file(void);
void test_unbind_cycles(void);
void test_unbind_computing(void);
void test_rmmod(void);
void test_line_interrupt(void);
void test_stalled_argument(void);
void test_stalled_buffer(void);

void test_unbind_load(void);
void test_unplug_sleepers(void);
void test_unplug_load(void);

void test_probe_fails(void);
void test_probe_fails_by_name(void);
void test_open_fails(void);
void test_transfer_fails(void);
void test_transfer_lost(void);

#endif /* _EDU_TEST_H */
