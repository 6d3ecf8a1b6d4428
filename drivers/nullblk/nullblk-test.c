// SPDX-License-Identifier: GPL-2.0
/*
 * nullblk-test - test the nullblk driver from user space
 *
 * Run as root, with the driver loaded. NULLBLK_DRIVER in the environment names another driver
 * that is to do the same, such as the kernel's null_blk.
 */
#include "nullblk-test.h"

static const struct test tests[] = {
	{ "defaults", test_defaults },
	{ "wrong_values", test_wrong_values },
	{ "home_node", test_home_node },
	{ "busy_values", test_busy_values },
	{ "directories", test_directories },
	{ "power", test_power },
	{ "geometry", test_geometry },
	{ "queue_limits", test_queue_limits },
	{ "data", test_data },
	{ "fresh_disk", test_fresh_disk },
	{ "beyond_end", test_beyond_end },
	{ "unaligned", test_unaligned },
	{ "discard", test_discard },
	{ "write_zeroes", test_write_zeroes },
	{ "memory", test_memory },
	{ "no_memory_behind", test_no_memory_behind },
	{ "queues", test_queues },
	{ "completions", test_completions },
	{ "latency", test_latency },
	{ "poll", test_poll },
	{ "flush", test_flush },
	{ "bad_blocks", test_bad_blocks },
	{ "bandwidth", test_bandwidth },
	{ "remove_open", test_remove_open },
	{ "remove_in_flight", test_remove_in_flight },
	{ "remove_directory", test_remove_directory },
	{ "unbind", test_unbind },
	{ "rmmod", test_rmmod },
	{ "remove_load", test_remove_load },
	{ "remove_mapped", test_remove_mapped },
	{ "disks", test_disks },
	{ "churn", test_churn },
	{ "cycles", test_cycles },
	{ "full_memory", test_full_memory },
	{ "power_fails", test_power_fails },
	{ "lost_answers", test_lost_answers },
};

const struct test_program test_program = {
	.tests = tests,
	.count = ARRAY_SIZE(tests),
	.begin = driver_find,
	.needs = "the driver, loaded, and configfs",
	.restore = driver_restore,
};
