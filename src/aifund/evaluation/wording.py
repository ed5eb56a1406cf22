"""Values as lines of errors show them: `5000000..7000000 USD`, `>= 1000000000 USD pre`, `series_a`, `nothing`."""

from __future__ import annotations

from pydantic import BaseModel

from aifund.evaluation.gold import GoldMoney, GoldPeriod, GoldShare, GoldValuation
from aifund.output.document import ComputeNode, DateNode, MoneyNode, ValuationNode


def shown(value: BaseModel | list[GoldShare] | list[str] | str | None) -> str:
    """A value of a report or of the gold; several accepted readings are joined by "or"."""
    match value:
        case None:
            return "nothing"
        case list():
            return " or ".join(map(shown, value))
        case ValuationNode() | GoldValuation():
            return f"{_bounds(value.min, value.max)} {value.currency} {value.basis or 'unspecified'}"
        case MoneyNode() | GoldMoney():
            return f"{_bounds(value.min, value.max)} {value.currency}"
        case ComputeNode():
            return _bounds(value.share_min or 0, 1 if value.share_max is None else value.share_max)
        case GoldShare():
            return _bounds(value.min, value.max)
        case DateNode() | GoldPeriod():
            return str(value.min) if value.min == value.max else f"{value.min}..{value.max}"
        case _:
            return str(value)


def _bounds(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"<= {_number(high)}" if low is None else f">= {_number(low)}"
    return _number(low) if low == high else f"{_number(low)}..{_number(high)}"


def _number(number: float | None) -> str:
    return f"{number or 0:.2f}".rstrip("0").rstrip(".")
