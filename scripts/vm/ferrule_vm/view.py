# SPDX-License-Identifier: GPL-2.0
"""What somebody who watches a run gets to see of it."""

import re
import sys
import time

# Of a kernel's log, what says how far it is.
MILESTONES = re.compile(r"Linux version|Run /init|ferrule-vm: begin|"
                        r"^\[ *[\d.]+\]\s+(?:not )?ok \d+|# Subtest:")
# A milestone needs no more than this of its line.
WIDTH = 80


class View:
    """Prints each line with the guest's name and the seconds since its start.

    On the way it keeps to the milestones of the kernel's log; verbose shows
    all of it.
    """

    def __init__(self, name, verbose):
        self._name = name
        self._verbose = verbose
        self._start = time.monotonic()

    def _print(self, text):
        seconds = time.monotonic() - self._start
        print(f"{self._name} {seconds:5.1f}s | {text}", flush=True)

    def console(self, line):
        """Show a line of the kernel's log."""
        if self._verbose:
            self._print(line)
        elif MILESTONES.search(line):
            self._print(line[:WIDTH])

    def output(self, line):
        """Show a line that a program in the guest printed."""
        self._print(line)

    def note(self, text):
        """Show what a scenario had to say."""
        self._print(text)

    def excerpt(self, title, lines):
        """Show a piece of a log that matters now."""
        self._print(f"--- {title}")
        for line in lines:
            self._print(line)
        self._print("---")


class Plain:
    """Prints what the guest's programs print, and nothing else, on stdout."""

    def __init__(self, verbose):
        self._verbose = verbose

    def console(self, line):
        """Show a line of the kernel's log, aside."""
        if self._verbose:
            print(line, file=sys.stderr, flush=True)

    def output(self, line):
        """Pass a program's line on."""
        print(line, flush=True)

    def note(self, text):
        """Show what a scenario had to say, aside."""
        print(text, file=sys.stderr, flush=True)

    def excerpt(self, title, lines):
        """Show a piece of a log that matters now, aside."""
        print("\n".join([f"--- {title}", *lines, "---"]), file=sys.stderr,
              flush=True)
