# SPDX-License-Identifier: GPL-2.0
"""Test results: collected from a guest, judged by the kernel's kunit.py.

The guest marks what it runs, on the kernel log for KUnit suites and on its
output for programs, by lines

    ferrule-vm: expect NAME
    ferrule-vm: begin NAME
    ferrule-vm: end NAME STATUS

KUnit suites that are modules print nested results without the top level that
kunit.py wants, and start counting anew with each module; programs print a
flat list. Both become subtests of one document. What was expected and did not
run, or not to its end, is a failure there.
"""

import dataclasses
import re
import subprocess
import sys

MARK = re.compile(r"(?:\[ *\d+\.\d+\] )?ferrule-vm: (expect|begin|end) (\S+) ?(\d*)$")
STAMP = re.compile(r"^\[ *\d+\.\d+\] ?")
RESULT = re.compile(r"^(ok|not ok) \d+ (?:- )?(.*)$")
SUBTEST = re.compile(r"^ {4}# Subtest: (.*)$")
PLAN = re.compile(r"^1\.\.(\d+)")
SUMMARY = re.compile(r"Testing complete\. Ran \d+ tests:?(.*)$", re.M)


@dataclasses.dataclass
class Counts:
    """How many tests passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self):
        text = f"{self.passed} passed, {self.failed} failed"
        return text + (f", {self.skipped} skipped" if self.skipped else "")


@dataclasses.dataclass
class Section:
    """What one module or program printed between its marks."""

    name: str
    lines: list = dataclasses.field(default_factory=list)
    begun: bool = False
    status: int | None = None


def sections(lines):
    """Cut a log into the sections that its marks announce."""
    found = {}
    current = None
    for line in lines:
        mark = MARK.match(line)
        if not mark:
            if current:
                current.lines.append(line)
            continue
        what, name, status = mark.groups()
        section = found.setdefault(name, Section(name))
        if what == "begin":
            section.begun = True
            current = section
        elif what == "end":
            section.status = int(status)
            current = None
    return list(found.values())


class Document:
    """A KTAP document that grows by one top-level result after another."""

    def __init__(self):
        self._lines = []
        self._results = 0

    def __str__(self):
        head = ["KTAP version 1", f"1..{self._results}"]
        return "\n".join(head + self._lines) + "\n"

    def result(self, passed, name):
        """Add a test without subtests, or the end of one that has them."""
        self._results += 1
        verdict = "ok" if passed else "not ok"
        self._lines.append(f"{verdict} {self._results} - {name}")

    def modules(self, log):
        """Add the KUnit suites of a kernel log."""
        for section in sections(log):
            before = self._results
            self._suites(STAMP.sub("", line) for line in section.lines)
            self._ending(section, ran=self._results > before)

    def _suites(self, lines):
        started = None
        for line in lines:
            result = RESULT.match(line)
            subtest = SUBTEST.match(line)
            if result:
                self.result(result[1] == "ok", result[2])
                started = None
            else:
                started = subtest[1] if subtest else started
                self._lines.append(line)
        if started:
            # Without its result: kunit.py sees that it is missing.
            self._results += 1

    def _ending(self, section, ran):
        if not section.begun:
            self.result(False, f"{section.name} never ran")
        elif section.status is None:
            self.result(False, f"{section.name} did not end")
        elif section.status:
            self.result(False, f"{section.name} ended with status {section.status}")
        elif not ran:
            self.result(False, f"{section.name} has no tests")

    def programs(self, output):
        """Add the test programs of the guest's output."""
        for section in sections(output):
            if not section.begun:
                self.result(False, f"{section.name} never ran")
                continue
            self._program(section)

    def _program(self, section):
        """Nest a program's flat list, its exit status as one more test."""
        planned = 0
        self._lines += ["    KTAP version 1", f"    # Subtest: {section.name}"]
        for line in section.lines:
            plan = PLAN.match(line)
            if plan:
                planned = int(plan[1])
                line = f"1..{planned + 1}"
            if line != "KTAP version 1":
                self._lines.append("    " + line)
        if not planned:
            self._lines.append("    1..1")
        passed = section.status == 0
        ending = "did not end" if section.status is None else \
                 f"exit status {section.status}"
        self._lines.append("    {} {} - {}".format(
            "ok" if passed else "not ok", planned + 1, ending))
        self.result(passed, section.name)


def judge(document, path, parser):
    """Have kunit.py read the document; return its counts and its words."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(str(document))
    done = subprocess.run([sys.executable, parser, "parse", path],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    return counts(done.stdout, done.returncode), done.stdout


def counts(text, status):
    """Read the counts off kunit.py's last line."""
    summary = SUMMARY.search(text)
    if not summary:
        return Counts(failed=1)
    number = {name: int(n) for name, n in
              re.findall(r"(\w+): (\d+)", summary[1])}
    found = Counts(number.get("passed", 0),
                   sum(number.get(name, 0)
                       for name in ("failed", "crashed", "errors")),
                   number.get("skipped", 0))
    # Whatever it did not like counts, even if it did not count it.
    if status and not found.failed:
        found.failed = 1
    return found
