"""Finds declared spellings in running text: one pass over its words, whatever their number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aifund.entities.claims import Claim

# Scripts that do not divide words: a name in them is found wherever its characters stand.
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WIDE_CHARACTER = re.compile(f"[{_WIDE}]")
_WORD = re.compile(rf"[^\W_{_WIDE}]+")
_APOSTROPHES = re.compile("[’‘ʼ]")
_DASHES = re.compile(r"[-‐‑‒–—]")
_SPACE = re.compile(r"[^\S\n]*\n?[^\S\n]*")

# What ends a spelling and tells it apart: "Zorblat+" is not "Zorblat".
_TELLING = re.compile(r"[+&*]")

Span = tuple[int, int, str]
Holds = Callable[[tuple[str, ...]], bool]


@dataclass(frozen=True, slots=True)
class _End:
    """A claim that ends at a place in the tree: the words as it writes them and what follows the last."""

    claim: Claim
    words: list[str]
    rest: str

    def fits(self, text: str, found: list[re.Match[str]]) -> bool:
        """Whether the words found in `text` are written as the spelling asks for."""
        if self.rest and _TELLING.search(self.rest) and not text.startswith(self.rest, found[-1].end()):
            return False
        if self.claim.spelling.islower():
            return True
        written = [word.group() for word in found]
        if len(written) == 1:
            return written == self.words
        return not any(b[0].isupper() and a[0].islower() for a, b in zip(written, self.words, strict=True))

    def end(self, text: str, last: int) -> int:
        """Where the spelling ends if its last word ends at `last`."""
        return last + len(self.rest) if text.startswith(self.rest, last) else last


class _Node:
    """A place in the tree of words: `next` by what divides two words and the second word, folded."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[tuple[str, str], _Node] = {}
        self.ends: tuple[_End, ...] = ()


class NameIndex:
    """The claimed spellings as a tree over their words."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._first: dict[str, _Node] = {}
        self._wide: dict[str, list[Claim]] = {}
        for claim in claims:
            if _WIDE_CHARACTER.search(claim.spelling):
                self._wide.setdefault(claim.spelling[0], []).append(claim)
            else:
                self._add(claim)
        for listed in self._wide.values():
            listed.sort(key=lambda claim: (-len(claim.spelling), bool(claim.needs)))

    def find(self, text: str, holds: Holds) -> list[Span]:
        """The longest spellings in `text` whose conditions hold, as (start, end, entity), in order, without overlaps.

        A spelling of several words is found where the words that it writes with a capital have one in the text, and
        one of a single word as it is written; a spelling in lower case is found in any case.
        """
        spans = self._worded(text, holds)
        if not _WIDE_CHARACTER.search(text):
            return spans
        return _without_overlaps([*spans, *self._in_wide(text, holds)])

    def _add(self, claim: Claim) -> None:
        spelling = claim.spelling
        words = _WORD.findall(spelling)
        if not words:
            return
        node = self._first.setdefault(words[0].casefold(), _Node())
        at = spelling.index(words[0]) + len(words[0])
        for word in words[1:]:
            start = spelling.index(word, at)
            node = node.next.setdefault((_gap(spelling[at:start]), word.casefold()), _Node())
            at = start + len(word)
        end = _End(claim, words, spelling[at:])
        node.ends = (*node.ends, end) if claim.needs else (end, *node.ends)

    def _worded(self, text: str, holds: Holds) -> list[Span]:
        spans: list[Span] = []
        words = list(_WORD.finditer(text))
        done = 0
        for index, word in enumerate(words):
            node = self._first.get(word.group().casefold())
            if node and word.start() >= done:
                longest = _longest(text, words, index, node, holds)
                if longest:
                    done = longest[1]
                    spans.append((word.start(), done, longest[0].entity))
        return spans

    def _in_wide(self, text: str, holds: Holds) -> list[Span]:
        return [
            (index, index + len(claim.spelling), claim.entity)
            for index, character in enumerate(text)
            for claim in self._wide.get(character, ())
            if text.startswith(claim.spelling, index) and (not claim.needs or holds(claim.needs))
        ]


def _longest(text: str, words: list[re.Match[str]], index: int, node: _Node, holds: Holds) -> tuple[Claim, int] | None:
    """The claim on the most words from `index` on, and where they end."""
    longest = None
    size = 1
    while True:
        if node.ends and (end := _fitting(text, words, index, size, node, holds)):
            longest = end.claim, end.end(text, words[index + size - 1].end())
        if not node.next or index + size == len(words):
            return longest
        before, word = words[index + size - 1], words[index + size]
        following = node.next.get((_gap(text[before.end() : word.start()]), word.group().casefold()))
        if following is None:
            return longest
        node, size = following, size + 1


def _fitting(text: str, words: list[re.Match[str]], index: int, size: int, node: _Node, holds: Holds) -> _End | None:
    found = words[index : index + size]
    for end in node.ends:
        needs = end.claim.needs
        if end.fits(text, found) and (not needs or (not (size == 1 and _goes_on(text, words, index)) and holds(needs))):
            return end
    return None


def _goes_on(text: str, words: list[re.Match[str]], index: int) -> bool:
    """Whether the next word belongs to the same name by its looks: "Ali Quillet" is not the Ali of a condition."""
    if index + 1 >= len(words):
        return False
    before, after = words[index], words[index + 1]
    return text[before.end() : after.start()] == " " and after.group()[0].isupper()


def _gap(between: str) -> str:
    """What divides two words, in one form: a space for white space (at most one line end) or a bare hyphen."""
    if between == " ":
        return between
    gap = _DASHES.sub("-", _APOSTROPHES.sub("'", between))
    if gap == "-" or (gap and _SPACE.fullmatch(gap)):
        return " "
    return gap


def _without_overlaps(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
