# SPDX-License-Identifier: GPL-2.0
"""Programs of this machine, for the guest: each with the libraries it needs."""

import pathlib
import re
import shutil
import subprocess

# Of ldd's lines those that name a file: what was found, and the loader.
FILE = re.compile(r"(?:=> )?(/\S+) \(0x")
# Some of them are for the administrator only, and not on everybody's path.
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def libraries(program):
    """Return the paths of all that the dynamic loader will want for a program."""
    done = subprocess.run(["ldd", program], stdout=subprocess.PIPE, text=True, check=True)
    return FILE.findall(done.stdout)


def add(archive, names):
    """Add programs, in /bin, and their libraries, where the programs look."""
    wanted = {}
    for name in names:
        program = shutil.which(name, path=PATH)
        if not program:
            raise FileNotFoundError(2, "no such program", name)
        wanted[f"/bin/{name}"] = program
        wanted.update((library, library) for library in libraries(program))
    for where, source in sorted(wanted.items()):
        archive.file(where.lstrip("/"), pathlib.Path(source).read_bytes(), 0o755)
