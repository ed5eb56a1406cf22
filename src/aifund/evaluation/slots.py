"""The slots of an event: what a report states for each, and when that counts as what the gold states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aifund.evaluation.gold import GoldMoney, GoldPeriod, GoldShare
from aifund.output.document import ComputeNode, DateNode, MoneyNode, ReportNode

VALUES = ("round", "amount", "valuation", "compute", "date", "status")
MISSION = ("event", "investor", "lead", "amount", "valuation", "compute", "date", "round")
SLOTS = (*MISSION, "bounds", "basis", "status")

_SUM_TOLERANCE = 0.005  # of the larger figure
_SHARE_TOLERANCE = 0.051
_LONGEST_PERIOD = 31  # days that a stated period may always span, however short the gold's is


def stated(report: ReportNode) -> dict[str, Any]:
    """What the report says for each of VALUES; None where it says nothing, as a sum without a figure."""
    told = {slot: getattr(report, slot) for slot in VALUES}
    for slot in ("amount", "valuation"):
        if told[slot] is not None and not _figures(told[slot]):
            told[slot] = None
    return told


def same_bounds(said: MoneyNode, gold: GoldMoney) -> bool:
    """Whether both bounds are the same, open where the gold's are open."""
    return _same_bound(said.min, gold.min) and _same_bound(said.max, gold.max)


def _same_sum(said: MoneyNode, gold: GoldMoney) -> bool:
    """Whether any bound is any bound of the gold, in the same currency."""
    return said.currency == gold.currency and any(_near(a, b) for a in _figures(said) for b in _figures(gold))


def _same_share(said: ComputeNode, readings: list[GoldShare]) -> bool:
    low = 0.0 if said.share_min is None else said.share_min
    high = 1.0 if said.share_max is None else said.share_max
    return any(abs(low - g.min) <= _SHARE_TOLERANCE and abs(high - g.max) <= _SHARE_TOLERANCE for g in readings)


def _same_time(said: DateNode, gold: GoldPeriod) -> bool:
    """Whether the periods meet, and the stated one is not much longer than the gold's."""
    overlap = said.min <= gold.max and gold.min <= said.max
    return overlap and _days(said) <= max(_LONGEST_PERIOD, 2 * _days(gold) + 2)


def _equal(said: str, gold: str) -> bool:
    return said == gold


def _among(said: str, accepted: list[str]) -> bool:
    return said in accepted


MATCHES: dict[str, Callable[[Any, Any], bool]] = {
    "round": _equal,
    "amount": _same_sum,
    "valuation": _same_sum,
    "compute": _same_share,
    "date": _same_time,
    "status": _among,
}


def _figures(money: MoneyNode | GoldMoney) -> set[float]:
    return {round(float(bound), 2) for bound in (money.min, money.max) if bound is not None}


def _same_bound(said: float | None, gold: float | None) -> bool:
    return said is gold if said is None or gold is None else _near(float(said), gold)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _SUM_TOLERANCE * max(abs(one), abs(other), 1e-9)


def _days(period: DateNode | GoldPeriod) -> int:
    return (period.max - period.min).days
