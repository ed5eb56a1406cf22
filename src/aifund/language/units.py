"""A sentence as the event stages see it: plain units, each a word or a whole name, sum, round or date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from aifund.model import Mention, Part

UnitKind = Literal["word", "name", "money", "round", "date"]
PLACEHOLDER = {"name": "NAME", "money": "MONEY", "round": "ROUND", "date": "DATE"}


@dataclass(slots=True)
class Unit:
    """`start` and `end` are code points of the sentence's part; `head` is the index of the unit it depends on.

    `value` is the mention that a money, round or date unit holds, and the catalogue's id of a name ("" if unknown);
    `tail` tells of a name whether it ends like an investor's or another organisation's ("" if neither), `plain` whether
    it is made of common words only.
    """

    kind: UnitKind
    text: str
    start: int
    end: int
    value: Mention | str | None = None
    depth: int = 0
    tail: str = ""
    plain: bool = False
    tag: str = ""
    dep: str = ""
    head: int = -1

    @property
    def low(self) -> str:
        return self.text.lower()


@dataclass(slots=True)
class Cue:
    """What a rule of `kind` found: units `first` to `last` (inclusive)."""

    kind: str
    value: str
    rule: str
    first: int
    last: int


@dataclass(slots=True)
class Sentence:
    """`masked` is the sentence with placeholders for names, sums, rounds and dates; `cues` come sorted."""

    part: Part
    start: int
    end: int
    block: int
    item: bool
    first: bool
    units: list[Unit]
    heading: bool = False
    masked: str = ""
    cues: list[Cue] = field(default_factory=list)

    def of(self, *kinds: str) -> Iterator[Cue]:
        return (cue for cue in self.cues if cue.kind in kinds)

    def names(self) -> list[int]:
        return [i for i, u in enumerate(self.units) if u.kind == "name"]

    def moneys(self) -> list[int]:
        return [i for i, u in enumerate(self.units) if u.kind == "money"]

    def has(self, kind: str) -> bool:
        return any(u.kind == kind for u in self.units)
