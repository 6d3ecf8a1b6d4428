// SPDX-License-Identifier: GPL-2.0
/*
 * edu-test - test the edu driver from user space
 *
 * Run as root, with the driver loaded and two devices. EDU_DRIVER in the environment names
 * another driver that does the same.
 */
#include "edu-test.h"

static const struct test tests[] = {
	{ "ident", test_ident },
	{ "factorial", test_factorial },
	{ "threads", test_threads },
	{ "memory_ends", test_memory_ends },
	{ "positions", test_positions },
	{ "vectors", test_vectors },
	{ "open_modes", test_open_modes },
	{ "stats", test_stats },
	{ "ioctl_numbers", test_ioctl_numbers },
	{ "ioctl_pointers", test_ioctl_pointers },
	{ "buffer_pointers", test_buffer_pointers },
	{ "copy_arguments", test_copy_arguments },
	{ "compat_ioctl", test_compat_ioctl },
	{ "fresh_memory", test_fresh_memory },
	{ "discarded_memory", test_discarded_memory },
	{ "nonblock", test_nonblock },
	{ "poll", test_poll },
	{ "epoll", test_epoll },
	{ "unit_handover", test_unit_handover },
	{ "signal_factorial", test_signal_factorial },
	{ "signal_restart", test_signal_restart },
	{ "signal_transfer", test_signal_transfer },
	{ "signal_queue", test_signal_queue },
	{ "signal_poll", test_signal_poll },
	{ "window", test_window },
	{ "window_refused", test_window_refused },
	{ "window_fork", test_window_fork },
	{ "window_sigbus", test_window_sigbus },
	{ "window_race", test_window_race },
	{ "unbind_result", test_unbind_result },
	{ "unbind_start", test_unbind_start },
	{ "unbind_transfer", test_unbind_transfer },
	{ "unbind_lost", test_unbind_lost },
	{ "unbind_poll", test_unbind_poll },
	{ "unbind_open_file", test_unbind_open_file },
	{ "unbind_cycles", test_unbind_cycles },
	{ "unbind_computing", test_unbind_computing },
	{ "rmmod", test_rmmod },
	{ "line_interrupt", test_line_interrupt },
	{ "stalled_argument", test_stalled_argument },
	{ "stalled_buffer", test_stalled_buffer },
	{ "unbind_load", test_unbind_load },
	{ "probe_fails", test_probe_fails },
	{ "probe_fails_by_name", test_probe_fails_by_name },
	{ "open_fails", test_open_fails },
	{ "transfer_fails", test_transfer_fails },
	{ "transfer_lost", test_transfer_lost },
	/* What comes back is as after boot. */
	{ "unplug_sleepers", test_unplug_sleepers },
	{ "unplug_load", test_unplug_load },
};

const struct test_program test_program = {
	.tests = tests,
	.count = ARRAY_SIZE(tests),
	.begin = devices_find,
	.needs = "two edu devices, with their driver loaded",
	.restore = devices_restore,
};
