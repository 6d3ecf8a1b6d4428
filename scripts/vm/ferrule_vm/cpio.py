# SPDX-License-Identifier: GPL-2.0
"""Archives in the one format that the kernel unpacks at boot (cpio newc)."""

import stat


class Archive:
    """An initramfs in the making.

    Everything in it belongs to root, whoever makes it, and it may hold device
    nodes, which only root could make on a disk.
    """

    def __init__(self):
        self._parts = []
        self._entries = 0
        self._dirs = {""}

    def _entry(self, name, mode, data=b"", rdev=(0, 0)):
        self._entries += 1
        path = name.encode() + b"\0"
        fields = (self._entries, mode, 0, 0, 1, 0, len(data), 0, 0,
                  rdev[0], rdev[1], len(path), 0)
        header = b"070701" + b"".join(b"%08X" % field for field in fields)
        self._parts += [_padded(header + path), _padded(data)]

    def _parents(self, name):
        parent = name.rpartition("/")[0]
        if parent not in self._dirs:
            self._parents(parent)
            self._dirs.add(parent)
            self._entry(parent, stat.S_IFDIR | 0o755)

    def directory(self, name):
        """Add an empty directory and those above it."""
        self._parents(name + "/")

    def file(self, name, data, mode=0o644):
        """Add a file with its content (bytes) and those directories above it."""
        self._parents(name)
        self._entry(name, stat.S_IFREG | mode, data)

    def symlink(self, name, target):
        """Add a symbolic link."""
        self._parents(name)
        self._entry(name, stat.S_IFLNK | 0o777, target.encode())

    def console(self):
        """Add /dev/console, which the first process needs as its output."""
        self._parents("dev/console")
        self._entry("dev/console", stat.S_IFCHR | 0o600, rdev=(5, 1))

    def bytes(self):
        """Return the archive; several of them, one after another, are one."""
        self._entry("TRAILER!!!", 0)
        return b"".join(self._parts)


def _padded(data):
    return data + b"\0" * (-len(data) % 4)
