"""What the gold says of the sums and names of an article: the right answers for the learned roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aifund.evaluation.names import same_name
from aifund.events.stage import Place, Player, Stage
from aifund.language.units import Unit
from aifund.model import Mention, Report

Gold = Mapping[str, Any]
_CLOSE = 0.005


class Key:
    """The right answers for one article."""

    def __init__(self, stage: Stage, events: Sequence[Gold]) -> None:
        self.stage = stage
        self.events = events
        self.target_of = [self._players(e["target"]) for e in events]
        self.givers_of = [[self._players(g["name"]) for g in e["investors"]] for e in events]
        self.anchors = self._anchors()

    def _players(self, names: Iterable[str]) -> set[int]:
        names = list(names)
        return {p.number for p in self.stage.players if same_name([s.name for s in p.spellings], names)}

    def money(self, place: Place) -> int:
        """0: neither, 1: the money of a deal, 2: a valuation."""
        unit = self.stage.sentences[place[0]].units[place[1]]
        if any(_same_sum(unit, e["amount"]) for e in self.events):
            return 1
        return 2 if any(_same_sum(unit, e["valuation"]) for e in self.events) else 0

    def _anchors(self) -> dict[Place, tuple[set[int], list[int]]]:
        """Sums and rounds of deals, each with the players that may be its target, and the numbers of its events."""
        out: dict[Place, tuple[set[int], list[int]]] = {}
        for n, s in enumerate(self.stage.sentences):
            here = {self.stage.at[n, i].number for i in s.names()}
            for i, unit in enumerate(s.units):
                events = [k for k, e in enumerate(self.events) if _tells(unit, e)]
                who = set().union(*(self.target_of[k] for k in events)) if events else set()
                if unit.kind == "round" and len(who) != 1:  # several events of one round: only one named here is sure
                    who &= here
                    events = events if len(who) == 1 else []
                if events:
                    out[n, i] = (who, events)
        return out

    def name(self, place: Place) -> int | None:
        """0: no investor, 1: an investor, 2: a lead; None: an investor, but perhaps not told as one here."""
        player = self.stage.at[place]
        label: int | None = 0
        for k, event in enumerate(self.events):
            for giver, players in zip(event["investors"], self.givers_of[k], strict=True):
                if player.number in players:
                    if self._near(place, player, k):
                        label = max(label or 0, 2 if giver.get("lead") is True else 1)
                    elif not label:
                        label = None
        return label

    def backed(self, place: Place) -> set[int]:
        """The players in whom the investor at `place` invests."""
        giver = self.stage.at[place].number
        told = (k for k, givers in enumerate(self.givers_of) if any(giver in players for players in givers))
        return set().union(*(self.target_of[k] for k in told))

    def _near(self, place: Place, player: Player, event: int) -> bool:
        """Whether the sentence tells of the event: its sum or round, its target or another of its investors."""
        told = {n for (n, _), (_, events) in self.anchors.items() if event in events}
        n = place[0]
        others = {self.stage.at[n, i].number for i in self.stage.sentences[n].names()} - {player.number}
        parties = self.target_of[event].union(*(g for g in self.givers_of[event] if player.number not in g))
        return n in told or n - 1 in told or bool(others & parties) or player.places[0] == place


def deals(reports: Sequence[Report], events: Sequence[Gold]) -> list[bool | None]:
    """Which reports tell of an event of the gold, best fit first, one each; None where it is left open."""
    pairs = ((i, r, k, e) for i, r in enumerate(reports) for k, e in enumerate(events) if _same_target(r, e))
    fits = sorted((-_fit(r, e), i, k) for i, r, k, e in pairs)
    right: dict[int, int] = {}
    for _, i, k in fits:
        if i not in right and k not in right.values():
            right[i] = k
    open_ = [any(e.get("optional") and _same_target(r, e) for e in events) for r in reports]
    return [True if i in right else None if open_[i] else False for i in range(len(reports))]


def _same_target(report: Report, event: Gold) -> bool:
    return same_name([report.target.name, *report.target.as_written], event["target"])


def _fit(report: Report, event: Gold) -> float:
    out = 0.0
    if report.amount and isinstance(event["amount"], dict):
        out += 2.0 if _equal(report.amount, event["amount"]) else -1.0
    if report.round and event["round"] not in (None, "any"):
        out += 2.0 if report.round == event["round"] else -1.0
    return out


def _tells(unit: Unit, event: Gold) -> bool:
    if unit.kind == "money":
        return _same_sum(unit, event["amount"])
    return unit.kind == "round" and isinstance(unit.value, Mention) and str(unit.value.value) == event["round"]


def _same_sum(unit: Unit, money: Any) -> bool:
    return isinstance(money, dict) and isinstance(unit.value, Mention) and _equal(unit.value.value, money)


def _equal(one: Any, other: Mapping[str, Any]) -> bool:
    left = [x for x in (one.min, one.max) if x is not None]
    right = [x for x in (other["min"], other["max"]) if x is not None]
    return one.currency == other["currency"] and any(abs(a - b) <= _CLOSE * max(a, b) for a in left for b in right)
