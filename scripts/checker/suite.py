#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Runs the checker's accept and reject suites.

A test is a C unit; what the checker must say stands in it as comments:

	x->y = 1;	/* error: use-after-move */
	fe_drop(&x);	/* note: use-after-move */

Every error and every note must be on such a line and every such line must get one.
In robust/ are files that no checker can like, some of which no compiler accepts: there it
counts that gcc does not crash. The same is asked of the accept files cut short.

A comment "options: OPTION..." adds options of the checker or of gcc to the file, and
"compiler: TEXT" expects an error of gcc itself that contains the text. A file that says
"layer: the real one" is compiled once, as Kbuild compiles a driver.
"""

import argparse
import concurrent.futures
import difflib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import recipe

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent

LEVELS = ["-O0", "-O2", "-Os"]
SANITIZERS = [
    "-O2 -fsanitize=kernel-address -fasan-shadow-offset=0xdffffc0000000000"
    " --param asan-instrumentation-with-call-threshold=0 --param asan-stack=1"
    " --param asan-globals=1 -fno-omit-frame-pointer",
    "-O2 -fsanitize=bounds -fsanitize=shift -fsanitize=bool -fsanitize=enum"
    " -fsanitize-coverage=trace-pc",
]
GCC_FLAGS = ["-std=gnu11", "-Wall", "-Werror", "-Wno-unused", "-Wno-pointer-sign",
             "-fno-strict-aliasing", "-fshort-wchar", "-S", "-o", "/dev/null",
             "-fdiagnostics-format=json", "-DFERRULE_CHECKER", "-ffreestanding"]

EXPECTATION = re.compile(r"\b(error|note): ([a-z0-9-]+)\b")
COMMENT = re.compile(r"/\*(.*?)\*/", re.S)
RULE_TAG = re.compile(r" \[ferrule-([a-z0-9-]+)\]\"?$")	# quoted by static_assert()
MINIMUM = 4			# cases to reject, of each rule
CORRECT = 150			# functions to accept, of all
FUNCTION = re.compile(r"^(?!struct|union|enum|typedef|#|\s|/|\}).*\)[^;]*\n\{", re.M)


class Test:
    """One file: its options and what must be said on which line."""

    def __init__(self, path):
        self.path = path
        self.name = str(path.relative_to(HERE))
        self.options = []
        self.expected = set()
        self.compiler = []
        self.cases = 0
        self.on_the_layer = False
        self._read(path.read_text(errors="replace"))

    def _read(self, text):
        for match in COMMENT.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            body = match.group(1).strip()
            if body.startswith("options: "):
                self.options += body[len("options: "):].split()
            elif body.startswith("compiler: "):
                self.compiler.append(body[len("compiler: "):])
            elif body == "layer: the real one":
                self.on_the_layer = True
            else:
                self._expect(line, body)

    def _expect(self, line, body):
        for kind, rule in EXPECTATION.findall(body):
            self.expected.add((line, kind, rule))
            self.cases += kind == "error"

    def __str__(self):
        return self.name

    def rules(self):
        return {rule for _, kind, rule in self.expected if kind == "error"}


def listed(kind):
    """Names and summaries in rules.def."""
    return re.findall(rf'^FERRULE_{kind}\((?:\w+, )?"([a-z0-9-]+)",\s*"([^"]+)"',
                      (HERE / "rules.def").read_text(), re.M)


def rule_names():
    return [name for name, _ in listed("RULE")]


def build():
    done = subprocess.run([HERE / "build.sh"], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout.strip()


def command(test, level, plugin):
    options = [f"-fplugin-arg-ferrule-{o}" if not o.startswith("-") else o
               for o in test.options]
    if not any(o.startswith("-fplugin-arg-ferrule-role") for o in options):
        options.append("-fplugin-arg-ferrule-role=driver")
    return [os.environ.get("CC", "gcc"), *GCC_FLAGS, *level.split(), f"-fplugin={plugin}",
            f"-fplugin-arg-ferrule-layer={TOP / 'include/ferrule'}",
            f"-fplugin-arg-ferrule-layer={HERE / 'testlayer/ferrule'}",
            f"-I{HERE / 'testlayer'}", f"-I{HERE / 'testlayer/kernel'}",
            f"-I{TOP / 'include'}", *options, str(test.path)]


def command_of_driver(test):
    """As Kbuild compiles a driver, and where it does."""
    words, folder = recipe.command(TOP / "drivers/edu/edu.c")
    quiet = ["-Wno-unused", "-Wno-unused-const-variable"]     # whatever W=1 asked for
    return [*words, *quiet, "-fkeep-static-functions", str(test.path)], folder


def levels_of(test, levels):
    return ["as a driver"] if test.on_the_layer else levels


def place(diagnostic):
    """The file and the line of a diagnostic; a diagnostic may have neither."""
    where = diagnostic.get("locations") or [{}]
    caret = where[0].get("caret", {})
    return caret.get("file", ""), caret.get("line", 0)


def said(test, diagnostics):
    """What gcc printed, as (line, kind, rule), and what it said that no rule says."""
    found, other = set(), []
    for diagnostic in diagnostics:
        file, line = place(diagnostic)
        tag = RULE_TAG.search(diagnostic["message"])
        if not tag:
            other.append(f"{file}:{line}: {diagnostic['kind']}: {diagnostic['message']}")
            continue
        if file != str(test.path):
            other.append(f"{file}:{line}: {diagnostic['message']} (not in the test's file)")
        found.add((line, "error", tag.group(1)))
        for note in diagnostic.get("children", []):
            where = place(note)
            if not note["message"].startswith("hint: ") and where[0] == str(test.path):
                found.add((where[1], "note", tag.group(1)))
    return found, other


def unexpected(test, other):
    """The compiler's own words that the test does not expect, and those it waits for."""
    missing = [text for text in test.compiler if not any(text in o for o in other)]
    surplus = [o for o in other if not any(text in o for text in test.compiler)]
    return [f"-{m}" for m in missing] + [f"+{s}" for s in surplus]


def as_lines(findings):
    return [f"{line}: {kind}: {rule}" for line, kind, rule in sorted(findings)]


def run(test, level, plugin):
    """None if the checker says what the test expects, or else the difference."""
    words, folder = command_of_driver(test) if test.on_the_layer else \
        (command(test, level, plugin), None)
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder,
                          env={**os.environ, "LC_ALL": "C"})
    try:
        found, other = said(test, json.loads(done.stderr.splitlines()[0])
                            if done.stderr.startswith("[") else [])
    except (json.JSONDecodeError, KeyError) as problem:
        return f"{problem}\n{done.stderr}"
    if done.returncode > 1 or "internal compiler error" in done.stderr:
        return done.stderr
    if done.returncode and not found and not other:
        return done.stderr
    lines = list(difflib.unified_diff(as_lines(test.expected), as_lines(found),
                                      "expected", "said", lineterm="", n=0))[2:]
    lines += unexpected(test, other)
    return "\n".join(lines) if lines else None


def crash(test, level, plugin):
    """None if gcc ends as it should, whatever it thinks of the file."""
    done = subprocess.run(command(test, level, plugin), capture_output=True, text=True,
                          errors="replace", check=False)
    text = done.stderr + done.stdout
    if done.returncode in (0, 1) and "internal compiler error" not in text \
            and "plugin" not in text:
        return None
    return f"gcc ended with {done.returncode}\n{text[-2000:]}"


def other_gcc(compiler, plugin):
    """None if another release's gcc says in one line how to rebuild the plugin."""
    done = subprocess.run([compiler, f"-fplugin={plugin}", "-fsyntax-only", "-x", "c",
                           os.devnull], capture_output=True, text=True, check=False)
    answer = f"rebuild it with .CC={compiler} scripts/checker/build.sh"
    return None if done.returncode and re.search(answer, done.stderr) else done.stderr


def others_gcc():
    """The compilers of other releases that are installed, if any."""
    ours = subprocess.run([os.environ.get("CC", "gcc").split()[0], "-dumpversion"],
                          capture_output=True, text=True, check=True).stdout.split(".")[0].strip()
    return [f"gcc-{n}" for n in range(9, 20) if str(n) != ours and shutil.which(f"gcc-{n}")]


def link(driver, folder, plugin):
    """None if symbols.py says of a driver of several files what its header expects."""
    objects = []
    for source in sorted(driver.glob("*.c")):
        words = command(Test(source), "-O2", plugin)
        words[words.index("-S")] = "-c"
        objects.append(f"{folder}/{driver.name}-{source.stem}.o")
        words[words.index("/dev/null")] = objects[-1]
        subprocess.run(words, stderr=subprocess.DEVNULL, check=True)
    # symbols.py looks for the sources where the module is.
    module = driver / f"{os.getpid()}.ko"
    subprocess.run(["ld", "-r", "-o", module, *objects], check=True)
    try:
        done = subprocess.run([HERE / "symbols.py", "--symvers", driver / "Module.symvers",
                               module], capture_output=True, text=True, check=False)
    finally:
        module.unlink()
    said_lines = sorted(re.findall(r"own\.h:(\d+): error: .*\[ferrule-(.*)\]", done.stderr))
    expected = sorted((str(line), rule)
                      for line, _, rule in Test(driver / "own.h").expected)
    return None if said_lines == expected else done.stderr


def cut_short(tests, folder):
    """Each test up to a third and two thirds of it, as if somebody were typing."""
    for test in tests:
        text = test.path.read_text()
        for part in (1, 2):
            half = Test(test.path)
            half.path = pathlib.Path(folder) / f"{part}-{test.path.name}"
            half.path.write_text(text[:len(text) * part // 3])
            half.name += f" (cut short, {part})"
            yield half


def tests_of(folder, rule):
    found = [Test(path) for path in sorted((HERE / folder).glob("*.c"))]
    if rule:
        found = [t for t in found if rule in t.rules() or t.path.stem.startswith(rule)]
    return found


def is_named_after(stem, names):
    return any(stem == n or stem.startswith(n + "-") for n in names)


def gaps(names, accept, reject):
    """Where the list of rules, the pages and the tests do not agree."""
    topics = [name for name, _ in listed("TOPIC")]
    pages = {path.stem for path in (HERE / "rules").glob("*.md")}
    yield from (f"rules/{n}.md is missing" for n in [*names, *topics] if n not in pages)
    yield from (f"rules/{p}.md explains no rule" for p in sorted(pages - {*names, *topics}))
    yield from (f"reject/{t}.c is missing" for t in topics
                if not any(r.path.stem == t for r in reject))
    yield from (f"accept/{n}.c is missing" for n in names
                if not any(t.path.stem == n for t in accept))
    for name in names:
        cases = sum(1 for t in reject for _, kind, rule in t.expected
                    if kind == "error" and rule == name)
        if cases < MINIMUM:
            yield f"{name}: {cases} reject cases, at least {MINIMUM} are wanted"
    correct = sum(len(FUNCTION.findall(t.path.read_text())) for t in accept)
    if correct < CORRECT:
        yield f"{correct} functions to accept, at least {CORRECT} are wanted"
    for test in reject:
        if not is_named_after(test.path.stem, [*names, *topics]):
            yield f"{test.name} is not named after a rule"
        yield from (f"{test.name} expects {r}, which is no rule"
                    for r in sorted(test.rules() - set(names)))


def parse_arguments():
    parser = argparse.ArgumentParser(description="run the checker's suites")
    parser.add_argument("--rule", help="only this rule's tests")
    parser.add_argument("--level", help="only these flags, e.g. -O2")
    parser.add_argument("--sanitizers", action="store_true",
                        help="also with the flags of the debug kernel")
    parser.add_argument("--complete", action="store_true",
                        help="also: every rule has its page and its tests")
    parser.add_argument("--list", action="store_true", help="list the rules")
    return parser.parse_args()


def list_rules():
    for name, summary in sorted([*listed("RULE"), *listed("TOPIC")]):
        print(f"{name:24} {summary}")


def main():
    arguments = parse_arguments()
    if arguments.list:
        list_rules()
        return 0
    levels = [arguments.level] if arguments.level else list(LEVELS)
    levels += SANITIZERS if arguments.sanitizers else []
    plugin = build()
    accept, reject = tests_of("accept", arguments.rule), tests_of("reject", arguments.rule)
    failed = list(gaps(rule_names(), accept, reject)) if arguments.complete else []
    for gap in failed:
        print(f"not ok - {gap}")
    robust = [] if arguments.rule else tests_of("robust", None)
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [(t, level, pool.submit(run, t, level, plugin))
                for t in accept + reject for level in levels_of(t, levels)]
        jobs += [(t, level, pool.submit(crash, t, level, plugin))
                 for t in robust for level in levels]
        jobs += [(t, levels[-1], pool.submit(crash, t, levels[-1], plugin))
                 for t in cut_short(accept, folder)]
        jobs += [(f"linked/{d}", "", pool.submit(link, HERE / "linked" / d, folder, plugin))
                 for d in ("accept", "reject")]
        jobs += [(f"a plugin of this gcc in {c}", "", pool.submit(other_gcc, c, plugin))
                 for c in others_gcc()]
    passed = 0
    for test, level, job in jobs:
        difference = job.result()
        if difference is None:
            passed += 1
            continue
        failed.append(str(test))
        print(f"not ok - {test} {level}")
        print("\n".join("# " + line for line in difference.splitlines()))
    cases = sum(t.cases for t in reject)
    print(f"# {len(accept)} accept files, {len(reject)} reject files with {cases} cases, "
          f"{len(levels)} sets of flags")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
