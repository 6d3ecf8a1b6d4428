# SPDX-License-Identifier: GPL-2.0
"""Programs of this machine, for the guest: each with the libraries it needs."""

import pathlib
import re
import shutil
import subprocess
import tempfile

# Of ldd's lines those that name a file: what was found, and the loader.
FILE = re.compile(r"(?:=> )?(/\S+) \(0x")
# Some of them are for the administrator only, and not on everybody's path.
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
# A file system is larger than what is in it: tables, and the ends of files.
OVERHEAD = 4 << 20


def libraries(program):
    """Return the paths of all that the dynamic loader will want for a program."""
    done = subprocess.run(["ldd", program], stdout=subprocess.PIPE, text=True, check=True)
    return FILE.findall(done.stdout)


def gather(names):
    """Return where programs go, /bin, and their libraries, and the file that each is."""
    wanted = {}
    for name in names:
        program = shutil.which(name, path=PATH)
        if not program:
            raise FileNotFoundError(2, "no such program", name)
        wanted[f"/bin/{name}"] = program
        wanted.update((library, library) for library in libraries(program))
    return wanted


def disk(names):
    """Return the image of a disk, an ext2, with programs and their libraries."""
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(scratch, "root")
        size = 0
        for where, source in gather(names).items():
            path = root / where.lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, path)
            size += path.stat().st_size
        image = pathlib.Path(scratch, "image")
        with image.open("wb") as blank:
            blank.truncate(size * 21 // 20 + OVERHEAD)
        subprocess.run([shutil.which("mkfs.ext2", path=PATH), "-q", "-m", "0", "-d", root,
                        "-E", "root_owner=0:0", image], check=True)
        return image.read_bytes()
