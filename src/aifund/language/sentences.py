"""Cuts an article into blocks (lines, list items) and sentences, by punctuation alone.

The parser's own sentence ends depend on names that it has never seen; these do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aifund.language.lexicon import Lexicon
from aifund.language.text import matching
from aifund.model import Article, Part

_HEADING = 8  # words
_BAR = "|"
_NEXT = re.compile(r"[\n\r\u2028\u2029]\s*(?:[-*•·‣▪●–—]\s)?")  # where the next line of a form begins
_FORM = 2  # lines with labels that make a form
_LABEL = 32  # code points in which a label ends
_ENDS = ".!?;,。！？"
MAX_SENTENCE = 2000  # code points; longer runs without an end are cut, so that no parse grows with its input

_END = re.compile(r"""[.!?。！？]+["')\]]*(?=\s|[A-Z"'(\[•*]|$)|[。！？]""")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*•·‣▪●–—]+|\d{1,2}[.)])\s+|\s*[*•·‣▪●]")


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence: `text` is `matching(article.part(part))[start:end]`, with bars for the line ends of a form.

    `block` counts lines over both parts; `item` tells that its line is a list item, `first` that it opens its block,
    `heading` that it may head the next lines.
    """

    part: Part
    start: int
    end: int
    text: str
    block: int
    item: bool
    first: bool
    heading: bool


def sentences(article: Article, lexicon: Lexicon) -> list[Span]:
    """The title's and the text's sentences in reading order; offsets are code points of the part."""
    out: list[Span] = []
    block = 0
    for part in ("title", "text"):
        source = matching(article.part(part))
        for start, end, form in _lines(source, lexicon):
            line = source[start:end]
            bullet = _BULLET.match(line)
            left = start + (bullet.end() if bullet else 0)
            cuts = list(_cut(line, left - start, len(line), start) if form else _split(source, left, end, lexicon))
            item = form or bool(bullet)
            heading = part == "text" and len(cuts) == 1 and not item and _heads(line)
            for number, (left, right) in enumerate(cuts):
                text = _NEXT.sub(lambda end: _BAR.ljust(len(end.group())), source[left:right])
                out.append(Span(part, left, right, text, block, item, not number, heading))
            block += 1
    return out


def _lines(source: str, lexicon: Lexicon) -> Iterator[tuple[int, int, bool]]:
    """Where lines begin and end; the lines of a form ("Amount: $5m", "Round: seed") are one with the heading before
    them, which the third value tells.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(source)]
    labels = [_label(source[start:end], lexicon) for start, end in lines]
    at = 0
    while at < len(lines):
        first = at + (not labels[at] and _heads(source[slice(*lines[at])]))
        last = first
        while last < len(lines) and labels[last] and (last == first or labels[last] != "company"):
            last += 1
        form = last - first >= _FORM
        yield lines[at][0], lines[last - 1 if form else at][1], form
        at = last if form else at + 1


def _label(line: str, lexicon: Lexicon) -> str:
    """What the line's label tells of; "" where it has none."""
    opening = _BULLET.match(line)
    low = line[opening.end() if opening else 0 :][:_LABEL].lstrip().lower()
    found = lexicon.find("label", low) if ":" in low else []
    return str(found[0].value) if found and found[0].start == 0 else ""


def _heads(line: str) -> bool:
    """Whether a line is as short as headings are, and no sentence."""
    return len(line.split()) <= _HEADING and line.rstrip()[-1] not in _ENDS


def _split(source: str, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    line = source[start:end]
    held = {m.end for m in lexicon.find("abbreviation", line)}
    left = 0
    for match in _END.finditer(line):
        if match.end() in held and not _starts_anew(line, match.end()):
            continue
        if not _is_end(line, match):
            continue
        yield from _cut(line, left, match.end(), start)
        left = match.end()
    yield from _cut(line, left, len(line), start)


def _starts_anew(line: str, at: int) -> bool:
    """After "Inc." a sentence ends where the next word is one that only opens sentences."""
    return (
        re.match(
            r"\s+(?:The|It|In|This|That|These|Its|But|He|She|They|We|However|Meanwhile|According)\b", line[at : at + 20]
        )
        is not None
    )


def _is_end(line: str, match: re.Match[str]) -> bool:
    """Whether the stop is one: not in "Niki.ai", "2.5", "U.S.-based", and what follows begins like a sentence."""
    after = line[match.end() : match.end() + 3]
    if not after or match.group()[0] not in ".":
        return True
    if after[0].isspace():
        rest = after.strip()
        return not rest or not rest[0].islower()
    # glued: "financing.Ali" ends, "Booking.Com" or "A.I" does not
    before = line[max(0, match.start() - 2) : match.start()]
    lost_space = len(before) == 2 and before[-1].islower() and after[0].isupper() and after[1:2].islower()
    return lost_space or after[0] in "\"'("


def _cut(line: str, left: int, right: int, base: int) -> Iterator[tuple[int, int]]:
    while left < right and line[left].isspace():
        left += 1
    while right > left and line[right - 1].isspace():
        right -= 1
    while left < right:
        stop = right
        if right - left > MAX_SENTENCE:
            space = line.rfind(" ", left, left + MAX_SENTENCE)
            stop = space if space > left else left + MAX_SENTENCE
        yield base + left, base + stop
        left = stop
        while left < right and line[left].isspace():
            left += 1
