# SPDX-License-Identifier: GPL-2.0
"""What the functions of the layer do, as far as the mutations ask, read from its headers."""

import re

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
# HEAD NAME(PARAMETERS) TAIL, as prototype, definition or macro of the layer.
PROTOTYPE = re.compile(
    r"(?P<head>[^;{}#]*?)\b(?P<name>\w+)\((?P<params>(?:[^()]|\([^()]*\))*)\)(?P<tail>[^;{}()]*"
    r"(?:\([^()]*\)[^;{}()]*)*)[;{]")
DROP_MACRO = re.compile(r"\b(?:FE_DROP|FE_LOCK_DROP)\((\w+)")
LOCK_MACRO = re.compile(r"\b(?:TEST_LOCK|FE_MUTEX|FE_SPINLOCK|FE_SPINLOCK_IRQ)\((\w+)")
CLEANUP_MACRO = re.compile(r"#define\s+(\w+)(\(\w+\))?\s+__attribute__\(\((?:__)?cleanup")
ALIAS_MACRO = re.compile(r"#define\s+(\w+)\(([^)]*)\)(.*(?:\\\n.*)*)")

ENDS = re.compile(r"\b__fe_(take|take_ok|drop)\b")
CHECKED = re.compile(r"\b(__fe_must_check|__fe_gives|__fe_nullable)\b")
INIT = re.compile(r"\b__fe_init\b")
TAKES_NULL = re.compile(r"\b__fe_take\b[^,]*\b__fe_nullable\b")
DROP = re.compile(r"\b__fe_drop\b")

# Macros that choose a function by the type of the lock.
GUARDS = {"fe_lock", "fe_lock_irq", "fe_lock_interruptible", "fe_try_lock", "test_acquire", "test_try"}
GUARDS_THAT_FAIL = {"fe_lock_interruptible", "fe_try_lock", "test_try"}
INITS = {"fe_lock_init"}


class Contracts:
    """Names: what ends or takes a value, what can fail, what initialises, what cleans up."""

    def __init__(self, texts):
        self.ends, self.drops, self.nullable = set(), set(), set()
        self.fails = set(GUARDS_THAT_FAIL)
        self.inits = set(INITS)
        self.cleanups = {"__fe_unlock", "__fe_unlock_irq", "__fe_scoped", "__fe_free"}
        for text in texts:
            self._read(COMMENT.sub(" ", text))
        for text in texts:
            self._read_macros(COMMENT.sub(" ", text))

    def _read(self, text):
        for match in CLEANUP_MACRO.finditer(text):
            self.cleanups.add(match.group(1))
        for match in DROP_MACRO.finditer(text):
            self.drops.add(match.group(1) + "_drop")
        for match in LOCK_MACRO.finditer(text):
            self.drops.add(match.group(1) + "_unlock")
        plain = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.)*", "", text, flags=re.M | re.S)
        for match in PROTOTYPE.finditer(plain):
            self._note(match)
        self.ends |= self.drops

    def _note(self, match):
        name, params = match["name"], match["params"]
        around = match["head"].rpartition(")")[2] + match["tail"]
        if ENDS.search(params):
            self.ends.add(name)
        if DROP.search(params):
            self.drops.add(name)
        if TAKES_NULL.search(params):
            self.nullable.add(name)
        if INIT.search(params):
            self.inits.add(name)
        if CHECKED.search(around):
            self.fails.add(name)

    def _read_macros(self, text):
        """A macro that calls a function that can fail can fail."""
        for name, _, body in ALIAS_MACRO.findall(text):
            called = set(re.findall(r"\b(\w+)\(", body))
            if called & self.fails:
                self.fails.add(name)
