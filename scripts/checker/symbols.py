#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Compares what a linked driver refers to with what it may refer to.

	symbols.py [--symvers FILE] MODULE...

The checker sees one file at a time. A header of the driver may declare a function that
another of its files defines; whether one of them does is known after linking. What the
module still leaves undefined, and what the driver's own text declares, calls or names,
must come from the layer (its exports are in Module.symvers).
"""

import argparse
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent

COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)
CALLED = re.compile(r"(?<![.>\w])(\w+)\s*\(")
EXTERN = re.compile(r"\bextern\b[^;{()]*?(\w+)\s*(?:\[[^\]]*\]\s*)*;")


def undefined_in(module):
    """What the module expects somebody else to define."""
    text = subprocess.run(["nm", "-u", module], capture_output=True, text=True,
                          check=True).stdout
    return {line.split()[-1] for line in text.splitlines() if line.strip()}


def exported_by_layer(symvers):
    """Exports of ferrule.ko and of the layer's modules for subsystems."""
    rows = (line.split("\t") for line in symvers.read_text().splitlines())
    return {row[1] for row in rows
            if pathlib.PurePath(row[2]).name.startswith("ferrule")}


def common_names():
    text = (HERE / "kernel-names.def").read_text()
    return set(re.findall(r'^FERRULE_KERNEL_NAME\("(\w+)"\)', text, re.M))


def names_in(path):
    """What a file names as a function or as somebody else's variable, and on which line."""
    text = COMMENT_OR_STRING.sub(lambda m: "\n" * m.group().count("\n"), path.read_text())
    found = {}
    for pattern in (EXTERN, CALLED):
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start(1)) + 1
            found.setdefault(match.group(1), line)
    return found


def sources_of(module):
    return [path for pattern in ("*.h", "*.c") for path in sorted(module.parent.glob(pattern))
            if not path.name.endswith(".mod.c")]


def findings(module, allowed):
    missing = undefined_in(module) - allowed
    for path in sources_of(module):
        for name, line in names_in(path).items():
            if name in missing:
                missing.discard(name)
                yield (f"{path}:{line}: error: the driver uses '{name}', which is not part "
                       "of the layer, nor defined in the driver [ferrule-foreign-symbol]")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--symvers", type=pathlib.Path,
                        default=HERE.parent.parent / "Module.symvers")
    parser.add_argument("module", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    allowed = exported_by_layer(arguments.symvers) | common_names()
    found = [f for module in arguments.module for f in findings(module, allowed)]
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
