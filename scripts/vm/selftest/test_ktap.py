# SPDX-License-Identifier: GPL-2.0
"""Results from a guest, as the kernel's kunit.py then counts them."""

import pathlib
import tempfile
import unittest

from ferrule_vm import ktap

PARSER = pathlib.Path(__file__).resolve().parents[3] / \
    "build/source/tools/testing/kunit/kunit.py"

GOOD = """\
[    5.000000] KTAP version 1
[    5.000001] 1..0
[    5.000002] ferrule-vm: expect good
[    5.100000] ferrule-vm: begin good
[    5.100001]     KTAP version 1
[    5.100002]     # Subtest: good_suite
[    5.100003]     1..2
[    5.100004]     ok 1 one
[    5.100005] edu: a line of the driver's in between
[    5.100006]     ok 2 two # SKIP no device
[    5.100007] # good_suite: pass:1 fail:0 skip:1 total:2
[    5.100008] ok 1 good_suite
[    5.100009] ferrule-vm: end good 0
"""

BAD = """\
[    6.100000] ferrule-vm: begin bad
[    6.100001]     KTAP version 1
[    6.100002]     # Subtest: bad_suite
[    6.100003]     1..2
[    6.100004]     ok 1 one
[    6.100005]     # two: EXPECTATION FAILED at x.c:7
[    6.100006]     not ok 2 two
[    6.100008] not ok 1 bad_suite
[    6.100009] ferrule-vm: end bad 0
"""

PROGRAM = """\
ferrule-vm: expect edu-test
ferrule-vm: begin edu-test
KTAP version 1
1..2
ok 1 - one
# a diagnostic
ok 2 - two
ferrule-vm: end edu-test {}
"""


class Counting(unittest.TestCase):
    """Each test gives what a guest printed, and the counts it must come to."""

    def check(self, expected, log="", output=""):
        document = ktap.Document()
        document.modules(log.splitlines())
        document.programs(output.splitlines())
        with tempfile.NamedTemporaryFile(suffix=".ktap") as file:
            counts, words = ktap.judge(document, file.name, PARSER)
        self.assertEqual(str(counts), expected, words)

    def test_passing_suite(self):
        self.check("1 passed, 0 failed, 1 skipped", GOOD)

    def test_failing_case(self):
        self.check("1 passed, 1 failed", BAD)

    def test_suites_of_two_modules_are_numbered_through(self):
        self.check("2 passed, 1 failed, 1 skipped", GOOD + BAD)

    def test_module_that_never_ran(self):
        self.check("1 passed, 1 failed, 1 skipped",
                   "[ 1.0] ferrule-vm: expect lost\n" + GOOD)

    def test_module_that_does_not_load(self):
        self.check("0 passed, 1 failed",
                   "[ 1.0] ferrule-vm: begin x\n[ 1.1] ferrule-vm: end x 1\n")

    def test_module_without_tests(self):
        self.check("0 passed, 1 failed",
                   "[ 1.0] ferrule-vm: begin x\n[ 1.1] ferrule-vm: end x 0\n")

    def test_crash_inside_a_suite_fails(self):
        log = "\n".join(GOOD.splitlines()[:8])
        document = ktap.Document()
        document.modules(log.splitlines())
        with tempfile.NamedTemporaryFile(suffix=".ktap") as file:
            counts, words = ktap.judge(document, file.name, PARSER)
        self.assertGreaterEqual(counts.failed, 1, words)

    def test_suite_that_cannot_initialise(self):
        self.check("0 passed, 1 failed",
                   "[ 1.0] ferrule-vm: begin x\n[ 1.1] not ok 1 x\n"
                   "[ 1.2] ferrule-vm: end x 0\n")

    def test_program_and_its_status(self):
        self.check("3 passed, 0 failed", output=PROGRAM.format(0))

    def test_program_that_fails_without_saying_which(self):
        self.check("2 passed, 1 failed", output=PROGRAM.format(139))

    def test_program_that_stops_half_way(self):
        text = PROGRAM.format(139).replace("ok 2 - two\n", "")
        document = ktap.Document()
        document.programs(text.splitlines())
        with tempfile.NamedTemporaryFile(suffix=".ktap") as file:
            counts, words = ktap.judge(document, file.name, PARSER)
        self.assertGreaterEqual(counts.failed, 2, words)

    def test_program_that_prints_nothing(self):
        self.check("0 passed, 1 failed", output="""\
ferrule-vm: expect x-test
ferrule-vm: begin x-test
ferrule-vm: end x-test 127
""")

    def test_nothing_at_all_is_no_success(self):
        self.check("0 passed, 1 failed")
