# SPDX-License-Identifier: GPL-2.0
"""What counts as a report in a kernel log, and what does not."""

import unittest

from ferrule_vm import reports

# First lines of reports, as 6.1 prints them.
REPORTS = (
    "BUG: kernel NULL pointer dereference, address: 0000000000000000",
    "BUG: unable to handle page fault for address: ffffc90000a51000",
    "BUG: KASAN: use-after-free in edu_read+0x4f/0x90 [edu]",
    "BUG: sleeping function called from invalid context at mm/slab.h:256",
    "BUG: scheduling while atomic: edu-tool/71/0x00000002",
    "BUG: spinlock bad magic on CPU#1, insmod/64",
    "BUG kmalloc-64 (Tainted: G           O      ): Poison overwritten",
    "watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [edu-test:66]",
    "Oops: 0002 [#1] PREEMPT SMP KASAN",
    "general protection fault, probably for non-canonical address 0xdead000000000122",
    "kernel BUG at lib/list_debug.c:26!",
    "Kernel panic - not syncing: Fatal exception",
    "WARNING: CPU: 1 PID: 61 at kernel/irq/manage.c:1883 free_irq+0x1c4/0x390",
    "WARNING: possible circular locking dependency detected",
    "WARNING: possible recursive locking detected",
    "WARNING: inconsistent lock state",
    "WARNING: suspicious RCU usage",
    "refcount_t: underflow; use-after-free.",
    "list_del corruption. prev->next should be ffff888, but was 0. (prev=ffff8)",
    "ODEBUG: free active (active state 0) object type: timer_list hint: tick",
    "INFO: trying to register non-static key.",
    "ODEBUG: Out of memory. ODEBUG disabled",
    "UBSAN: array-index-out-of-bounds in drivers/edu/edu.c:12:3",
    "DMA-API: edu 0000:01:00.0: device driver has pending DMA allocations",
    "kmemleak: 2 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
    "ferrule: edu leaked: dma_buf, acquired at edu_probe+0x1c4/0x390 [edu]",
    "INFO: task edu-tool:77 blocked for more than 60 seconds.",
    "rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:",
    "rcu: INFO: rcu_preempt self-detected stall on CPU",
    "irq 16: nobody cared (try booting with the \"irqpoll\" option)",
    "lockdep: debug_locks: 0",
)

# Lines of a log in which nothing is wrong.
HARMLESS = (
    "Linux version 6.1.192 (gcc-12 (Debian 12.2.0-14) 12.2.0) #1 SMP PREEMPT",
    "DMA-API: preallocated 65536 debug entries",
    "DMA-API: debugging enabled by kernel config",
    "DMA-API: Mapped at:",
    "ODEBUG: selftest passed",
    "ODEBUG: 13 of 13 active objects replaced",
    "kmemleak: Automatic memory scanning thread started",
    "kmemleak: Kernel memory leak detector initialized (mem pool available: 37)",
    "ferrule: loading out-of-tree module taints kernel.",
    "ferrule: thief leaked: box, acquired at what_a_driver_leaves+0x2b/0x90 [debug_kunit]",
    "rcu: Preemptible hierarchical RCU implementation.",
    "edu 0000:01:00.0: enabling device (0000 -> 0002)",
    "lockdep: debug_locks: 1",
    "debug: unmapping init [mem 0xffffffff82e00000-0xffffffff82ffffff]",
)


def stamped(lines):
    """Return lines as the console shows them."""
    return [f"[{second:5d}.123456] {line}" for second, line in enumerate(lines)]


class Patterns(unittest.TestCase):
    """One line at a time."""

    def test_each_report_is_found(self):
        for line in REPORTS:
            with self.subTest(line):
                self.assertEqual(len(reports.find(stamped([line]))), 1)

    def test_nothing_harmless_is(self):
        for line in HARMLESS:
            with self.subTest(line):
                self.assertEqual(reports.find(stamped([line])), [])


class Context(unittest.TestCase):
    """What is shown with a report."""

    TRACE = ["WARNING: CPU: 0 PID: 1 at x.c:1 f+0x1/0x2", "Call Trace:", " f+0x1",
             "---[ end trace 0000000000000000 ]---"]

    def test_a_trace_is_shown_to_its_end_and_what_came_before(self):
        log = stamped(["before"] + self.TRACE + ["after"])
        self.assertEqual(reports.find(log), [log[:-1]])

    def test_two_reports_are_two(self):
        log = stamped(self.TRACE + self.TRACE)
        self.assertEqual(len(reports.find(log)), 2)

    def test_a_report_does_not_count_its_own_consequences(self):
        log = stamped(["BUG: KASAN: use-after-free in f", "Oops: 0002", "x"])
        self.assertEqual(len(reports.find(log)), 1)
