# SPDX-License-Identifier: GPL-2.0
"""The archive that a guest starts from, read back by busybox's cpio."""

import shutil
import subprocess
import unittest

from ferrule_vm import closure, cpio, image


def listing(data):
    """Return what cpio sees in an archive."""
    done = subprocess.run([shutil.which("busybox"), "cpio", "-tv"], input=data,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return [line.split() for line in done.stdout.decode().splitlines()]


class Archive(unittest.TestCase):
    """What was put in is there."""

    def setUp(self):
        archive = cpio.Archive()
        archive.console()
        archive.file("bin/deep/tool", b"odd", 0o755)
        archive.symlink("init", "bin/deep/tool")
        self.entries = {line[5]: line for line in listing(archive.bytes())}

    def test_directories_come_with_the_file(self):
        self.assertLessEqual({"bin", "bin/deep", "bin/deep/tool"}, set(self.entries))

    def test_mode_owner_and_size(self):
        mode, owner, size = self.entries["bin/deep/tool"][:3]
        self.assertEqual((mode, owner, size), ("-rwxr-xr-x", "0/0", "3"))

    def test_symlink(self):
        self.assertEqual(self.entries["init"][-1], "bin/deep/tool")


class Settings(unittest.TestCase):
    """A scenario's settings survive the shell that reads them."""

    def test_a_value_is_not_interpreted(self):
        value = "a 'b' \"$(c)\" \\ ; d\ne"
        archive = image.scenario("exec", command=value)
        start = archive.index(b"scenario=")
        script = archive[start:archive.index(b"\0", start)].decode()
        shown = subprocess.run(["sh", "-c", script + 'printf %s "$command"'],
                               stdout=subprocess.PIPE, check=True)
        self.assertEqual(shown.stdout.decode(), value)


class Tools(unittest.TestCase):
    """Programs of the host."""

    def test_one_that_is_not_there_is_named(self):
        with self.assertRaises(FileNotFoundError) as caught:
            closure.disk(["no-such-tool"])
        self.assertEqual(caught.exception.filename, "no-such-tool")


class Aliases(unittest.TestCase):
    """Names by which the kernel asks for modules."""

    def test_all_of_them(self):
        data = b"\0license=GPL\0alias=fs-ext4\0alias=ext3\0depends=jbd2\0"
        self.assertEqual(image.aliases(data), ["fs-ext4", "ext3"])
