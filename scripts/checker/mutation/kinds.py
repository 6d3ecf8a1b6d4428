# SPDX-License-Identifier: GPL-2.0
"""The mutations: each makes a program with a mistake of one correct program.

A kind is a generator of mutants of a file; its first line of documentation is printed.
"""

import dataclasses
import re

from contracts import GUARDS
from source import blocks, statements

# A comparison with a limit, and the one that lets the limit itself through.
LARGER_OR_NOT = {"<": "<=", ">=": ">"}
LARGER = set(LARGER_OR_NOT)
ERROR_TESTS = {"IS_ERR", "IS_ERR_OR_NULL", "PTR_ERR_OR_ZERO", "PTR_ERR"}
LOCK_OF = re.compile(r"^__(?:fe|test)_(unlock|unlock_irq)$")


@dataclasses.dataclass(frozen=True)
class Mutant:
    kind: str
    where: str          # the function
    what: str           # the text that is mutated, in one line
    edits: tuple        # (start, end, replacement), none overlaps

    def apply(self, text):
        for start, end, replacement in sorted(self.edits, reverse=True):
            text = text[:start] + replacement + text[end:]
        return text


class Mutator:
    """Finds in one file where each kind of mistake can be made."""

    def __init__(self, source, contracts):
        self.source, self.contracts = source, contracts
        self.is_driver = True
        self.kinds = {
            "release": self.release, "double": self.double, "swap": self.swap,
            "check": self.check, "chain": self.chain, "bound": self.bound,
            "cleanup": self.cleanup, "guard": self.guard, "unlock": self.unlock,
            "move": self.move, "const": self.const, "init": self.init,
            "result": self.result, "contract": self.contract,
        }

    def mutants(self, is_driver=True):
        """A driver has no global that is not const, and cannot name what is in a lock."""
        seen = {self.source.text}
        self.is_driver = is_driver
        for kind, find in self.kinds.items():
            for where, what, *edits in find():
                mutant = Mutant(kind, where, " ".join(what.split()), tuple(edits))
                text = mutant.apply(self.source.text)
                if text not in seen:
                    seen.add(text)
                    yield mutant

    # What the kinds ask of the source.

    def _statements(self):
        for function in self.source.functions:
            for statement in statements(function.body):
                yield function, statement

    def _text(self, statement):
        return self.source.of(statement.first, statement.last)

    def _replace(self, statement, text):
        return (*self.source.span(statement.first, statement.last), text)

    def _is_release(self, statement):
        """f(...); where f ends or takes a value."""
        source, first = self.source, statement.first
        return (statement.kind == "expression" and source.word(first) in self.contracts.ends and
                source.word(first + 1) == "(" and
                source.pair.get(first + 1) == statement.last - 2)

    def _scoped(self, function):
        """The variables that are cleaned up with their scope: name -> (attribute, lock)."""
        found, source = {}, self.source
        for at in range(function.body.first, function.body.last):
            attribute = self._attribute(at)
            if not attribute:
                continue
            first, last = attribute
            if source.tokens[first - 1].kind == "name":
                inner = [t.text for t in source.tokens[first + 1:last] if t.kind == "name"]
                found[source.word(first - 1)] = (first, last, inner[-1] if inner else "")
        return found

    def _attribute(self, at):
        """The tokens of a cleanup attribute that begins here."""
        source, word = self.source, self.source.word(at)
        if word in self.contracts.cleanups:
            return at, source.pair[at + 1] + 1 if source.word(at + 1) == "(" else at + 1
        if word == "__attribute__" and "cleanup" in source.names(at, source.pair[at + 1]):
            return at, source.pair[at + 1] + 1
        return None

    def _results(self, function):
        """Variables that hold what a call that can fail returned."""
        source, found = self.source, set()
        for at, _ in source.calls(function.body.first, function.body.last):
            if source.word(at) not in self.contracts.fails | ERROR_TESTS:
                continue
            back = at - 1
            while source.word(back) in ("(", "!", "=") or source.word(back) in ("?", ":"):
                if source.word(back) == "=" and source.tokens[back - 1].kind == "name":
                    found.add(source.word(back - 1))
                back -= 1
            # T *x __attribute = f()
            if source.word(back + 1) == "=":
                words = [t.text for t in source.tokens[max(back - 5, 0):back + 1]]
                found |= {w for w in self._scoped(function) if w in words}
        return found

    def _is_about_failure(self, function, first, last):
        names = self.source.names(first, last)
        return bool(names & (self._results(function) | ERROR_TESTS | self.contracts.fails))

    # Releases.

    def release(self):
        """a release is deleted"""
        for function, statement in self._statements():
            names = self.source.names(statement.first, statement.last)
            if self._is_release(statement) and not names & set(self._scoped(function)):
                yield function.name, self._text(statement), self._replace(statement, "(void)0;")
        for at, closed in self._drop_lists():
            for first, last in self.source.split(at + 2, closed, ",")[1:]:
                yield self.source.word(at + 2), self.source.of(first, last), \
                    (self.source.tokens[first - 1].start, self.source.tokens[last - 1].end, "")
        for at in range(len(self.source.tokens) - 4):
            if self.source.word(at) == "." and self.source.word(at + 1) == "drop":
                yield "", self.source.of(at, at + 4), (*self.source.span(at, at + 4), "")

    def _drop_lists(self):
        for at, closed in self.source.calls(0, len(self.source.tokens)):
            if self.source.word(at) == "FE_DROP":
                yield at, closed

    def double(self):
        """a release is made twice"""
        for function, statement in self._statements():
            if self._is_release(statement):
                text = self._text(statement)
                yield function.name, text, self._replace(statement, "{ " + text + " " + text + " }")

    def swap(self):
        """two releases, one after the other, change places"""
        for function in self.source.functions:
            for block in blocks(function.body):
                parts = block.parts
                real = [p for p in parts if p.kind != "label"]
                for one, two in zip(real, real[1:]):
                    if self._is_release(one) and self._is_release(two):
                        yield function.name, self._text(one) + " / " + self._text(two), \
                            self._replace(one, self._text(two)), self._replace(two, self._text(one))
        for at, closed in self._drop_lists():
            fields = self.source.split(at + 2, closed, ",")[1:]
            for one, two in zip(fields, fields[1:]):
                a, b = self.source.of(*one), self.source.of(*two)
                yield self.source.word(at + 2), a + " / " + b, \
                    (*self.source.span(*one), b), (*self.source.span(*two), a)

    # Checks.

    def check(self):
        """the test of a result is deleted"""
        for function, statement in self._statements():
            if statement.kind != "if" or \
                    not self._is_about_failure(function, *statement.condition):
                continue
            then = statement.parts[0]
            calls = "".join(c + "; " for c in self._calls_in(*statement.condition))
            rest = then if not then.leaves() else statement.otherwise
            if not then.leaves() and not calls and self._accepts_nothing(then):
                continue
            yield function.name, "if (" + self.source.of(*statement.condition) + ")", \
                self._replace(statement, "{ " + calls + (self._text(rest) if rest else "") + " }")
            yield from self._operands(function, statement.condition)

    def _calls_in(self, first, last):
        """The calls of a condition that can fail, each with the variable it is assigned to."""
        source, after = self.source, 0
        for at, closed in source.calls(first, last):
            if source.word(at) not in self.contracts.fails or at < after:
                continue
            after = closed
            begin = at - 2 if source.word(at - 1) == "=" else at
            yield source.of(begin, closed + 1)

    def _accepts_nothing(self, statement):
        """A release of a pointer, for which NULL is as good."""
        names = [self.source.word(statement.first)] + \
            [self.source.word(p.first) for p in statement.parts]
        return any(n in self.contracts.nullable for n in names)

    def _operands(self, function, condition):
        """One side of && or || is deleted, if it is a test and has no effect itself."""
        source = self.source
        parts = source.split(*condition, "||", "&&")
        for n, (first, last) in enumerate(parts):
            calls = {source.word(at) for at, _ in source.calls(first, last)}
            if len(parts) == 1 or calls - ERROR_TESTS - {"buf_ok", "fe_gone"} or \
                    "=" in {t.text for t in source.tokens[first:last]} or \
                    not self._is_about_failure(function, first, last):
                continue
            start = source.tokens[first].start if n == 0 else source.tokens[first - 1].start
            end = source.tokens[last].end if n == 0 else source.tokens[last - 1].end
            yield function.name, source.of(first, last) + " of " + source.of(*condition), \
                (start, end, "")

    def chain(self):
        """an error in a chain of a ?: b is ignored"""
        source = self.source
        for function, statement in self._statements():
            if statement.kind not in ("return", "expression"):
                continue
            first = statement.first + 1 if statement.kind == "return" else statement.first
            links = self._links(first, statement.last - 1)
            for begin, end in links[:-1]:
                text = source.of(begin, end)
                left, mark, right = text.partition(" = ")
                call = right if mark else text
                if not any(True for _ in source.calls(begin, end)):
                    continue
                ignored = "({ int __ignored = " + call + "; __ignored = 0; __ignored; })"
                yield function.name, text, (*source.span(begin, end), left + mark + ignored
                                            if mark else ignored)

    def _links(self, first, last):
        source, links, begin, i = self.source, [], first, first
        while i < last:
            if source.word(i) == "?" and source.word(i + 1) == ":":
                links.append((begin, i))
                begin = i + 2
            i = source.skip(i)
        return links + [(begin, last)]

    def bound(self):
        """the test of an index is deleted, or off by one"""
        source = self.source
        for function in self.source.functions:
            indices = set()
            for at in range(function.body.first, function.body.last):
                if source.word(at) == "[" and at in source.pair:
                    indices |= source.names(at + 1, source.pair[at])
            for statement in statements(function.body):
                if statement.kind in ("if", "loop"):
                    yield from self._limits(function, statement, indices)

    def _limits(self, function, statement, indices):
        source, condition, tested = self.source, self.source.of(*statement.condition), False
        for at in range(*statement.condition):
            word = source.word(at)
            if word not in LARGER | {"<=", ">"} or source.word(at - 1) not in indices:
                continue
            tested = True
            if word in LARGER and source.word(at + 1) != "0":
                yield function.name, "off by one: " + condition, \
                    (*source.span(at, at + 1), LARGER_OR_NOT[word])
        if tested and statement.kind == "if":
            rest = statement.otherwise if statement.parts[0].leaves() else statement.parts[0]
            if self._indexes(statement.parts[0]):
                rest = statement.parts[0]
            yield function.name, "if (" + condition + ")", \
                self._replace(statement, self._text(rest) if rest else "(void)0;")

    def _indexes(self, statement):
        return "[" in {t.text for t in self.source.tokens[statement.first:statement.last]}

    # Scopes and guards.

    def cleanup(self):
        """the cleanup of a variable is deleted"""
        for function in self.source.functions:
            for name, (first, last, _) in self._scoped(function).items():
                yield function.name, name + " " + self.source.of(first, last), \
                    (*self.source.span(first, last), "")

    def guard(self):
        """the data of a lock is used without the lock"""
        source = self.source
        for function in source.functions if self.is_driver else []:
            scoped = self._scoped(function)
            for at, closed in source.calls(function.body.first, function.body.last):
                if source.word(at) not in GUARDS:
                    continue
                edits = [(*source.span(at, closed + 1),
                          "(&(" + source.of(at + 2, closed) + ")->data)")]
                before = {source.word(i) for i in range(at - 7, at)}
                for name, (first, last, _) in scoped.items():
                    if name in before and last < at:
                        edits.append((*source.span(first, last), ""))
                yield function.name, source.of(at, closed + 1), *edits

    def unlock(self):
        """a lock is released before its data is used, or after a call that sleeps"""
        for function in self.source.functions:
            scoped = self._scoped(function)
            for block in blocks(function.body):
                yield from self._unlock_early(function, block, scoped)
                yield from self._unlock_moved(function, block)

    def _unlock_early(self, function, block, scoped):
        source = self.source
        for name, (first, last, lock) in scoped.items():
            way = LOCK_OF.match(source.word(first))
            if not way:
                continue
            inside = [n for n, p in enumerate(block.parts) if p.first < first < p.last]
            if not inside or block.parts[inside[0]].kind != "declaration":
                continue
            users = [p for p in block.parts[inside[0] + 1:]
                     if name in source.names(p.first, p.last) and p.kind != "declaration" and
                     not {"IS_ERR", "="} & {t.text for t in source.tokens[p.first:p.last]}]
            for user in users[:1] + users[-1:]:
                start = source.tokens[user.first].start
                yield function.name, "unlock " + name + " before: " + self._text(user), \
                    (start, start, f"{lock}_{way.group(1)}(&{name}); ")

    def _unlock_moved(self, function, block):
        source = self.source
        for one, two in zip(block.parts, block.parts[1:]):
            for unlock, other in ((one, two), (two, one)):
                word = source.word(unlock.first)
                if not self._is_release(unlock) or not word.endswith("_unlock") or \
                        self._is_release(other) or other.kind != "expression":
                    continue
                yield function.name, self._text(one) + " / " + self._text(two), \
                    self._replace(one, self._text(two)), self._replace(two, self._text(one))
            if one.kind == "block" and two.kind == "expression" and \
                    GUARDS & source.names(one.first, one.last):
                closing = source.tokens[one.last - 1].start
                yield function.name, "into the block before it: " + self._text(two), \
                    (closing, closing, self._text(two) + " "), self._replace(two, "(void)0;")

    # Values.

    def move(self):
        """a value is copied instead of moved"""
        source = self.source
        for function in source.functions:
            for at, closed in source.calls(function.body.first, function.body.last):
                if source.word(at) == "fe_move":
                    yield function.name, self._line(at), \
                        (*source.span(at, closed + 1), source.of(at + 2, closed))

    def _line(self, at):
        """The statement around a token, as far as its line goes."""
        text, position = self.source.text, self.source.tokens[at].start
        start = text.rfind("\n", 0, position) + 1
        return text[start:text.find("\n", position)]

    def const(self):
        """a const is deleted"""
        source = self.source
        for at, token in enumerate(source.tokens):
            if token.text != "const" or not self._const_matters(at):
                continue
            function = source.function_at(token.start)
            yield function.name if function else "", self._line(at), \
                (token.start, source.tokens[at + 1].start, "")

    def _const_matters(self, at):
        """Of a parameter of a function that is called or put into a slot, of a global, of a
        local pointer that is set here."""
        source, word = self.source, self.source.word
        function = source.function_at(source.tokens[at].start)
        if not function:
            return self.is_driver and word(at - 1) == "static"
        if at < function.parameters[0]:
            return False
        if at < function.parameters[1]:
            uses = [i for i, t in enumerate(source.tokens) if t.text == function.name]
            return len(uses) > 1
        if word(at - 1) == "static":
            return True
        end = source.split(at, function.body.last, ";")[0][1]
        return "*" in {word(i) for i in range(at, end)} and \
            "=" in {word(i) for i in range(at, end)} and word(at - 1) in ("{", "}", ";")

    def init(self):
        """an initialisation is deleted"""
        source = self.source
        for function, statement in self._statements():
            if statement.kind == "expression" and \
                    source.word(statement.first) in self.contracts.inits:
                yield function.name, self._text(statement), self._replace(statement, "(void)0;")
            if statement.kind == "declaration":
                yield from self._initialisers(function, statement)
        for function, statement in self._statements():
            if statement.kind != "return":
                continue
            links = self._links(statement.first + 1, statement.last - 1)
            for n, (first, last) in enumerate(links):
                if len(links) > 1 and re.search("_(init|alloc|declare|map_bar)",
                                                source.word(first)):
                    start = source.tokens[first].start
                    end = source.tokens[links[n + 1][0]].start if n + 1 < len(links) \
                        else source.tokens[last - 1].end
                    yield function.name, source.of(first, last), \
                        (start, end, "" if n + 1 < len(links) else "0")

    def _initialisers(self, function, statement):
        source = self.source
        for at in range(statement.first, statement.last):
            if source.word(at) != "=":
                continue
            if source.word(at + 1) == "NULL":
                end = at + 2
            elif source.word(at + 1) == "{" and source.pair[at + 1] == at + 2:
                end = at + 3
            else:
                continue
            yield function.name, source.of(statement.first, end), \
                (source.tokens[at - 1].end, source.tokens[end - 1].end, "")

    def result(self):
        """the result of a call that can fail is not kept"""
        source = self.source
        for function, statement in self._statements():
            first = statement.first
            if statement.kind == "expression" and source.word(first + 1) == "=" and \
                    source.word(first + 2) in self.contracts.fails:
                yield function.name, self._text(statement), (*source.span(first, first + 2), "")

    def contract(self):
        """a word of a signature, or of a field that owns, is deleted"""
        words = {"__fe_take", "__fe_take_ok", "__fe_out", "__fe_drop", "__fe_gives",
                 "__fe_gives_sure", "__fe_own"}
        for at, token in enumerate(self.source.tokens):
            if token.text in words and self._is_defined_here(at):
                function = self.source.function_at(token.start)
                yield function.name if function else "", token.text + " of " + self._line(at), \
                    (*self.source.span(at, at + 1), "")

    def _is_defined_here(self, at):
        function = self.source.function_at(self.source.tokens[at].start)
        return bool(function) or self.source.word(at) == "__fe_own"
