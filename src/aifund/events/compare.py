"""When do two values say the same? Sums up to rounding and bounds, periods and shares where they overlap."""

from __future__ import annotations

from datetime import date
from math import inf

from aifund.events.rates import Rates
from aifund.model import Compute, Money, Report, When

_ROUNDING = 1.02
_ABOUT = 1.05  # "about", and reference rates against the rate that a writer used
_OPEN = 2  # "over X" is said of sums below 2 X, "up to X" of sums above X / 2


def apart(one: Money, other: Money, day: date | None, rates: Rates) -> float | None:
    """By what factor two sums differ at least; 1.0 where they agree, None where their currencies cannot be compared.

    Sums in one currency agree within 2 %; said with "about", or in two currencies at the rates of `day`, within 5 %.
    """
    if one == other:
        return 1.0
    rate = 1.0
    if one.currency != other.currency:
        converted = _rate(one.currency, other.currency, day, rates)
        if converted is None:
            return None
        rate = converted
    low, high = (bound * rate for bound in _bounds(one))
    other_low, other_high = _bounds(other)
    factor = max(_ratio(low, other_high), _ratio(other_low, high))
    close = one.currency == other.currency and "about" not in (one.qualifier, other.qualifier)
    return 1.0 if factor <= (_ROUNDING if close else _ABOUT) else factor


def figure(money: Money) -> int | float | None:
    """The stated figure of a sum: both bounds where they are equal, or the only bound; None for a range."""
    if money.min is None or money.max is None:
        return money.max if money.min is None else money.min
    return money.min if money.min == money.max else None


def shares_agree(one: Compute, other: Compute) -> bool:
    """Whether two compute shares can both be right. What is said of the round and of one investor's cheque can."""
    return one.of != other.of or max(_share(one)[0], _share(other)[0]) <= min(_share(one)[1], _share(other)[1])


def share_width(compute: Compute) -> float:
    """From 0 for a stated share to 1 for none: how much a compute share leaves open."""
    low, high = _share(compute)
    return high - low


def periods_agree(one: When, other: When) -> bool:
    """Whether two periods have a day in common."""
    return max(one.min, other.min) <= min(one.max, other.max)


def dated_by_publication(report: Report) -> bool:
    """Whether the date of a report rests on nothing but its article's publication date."""
    parts = {evidence.part for evidence in report.evidence if evidence.field == "date"}
    return parts == {"published"}


def _rate(currency: str, other: str, day: date | None, rates: Rates) -> float | None:
    if day is None:
        return None
    dollars, others = rates.usd(1, currency, day), rates.usd(1, other, day)
    return dollars / others if dollars and others else None


def _bounds(money: Money) -> tuple[float, float]:
    low, high = money.min, money.max
    if low is None:
        low = 0 if high is None else high / _OPEN
    if high is None:
        high = inf if money.min is None else low * _OPEN
    return float(low), float(high)


def _ratio(low: float, high: float) -> float:
    if high == 0:
        return 1.0 if low == 0 else inf
    return low / high


def _share(compute: Compute) -> tuple[float, float]:
    return (
        0.0 if compute.share_min is None else compute.share_min,
        1.0 if compute.share_max is None else compute.share_max,
    )
