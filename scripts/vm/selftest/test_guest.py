# SPDX-License-Identifier: GPL-2.0
"""Guests that end well, badly, and not at all: what becomes of their verdict.

These boot the distribution's kernel.
"""

import pathlib
import subprocess
import time
import unittest

VM = pathlib.Path(__file__).resolve().parents[1] / "vm"


def run(command, *options):
    """Run one command in a guest; return status, output, what was said aside."""
    done = subprocess.run([VM, *options, "exec", command], text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout, done.stderr


class Verdict(unittest.TestCase):
    """The status of a run."""

    def test_output_and_status_are_the_commands(self):
        status, output, _ = run("printf 'a  b\\n'; exit 7")
        self.assertEqual((status, output), (7, "a  b\n"))

    def test_a_panic_is_shown(self):
        status, _, aside = run("echo c >/proc/sysrq-trigger")
        self.assertEqual(status, 98)
        self.assertIn("sysrq triggered crash", aside)
        self.assertIn("without a verdict", aside)

    def test_a_report_fails_a_command_that_succeeds(self):
        status, _, aside = run("echo 'BUG: said a test' >/dev/kmsg")
        self.assertEqual(status, 99)
        self.assertIn("BUG: said a test", aside)

    def test_a_silent_guest_is_killed(self):
        status, _, aside = run("echo last words >/dev/kmsg; sleep 600",
                               "--silence", "6")
        self.assertEqual(status, 98)
        self.assertIn("nothing heard", aside)
        self.assertIn("last words", aside)

    def test_a_busy_guest_is_killed_too(self):
        status, _, aside = run("while :; do echo busy; sleep 1; done",
                               "--limit", "8")
        self.assertEqual(status, 98)
        self.assertIn("not done after 8 s", aside)


class Clock(unittest.TestCase):
    """The guest's time."""

    def test_its_seconds_are_the_hosts(self):
        command = "for i in 1 2; do cut -d' ' -f1 /proc/uptime; sleep 4; done"
        moments = []
        with subprocess.Popen([VM, "exec", command], text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as guest:
            for line in guest.stdout:
                moments.append((float(line), time.monotonic()))
        (first, then), (second, now) = moments
        self.assertAlmostEqual((second - first) / (now - then), 1, delta=0.1)


CONTROL = """
devices() { grep -c 123411e8 /proc/bus/pci/devices; }
devices
for cycle in 1 2; do
	host unplug edu1; devices
	host plug edu1; sleep 1; devices
done
host unplug edu7 2>&1
host dance now 2>&1
host note half way
"""


class Control(unittest.TestCase):
    """What the guest asks its host for."""

    def test_requests_are_done_when_they_are_answered(self):
        status, output, aside = run(CONTROL)
        self.assertEqual((status, output.splitlines()), (0, [
            "2", "1", "2", "1", "2",
            "host: error: no device 'edu7'",
            "host: error: unknown request 'dance'"]), aside)
        self.assertIn("half way", aside)


DISK = """
set -e
for tool in fio sfdisk; do
	$tool --version >/dev/null
done
modprobe null_blk gb=1 memory_backed=1
mkfs.ext4 -q /dev/nullb0
mkdir /mnt
mount -t ext4 /dev/nullb0 /mnt
umount /mnt
e2fsck -n /dev/nullb0 >/dev/null 2>&1
"""


class DiskTools(unittest.TestCase):
    """Programs of the host, and modules that the kernel itself asks for."""

    def test_they_run_in_the_guest(self):
        status, _, aside = run(DISK, "--disk-tools")
        self.assertEqual(status, 0, aside)
