"""Finds dates in English news and works out which days they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aifund.language.dates_grammar import AFTER, BEFORE, Reading, ascii_bytes
from aifund.language.dates_meaning import meaning
from aifund.language.dates_rules import DateRules
from aifund.model import Mention, When
from aifund.rules.models import Rules

_SIGNS_BEFORE = frozenset("$€£¥₩₹#/\\.-+=&@")
_SIGNS_INSIDE = frozenset(".,-/:")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, and the rules of the veto that takes it away, if one does."""

    mention: Mention
    veto: str = ""


def find_dates(text: str, reference: date | None, rules: Rules) -> list[Mention]:
    """The dates in `text`, which has been through `matching`, for an article of the day `reference`.

    Mentions are of kind "date" with a `When` as value, sorted, none overlapping; `rule` is the ids of the form and of
    the words it is made of, joined by "+". Without a reference only dates that carry their year are found. Future
    dates ("next month") are dates too.
    """
    return [dated.mention for dated in dates_and_vetoes(text, reference, rules.dates) if not dated.veto]


def dates_and_vetoes(text: str, reference: date | None, rules: DateRules) -> Iterator[Dated]:
    """Like `find_dates`, with the dates that a context veto takes away."""
    content = ascii_bytes(text)
    position = 0
    while (span := rules.grammar.next(content, position)) is not None:
        start, end = span
        dated = _dated(text, content, span, reference, rules)
        while dated is None and (shorter := rules.grammar.shorter(content, start, end)) is not None:
            end = shorter[1]
            dated = _dated(text, content, shorter, reference, rules)
        if dated is not None:
            yield dated
        position = end if dated is not None else start + 1


def _dated(text: str, content: bytes, span: tuple[int, int], reference: date | None, rules: DateRules) -> Dated | None:
    start, end = span
    if not _stands_alone(text, start, end):
        return None
    around = content[max(0, start - BEFORE) : start], content[start:end], content[end : end + AFTER]
    for reading in rules.grammar.read(content[start:end]):
        value = meaning(reading.found, reference) if reading.context.fits(*around) else None
        if value is not None:
            veto = next((veto.rule for veto in rules.vetoes if veto.fits(*around)), "")
            return Dated(_mention(text, span, value, reading), veto)
    return None


def _mention(text: str, span: tuple[int, int], value: When, reading: Reading) -> Mention:
    return Mention("date", *span, text[slice(*span)], value, reading.rule)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter, figure or sign makes the span a part of something else: "GPT-2023", "$2024", "monday.com"."""
    before, after, beyond = text[start - 1 : start], text[end : end + 1], text[end + 1 : end + 2]
    if before.isalnum() or after.isalnum() or before == "_" or after == "_":
        return False
    if before in _SIGNS_BEFORE and text[start].isdigit():
        return False
    if after in _SIGNS_INSIDE and beyond.isdigit() and text[end - 1].isdigit():
        return False
    return not (after == "." and beyond.islower())
