"""Hits, false hits and misses, and the figures that they give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from aifund.evaluation.slots import MISSION, SLOTS

Kind = Literal["tp", "fp", "fn"]


@dataclass(frozen=True, slots=True)
class Row:
    """The hits (`tp`), false hits (`fp`) and misses (`fn`) of one slot."""

    tp: int
    fp: int
    fn: int

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Tally:
    """What a measurement counts: hits by slot and kind, wholly right events among all, a line for each error."""

    counts: Counter[tuple[str, Kind]] = field(default_factory=Counter)
    exact: int = 0
    events: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, slot: str, kind: Kind, note: str = "") -> None:
        """Counts a hit or an error; an error with a note is listed."""
        self.counts[slot, kind] += 1
        if note and kind != "tp":
            self.errors.append(f"{slot:9} {kind.upper()}  {note}")

    @property
    def rows(self) -> dict[str, Row]:
        """The counts of each slot, in the order of the table."""
        return {slot: self._row(slot) for slot in SLOTS}

    @property
    def micro_f1(self) -> float:
        """F1 over the counts of the mission's slots together."""
        rows = [self._row(slot) for slot in MISSION]
        tp = sum(row.tp for row in rows)
        return 2 * tp / (2 * tp + sum(row.fp + row.fn for row in rows)) if tp else 0.0

    @property
    def macro_f1(self) -> float:
        """The mean F1 of those of the mission's slots that occur."""
        rows = [self._row(slot) for slot in MISSION]
        present = [row for row in rows if row.tp or row.fp or row.fn] or rows
        return sum(row.f1 for row in present) / len(present)

    @property
    def record_exact(self) -> float:
        """The share of events of which everything but the status is right."""
        return self.exact / self.events if self.events else 0.0

    def _row(self, slot: str) -> Row:
        return Row(self.counts[slot, "tp"], self.counts[slot, "fp"], self.counts[slot, "fn"])
