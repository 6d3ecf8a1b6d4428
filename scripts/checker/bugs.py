#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Bugs that drivers of the kernel had, made again in the layer's words.

Each file in bugs/ is one of them. Its first comment says what it was and what happens to
it here; below is the attempt, with what the checker must say line by line, as in the
other suites. bugs.md is the table of them, and checked to be up to date.
"""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys

import suite

TABLE = suite.HERE / "bugs.md"
HEAD = """<!-- SPDX-License-Identifier: GPL-2.0 -->
<!-- Made by scripts/checker/bugs.py --table from the files in bugs/. -->
# Bugs of real drivers, in the layer's words

Forty bugs that were fixed in drivers of the kernel, one file in `bugs/` for each: what the same
mistake looks like on Ferrule, and what happens to it. Where a layer does not exist yet the
attempt is made on a stand-in that is annotated as that layer will be; the rule is tested, the
layer is not.

"""
FIELD = re.compile(r"^ \* (Class|Was|Answer|Layer): (.*(?:\n \*   .*)*)", re.M)
TITLE = re.compile(r"/\*\n \* (\w+): (.*)\n")
ANSWERS = ("does not build", "cannot be written", "harmless", "builds")


class Bug(suite.Test):
    """One file; on the real layer it is compiled as Kbuild compiles a driver."""

    def __init__(self, path):
        super().__init__(path)
        text = path.read_text()
        self.id, self.title = TITLE.search(text).groups()
        self.fields = {k: re.sub(r"\n \*   ", " ", v) for k, v in FIELD.findall(text)}
        self.on_the_layer = "<ferrule/future.h>" not in text and "<ferrule/flow.h>" not in text

    def faults(self):
        if self.id != self.path.stem:
            yield f"{self.name} is about {self.id}"
        yield from (f"{self.name} does not say its {k}"
                    for k in ("Class", "Was", "Answer", "Layer") if k not in self.fields)
        answer = self.fields.get("Answer", "")
        if not answer.startswith(ANSWERS):
            yield f"{self.name}: the answer begins with one of: {', '.join(ANSWERS)}"
        if answer.startswith("does not build") and not (self.rules() or self.compiler):
            yield f"{self.name} does not build, and expects no error"

    def row(self):
        answer = self.fields["Answer"]
        rules = ", ".join(f"`{r}`" for r in sorted(self.rules()))
        if rules:
            answer += f" Rules: {rules}"
        return (f"| [{self.id}](bugs/{self.path.name}) | {self.fields['Class']} | {self.title} | "
                f"{answer} | {self.fields['Layer']} |")


def run(bug, level, plugin):
    if not bug.on_the_layer:
        bug.options.append("-fkeep-static-functions")
    return suite.run(bug, level, plugin)


def table(bugs):
    lines = ["| bug | class | in the layer's words | what happens | layer |",
             "|---|---|---|---|---|", *(bug.row() for bug in bugs), "", "| answer | bugs |",
             "|---|---:|"]
    for answer in ANSWERS:
        count = sum(b.fields["Answer"].startswith(answer) for b in bugs)
        lines.append(f"| {answer} | {count} |")
    return HEAD + "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--table", action="store_true", help="print bugs.md")
    parser.add_argument("--only", metavar="ID", help="one bug")
    arguments = parser.parse_args()
    bugs = [Bug(p) for p in sorted((suite.HERE / "bugs").glob("*.c"))
            if not arguments.only or p.stem == arguments.only]
    if arguments.table:
        print(table(bugs), end="")
        return 0
    failed = [f for b in bugs for f in b.faults()]
    if not arguments.only and not failed and \
            (not TABLE.exists() or TABLE.read_text() != table(bugs)):
        failed.append("bugs.md is old: scripts/checker/bugs.py --table >scripts/checker/bugs.md")
    for fault in failed:
        print(f"not ok - {fault}")
    plugin, passed = suite.build(), 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [(b, level, pool.submit(run, b, level, plugin)) for b in bugs
                for level in suite.levels_of(b, suite.LEVELS)]
    for bug, level, job in jobs:
        if job.result() is None:
            passed += 1
            continue
        failed.append(bug.name)
        print(f"not ok - {bug.name} {level}")
        print("\n".join("# " + line for line in job.result().splitlines()))
    print(f"# {len(bugs)} bugs, {sum(b.cases for b in bugs)} cases")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
