#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Makes mistakes in correct code and counts which of them still build.

Every accept file of the checker and every driver is mutated in the ways of
mutation/kinds.py, one mistake at a time. A mutant is rejected if gcc or the checker says
so. One that builds is a hole of the checker, or no mistake: then mutation/equivalent.txt
says why. What is a mistake and builds is listed there too, as a hole, and counts. It fails
if a mutant builds that is not listed, if a reason fits no mutant that builds, and if fewer
than 97 % of the mistakes are rejected.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import difflib
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import recipe
import suite

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
sys.path.insert(0, str(HERE / "mutation"))

from contracts import Contracts     # noqa: E402 (the path comes first)
from kinds import Mutator           # noqa: E402
from source import Source           # noqa: E402

EQUIVALENT = HERE / "mutation" / "equivalent.txt"
COMPILER = "gcc"
HOLE = "Hole: "
GOAL = 97.0
# A test's functions are called by nobody, and are looked at nevertheless.
KEEP = ["-fkeep-static-functions", "-fkeep-inline-functions"]
# What a test may do and a driver may not.
LENIENT = {"-fplugin-arg-ferrule-role=kunit", "-Wno-unused-result"}


class Subject:
    """A file that is mutated, and how it is compiled."""

    def __init__(self, path, name, headers, words, folder):
        self.path, self.name, self.words, self.folder = path, name, words, folder
        # The driver is what is in its directory: its own headers come along.
        self.place = tempfile.TemporaryDirectory()
        for own in path.parent.glob("*.h"):
            shutil.copy(own, self.place.name)
        self.text = path.read_text()
        self.source = Source(self.text)
        contracts = Contracts([h.read_text() for h in headers] + [self.text])
        self.mutator = Mutator(self.source, contracts)
        self.is_driver = True

    def compile(self, text):
        """None if it builds, or else who rejects it: the rules, or gcc."""
        with tempfile.NamedTemporaryFile("w", suffix="-" + self.path.name,
                                         dir=self.place.name) as file:
            file.write(text)
            file.flush()
            done = subprocess.run([*self.words, file.name], cwd=self.folder, check=False,
                                  capture_output=True, text=True,
                                  env={**os.environ, "LC_ALL": "C"})
        return None if done.returncode == 0 else rejected_by(done.stderr)


def rejected_by(stderr):
    rules = set()
    try:
        for diagnostic in json.loads(stderr.splitlines()[0]):
            tag = suite.RULE_TAG.search(diagnostic["message"])
            if diagnostic["kind"] == "error":
                rules.add(tag.group(1) if tag else COMPILER)
    except (json.JSONDecodeError, IndexError):
        rules.add(COMPILER)
    if "internal compiler error" in stderr:
        sys.exit(stderr)
    return rules or {COMPILER}


def accept_files(plugin):
    """The checker's own correct code, under the rules for drivers where it keeps them."""
    headers = [*sorted((HERE / "testlayer/ferrule").glob("*.h")), TOP / "include/ferrule/own.h"]
    for path in sorted((HERE / "accept").glob("*.c")):
        test = suite.Test(path)
        if test.on_the_layer:
            words, folder = suite.command_of_driver(test)
            yield Subject(path, f"accept/{path.name}", layer_headers(), words[:-1], folder)
            continue
        words = suite.command(test, "-O2", plugin)[:-1] + KEEP
        strict = [w for w in words if w not in LENIENT] + ["-fplugin-arg-ferrule-role=driver"]
        subject = Subject(path, f"accept/{path.name}", headers, strict, HERE)
        if subject.compile(subject.text):
            subject.words = [w for w in words if w != "-Wno-unused-result"]
        subject.is_driver = "-fplugin-arg-ferrule-role=driver" in subject.words
        yield subject


def layer_headers():
    return sorted((TOP / "include/ferrule").glob("*.h"))


def drivers():
    """The drivers, as Kbuild compiles them."""
    for path in sorted((TOP / "drivers").glob("*/*.c")):
        if path.stem == path.parent.name:       # not a program, nor what Kbuild generates
            yield Subject(path, f"drivers/{path.name}", layer_headers(), *recipe.command(path))


@dataclasses.dataclass
class Trial:
    subject: Subject
    mutant: object
    key: str
    verdict: set = None

    def diff(self):
        lines = difflib.unified_diff(self.subject.text.splitlines(),
                                     self.mutant.apply(self.subject.text).splitlines(),
                                     "correct", "mutant", lineterm="", n=2)
        return list(lines)[2:]


def trials_of(subject):
    """Each mutant with a name that no other one has, and that survives edits elsewhere."""
    count = collections.Counter()
    for mutant in subject.mutator.mutants(subject.is_driver):
        key = f"{subject.name}: {mutant.where or '-'}: {mutant.kind}: {mutant.what}"
        count[key] += 1
        yield Trial(subject, mutant, key + (f" #{count[key]}" if count[key] > 1 else ""))


def explained():
    """Reasons by key: a paragraph is a reason, and below it, indented, whom it is about."""
    reasons, reason = {}, []
    for line in EQUIVALENT.read_text().splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("\t"):
            reasons[line.strip()] = " ".join(reason)
        elif not line.strip():
            reason = []
        else:
            reason.append(line.strip())
    return reasons


def order(trial):
    """The same sample each time, that changes little when mutants come or go."""
    return hashlib.sha256(trial.key.encode()).hexdigest()


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, metavar="N", help="only N mutants, the same always")
    parser.add_argument("--kind", help="only mutants of this kind")
    parser.add_argument("--file", help="only files whose name contains this")
    parser.add_argument("--list", action="store_true", help="list the kinds of mutation")
    parser.add_argument("--verbose", action="store_true", help="say what rejected each mutant")
    return parser.parse_args()


def list_kinds():
    for kind, find in Mutator(Source(""), Contracts([])).kinds.items():
        print(f"{kind:10} {find.__doc__}")


def judge(trials):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        done = pool.map(lambda t: t.subject.compile(t.mutant.apply(t.subject.text)), trials)
        for trial, verdict in zip(trials, done):
            trial.verdict = verdict


def unsound(subjects):
    """A file that does not build as it is proves nothing."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for subject, verdict in zip(subjects, pool.map(lambda s: s.compile(s.text), subjects)):
            if verdict:
                yield f"{subject.name} is rejected without a mutation: {', '.join(verdict)}"


def summary(trials, reasons):
    print(f"{'kind':10} {'made':>5} {'rule':>5} {'gcc':>5} {'equivalent':>11} {'builds':>7}")
    rows = collections.defaultdict(collections.Counter)
    for trial in trials:
        how = "build" if not trial.verdict else "gcc" if trial.verdict == {COMPILER} else "rule"
        if how == "build" and not reasons.get(trial.key, HOLE).startswith(HOLE):
            how = "equivalent"
        for row in (trial.mutant.kind, "all"):
            rows[row]["made"] += 1
            rows[row][how] += 1
    for kind in [k for k in rows if k != "all"] + ["all"]:
        row = rows[kind]
        print(f"{kind:10} {row['made']:5} {row['rule']:5} {row['gcc']:5} "
              f"{row['equivalent']:11} {row['build']:7}")
    real = rows["all"]["made"] - rows["all"]["equivalent"]
    rejected = rows["all"]["rule"] + rows["all"]["gcc"]
    share = 100 * rejected / real if real else 100.0
    print(f"# {rejected} of {real} mistakes are rejected: {share:.1f} %")
    return share


def report(trials, reasons, complete):
    """Prints what is wrong; the number of it."""
    wrong = 0
    for trial in trials:
        if not trial.verdict and trial.key not in reasons:
            wrong += 1
            print(f"not ok - it builds: {trial.key}")
            print("\n".join("# " + line for line in trial.diff()))
    known = {t.key: t for t in trials}
    for key in reasons:
        if not reasons[key]:
            wrong += 1
            print(f"not ok - no reason is given: {key}")
        if key in known and known[key].verdict:
            wrong += 1
            print(f"not ok - it is rejected, and explained nevertheless: {key}")
        if complete and key not in known:
            wrong += 1
            print(f"not ok - no such mutant is made any more: {key}")
    return wrong


def main():
    arguments = parse_arguments()
    if arguments.list:
        list_kinds()
        return 0
    plugin = suite.build()
    subjects = [s for s in [*accept_files(plugin), *drivers()]
                if not arguments.file or arguments.file in s.name]
    for problem in unsound(subjects):
        sys.exit(problem)
    trials = [t for s in subjects for t in trials_of(s)
              if not arguments.kind or t.mutant.kind == arguments.kind]
    if arguments.sample:
        trials = sorted(trials, key=order)[:arguments.sample]
    reasons = explained()
    judge(trials)
    if arguments.verbose:
        for trial in trials:
            print(f"{','.join(sorted(trial.verdict or {'builds'})):30} {trial.key}")
    complete = not (arguments.sample or arguments.kind or arguments.file)
    wrong = report(trials, reasons, complete)
    if summary(trials, reasons) < GOAL and complete:
        wrong += 1
        print(f"not ok - less than {GOAL} %")
    print(f"{len(trials) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
