"""Values as numbers and as text: the few rules that every table, the comparison and the explanation share."""

from __future__ import annotations

import re

from aifund.model import Number, Qualifier

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

VAGUE: frozenset[Qualifier] = frozenset({"range", "vague"})


def number(value: Number) -> Number:
    """A sum as it is written out: whole sums as integers, others in hundredths (cents)."""
    cents = round(value, 2)
    return int(cents) if cents == int(cents) else cents


def stated(low: Number | None, high: Number | None, qualifier: Qualifier) -> Number | None:
    """The one figure that was stated: the bound given, or both where they are equal; None for ranges and vague sums."""
    if qualifier in VAGUE:
        return None
    if low is None or high is None:
        return high if low is None else low
    return low if low == high else None


def money_text(low: Number | None, high: Number | None, currency: str, qualifier: Qualifier) -> str:
    """A sum in one cell: `800000000 USD exact`, `1000000000.. USD more_than`, `10..20 USD range`."""
    return f"{bounds_text(low, high)} {currency} {qualifier}"


def bounds_text(low: Number | None, high: Number | None) -> str:
    """Bounds in one cell: `0.8` where both are equal, else `0.5..1.0`, `0.5..`, `..1.0`."""
    if low is not None and low == high:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def one_line(text: str) -> str:
    """Text out of an article for a terminal or XML: in one line, without control characters and half surrogates."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
