# SPDX-License-Identifier: GPL-2.0
"""What the kernel says when something is wrong: the one list of it."""

import re

REPORTS = re.compile("|".join((
    # Oopses, KASAN, sleeping or scheduling in atomic context, lock-ups, SLUB.
    r"\bBUG\b[: ]",
    r"\bOops\b",
    r"\bgeneral protection fault\b",
    r"\bKernel panic\b",
    r"\bkernel BUG at\b",
    # WARN(), lockdep, RCU, reference counts, DEBUG_OBJECTS.
    r"\bWARNING: ",
    r"\bODEBUG: (?!selftest passed|\d+ of \d+ active)",
    r"\brefcount_t: ",
    r"\b(list_add|list_del) corruption\b",
    r"\bINFO: trying to register non-static key\b",
    r"\bdebug_locks: 0\b",
    # Undefined behaviour, DMA, leaks.
    r"\bUBSAN: ",
    r"\bDMA-API: (?!preallocated|debugging |Mapped at)",
    r"\bkmemleak: \d+ new suspected memory leaks",
    r"\bkmemleak: Kernel memory leak detector disabled",
    # Ours, with DEBUG=1. The suite that tests this report leaks on purpose.
    r"\bferrule: .* leaked: (?!.*\[debug_kunit\])",
    # Tasks, CPUs and interrupts that are stuck.
    r"\bINFO: task .* blocked for more than\b",
    r"\bINFO: .* detected stalls\b",
    r"\bself-detected stall\b",
    r"\birq \d+: nobody cared",
)))

BEFORE = 3
AFTER = 40


def find(lines):
    """Return the reports in a kernel log, each a list of lines in context.

    A report's own trace matches again here and there; what lies in the
    context of one report is not another one.
    """
    found = []
    skip_to = 0
    for index, line in enumerate(lines):
        if index < skip_to or not REPORTS.search(line):
            continue
        skip_to = _end(lines, index)
        found.append(lines[max(0, index - BEFORE):skip_to])
    return found


def _end(lines, start):
    for index in range(start, min(len(lines), start + AFTER)):
        if "---[ end trace" in lines[index]:
            return index + 1
    return min(len(lines), start + AFTER)
