# SPDX-License-Identifier: GPL-2.0
"""A C file as the mutations see it: tokens, functions, statements.

It understands what the kernel's style and the checker's tests are written in, not C: what
it cannot make sense of is left alone. Everything is a range of characters of the text.
"""

import bisect
import dataclasses
import re

TOKEN = re.compile(r"""
    (?P<skip> \s+ | /\*.*?\*/ | //[^\n]* | ^[ \t]*\#(?:[^\n\\]|\\.)* )
  | (?P<name> [A-Za-z_]\w* )
  | (?P<text> "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' )
  | (?P<number> \d[\w.]* )
  | (?P<mark> \.\.\. | <<= | >>= | -> | \+\+ | -- | && | \|\| | [-+*/%&|^<>=!]= | << | >> | \S )
""", re.X | re.S | re.M)

OPEN, CLOSE = "([{", ")]}"
BEGINS_DECLARATION = set(
    "struct union enum const static unsigned signed int long short char void bool "
    "u8 u16 u32 u64 s32 size_t ssize_t loff_t typeof irqreturn_t dma_addr_t __poll_t".split())
LEAVES = {"return", "goto", "break", "continue"}


@dataclasses.dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


@dataclasses.dataclass
class Statement:
    """kind: block, if, loop, switch, do, declaration, expression, label or a jump's keyword."""
    kind: str
    first: int              # tokens: first, and one after the last
    last: int
    condition: tuple = ()   # tokens between the parentheses
    parts: list = dataclasses.field(default_factory=list)   # what is inside
    otherwise: "Statement" = None

    def leaves(self):
        """Nothing is executed after it."""
        if self.kind == "block":
            return bool(self.parts) and self.parts[-1].leaves()
        return self.kind in LEAVES


@dataclasses.dataclass
class Function:
    name: str
    first: int              # the first token of its head
    parameters: tuple       # tokens between the parentheses
    body: Statement


class Source:
    def __init__(self, text):
        self.text = text
        self.tokens = [Token(m.lastgroup, m.group(), m.start(), m.end())
                       for m in TOKEN.finditer(text) if m.lastgroup != "skip"]
        self.starts = [t.start for t in self.tokens]
        self.pair = self._pairs()
        self.functions = list(self._functions())

    def _pairs(self):
        """Where each bracket's other one is."""
        pair, stack = {}, []
        for i, token in enumerate(self.tokens):
            if token.text in OPEN and token.kind == "mark":
                stack.append(i)
            elif token.text in CLOSE and token.kind == "mark" and stack:
                pair[i] = stack[-1]
                pair[stack.pop()] = i
        return pair

    def word(self, i):
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def of(self, first, last):
        """The text of tokens first to last, without the last."""
        if first >= last:
            return ""
        return self.text[self.tokens[first].start:self.tokens[last - 1].end]

    def span(self, first, last):
        return self.tokens[first].start, self.tokens[last - 1].end

    def names(self, first, last):
        return {t.text for t in self.tokens[first:last] if t.kind == "name"}

    def token_at(self, position):
        return bisect.bisect_right(self.starts, position) - 1

    def skip(self, i):
        """The token after this one, or after what its bracket encloses."""
        return self.pair.get(i, i) + 1 if self.word(i) in OPEN else i + 1

    def _functions(self):
        i = start = 0
        while i < len(self.tokens):
            word = self.word(i)
            if word == "{" and self.word(i - 1) == ")" and i in self.pair:
                opened = self.pair[i - 1]
                body, _ = self.statement(i)
                yield Function(self.word(opened - 1), start, (opened + 1, i - 1), body)
            i = self.skip(i)
            if word in (";", "{"):
                start = i

    def statement(self, i):
        """The statement that begins at token i, and the token after it."""
        word = self.word(i)
        if word == "{":
            return self._block(i)
        if word == "if":
            return self._if(i)
        if word in ("for", "while", "switch"):
            closed = self.pair[i + 1]
            inner, after = self.statement(closed + 1)
            kind = "switch" if word == "switch" else "loop"
            return Statement(kind, i, after, (i + 2, closed), [inner]), after
        if word == "do":
            inner, after = self.statement(i + 1)
            end = self._semicolon(after)
            return Statement("do", i, end, (after + 2, end - 2), [inner]), end
        if word in ("case", "default") or self._is_label(i):
            while self.word(i) != ":":
                i += 1
            return Statement("label", i, i + 1), i + 1
        end = self._semicolon(i)
        if word in LEAVES:
            return Statement(word, i, end), end
        return Statement("declaration" if self._declares(i) else "expression", i, end), end

    def _block(self, i):
        closed, at, parts = self.pair[i], i + 1, []
        while at < closed:
            part, at = self.statement(at)
            parts.append(part)
        return Statement("block", i, closed + 1, (), parts), closed + 1

    def _if(self, i):
        closed = self.pair[i + 1]
        then, after = self.statement(closed + 1)
        result = Statement("if", i, after, (i + 2, closed), [then])
        if self.word(after) == "else":
            result.otherwise, after = self.statement(after + 1)
            result.last = after
        return result, after

    def _semicolon(self, i):
        while i < len(self.tokens) and self.word(i) != ";":
            i = self.skip(i)
        return i + 1

    def _is_label(self, i):
        return self.tokens[i].kind == "name" and self.word(i + 1) == ":"

    def _declares(self, i):
        return self.word(i) in BEGINS_DECLARATION or (
            self.tokens[i].kind == "name" and self.tokens[i + 1].kind == "name")

    def function_at(self, position):
        """The function whose head or body the position is in."""
        for function in self.functions:
            start = self.tokens[function.first].start
            if start <= position < self.tokens[function.body.last - 1].end:
                return function
        return None

    def split(self, first, last, *marks):
        """What stands between the marks, outside of brackets: pairs of tokens."""
        parts, begin, i = [], first, first
        while i < last:
            if self.word(i) in marks:
                parts.append((begin, i))
                begin = i + 1
            i = self.skip(i)
        return parts + [(begin, last)]

    def calls(self, first, last):
        """Each NAME(...) in the range: (token of the name, token of the last bracket)."""
        for i in range(first, last - 1):
            if self.tokens[i].kind == "name" and self.word(i + 1) == "(" and i + 1 in self.pair:
                yield i, self.pair[i + 1]


def statements(inside):
    """All statements in one, outer ones first."""
    yield inside
    for part in inside.parts + ([inside.otherwise] if inside.otherwise else []):
        yield from statements(part)


def blocks(inside):
    return (s for s in statements(inside) if s.kind == "block")
