# SPDX-License-Identifier: GPL-2.0
"""How Kbuild compiles a driver, for those who compile something else like it."""

import os
import pathlib
import shlex
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent.parent


def command(driver):
    """The compiler's command line without the source and the result, and where it runs."""
    name = driver.parent / f".{driver.stem}.o.cmd"
    # what make built, or make check
    recipe = next((r for r in (name, TOP / "build/check/tree" / name.relative_to(TOP))
                   if r.exists()), None)
    if not recipe:
        sys.exit(f"{driver} was not built yet: run make")
    line = recipe.read_text().splitlines()[0].partition(":=")[2]
    words = [w for w in shlex.split(line.partition(" ; ")[0]) if not w.startswith("-Wp,-MMD")]
    words = words[:words.index("-c")]
    return [*words, "-fdiagnostics-format=json", "-S", "-o", "/dev/null"], _folder(words)


def _folder(words):
    """Kbuild runs in the kernel's build directory, to which some options are relative."""
    if os.environ.get("KDIR"):
        return pathlib.Path(os.environ["KDIR"])
    common = next(w[2:] for w in words if w.startswith("-I/") and w.endswith("/arch/x86/include"))
    tree = pathlib.Path(common).parent.parent.parent
    for folder in sorted(pathlib.Path("/lib/modules").glob("*/build")):
        if (folder / "include/generated/autoconf.h").exists() and \
                (folder.resolve() == tree or
                 tree.name.replace("-common", "") in folder.resolve().name):
            return folder
    return tree
