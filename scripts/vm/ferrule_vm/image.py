# SPDX-License-Identifier: GPL-2.0
"""The guest's file system: busybox, our modules and programs, a scenario."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile

from . import closure
from .cpio import Archive

# Modules of the distribution's kernel that our tests use. The debug kernel
# has the same things built in, but for null_blk, the one to compare with.
DISTRIBUTION = ("ext4", "crc32c_generic", "null_blk", "virtio_blk", "virtio_pci")
# What has to be done with disks, and busybox does not do or not as well.
DISK_TOOLS = ("fio", "mkfs.ext4", "e2fsck", "sfdisk")


def stripped(path):
    """Return a module's bytes without its debug information."""
    with tempfile.NamedTemporaryFile() as slim:
        subprocess.run(["objcopy", "--strip-debug", path, slim.name], check=True)
        return pathlib.Path(slim.name).read_bytes()


def depends(data):
    """Return the names of the modules that a module names as its own needs."""
    field = re.search(rb"\0depends=([^\0]*)\0", data)
    return [name for name in field[1].decode().split(",") if name] if field else []


def aliases(data):
    """Return the names by which the kernel asks for a module."""
    return [name.decode() for name in re.findall(rb"\0alias=([^\0]*)", data)]


def built_modules(tree):
    """Return the modules that Kbuild made in a tree, in its own order."""
    order = pathlib.Path(tree, "modules.order").read_text(encoding="utf-8")
    return [pathlib.Path(tree, line).with_suffix(".ko")
            for line in order.splitlines()]


class Modules:
    """The modules of an image, with what modprobe wants to know of them."""

    def __init__(self, archive, distribution):
        self._archive = archive
        self._distribution = distribution
        self._needs = {}
        self._aliases = []

    def add(self, path, folder):
        """Add a module and those of the distribution that it needs."""
        name = path.stem.replace("-", "_")
        data = stripped(path)
        where = f"{folder}/{name}.ko"
        self._needs[name] = (where, depends(data))
        self._aliases += [f"alias {alias} {name}\n" for alias in aliases(data)]
        self._archive.file(f"lib/modules/image/{where}", data)
        for needed in self._needs[name][1]:
            self.add_distribution(needed)

    def add_distribution(self, name):
        """Add a module of the distribution, if it is one there and not in yet."""
        if name in self._needs:
            return
        for path in self._distribution.rglob(f"{name.replace('_', '[-_]')}.ko"):
            self.add(path, "kernel")

    def _closure(self, name):
        """Return all that must be loaded before a module, nearest first."""
        needed = []
        for direct in self._needs[name][1]:
            if direct in self._needs:
                needed += [direct, *self._closure(direct)]
        return list(dict.fromkeys(needed))

    def finish(self):
        """Write modules.dep and modules.alias."""
        lines = []
        for name, (where, _) in self._needs.items():
            paths = [self._needs[needed][0] for needed in self._closure(name)]
            lines.append(f"{where}: {' '.join(paths)}\n")
        self._archive.file("lib/modules/image/modules.dep", "".join(lines).encode())
        self._archive.file("lib/modules/image/modules.alias",
                           "".join(self._aliases).encode())


def add_busybox(archive):
    """Add busybox under all its names: linking them in the guest takes longer."""
    busybox = shutil.which("busybox")
    archive.file("bin/busybox", pathlib.Path(busybox).read_bytes(), 0o755)
    names = subprocess.run([busybox, "--list"], stdout=subprocess.PIPE, check=True)
    for name in names.stdout.decode().split():
        if name != "busybox":
            archive.symlink(f"bin/{name}", "busybox")
    # Where the kernel itself looks for it.
    archive.symlink("sbin/modprobe", "/bin/busybox")


def build(kernel, trees, programs, guest):
    """Return the image for one kernel: all that does not depend on the run.

    kernel is the kernel's directory, trees those our modules were built in;
    programs, several too, and guest hold what goes to /bin and /ferrule.
    """
    archive = Archive()
    archive.console()
    for name in ("proc", "sys", "dev", "tmp", "run", "root", "sbin"):
        archive.directory(name)
    add_busybox(archive)
    archive.symlink("init", "ferrule/init")
    for script in sorted(pathlib.Path(guest).iterdir()):
        archive.file(f"ferrule/{script.name}", script.read_bytes(), 0o755)
    for folder in programs:
        for program in sorted(pathlib.Path(folder).iterdir()):
            if os.access(program, os.X_OK):
                archive.file(f"bin/{program.name}", program.read_bytes(), 0o755)
    modules = Modules(archive, pathlib.Path(kernel, "lib/modules"))
    for tree in trees:
        for path in built_modules(tree):
            modules.add(path, "kunit" if path.parent.name == "kunit" else "ferrule")
    for name in DISTRIBUTION:
        modules.add_distribution(name)
    modules.finish()
    return archive.bytes()


def disk_tools():
    """Return a disk with what only the tests of disks need: too big to be in memory."""
    return closure.disk(DISK_TOOLS)


def scenario(name, **settings):
    """Return the part of the image that says what to do in this run."""
    archive = Archive()
    lines = [f"scenario={shlex.quote(name)}\n"]
    lines += [f"{key}={shlex.quote(value)}\n" for key, value in settings.items()]
    archive.file("ferrule/settings", "".join(lines).encode())
    return archive.bytes()
