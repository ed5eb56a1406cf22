"""Periods of the calendar as `When`: pure arithmetic, no language.

Sub-year numbers are those of EDTF: 21-24 are spring to winter (of the northern hemisphere; winter belongs to the year
in which it begins), 33-36 the quarters. All functions raise ValueError for a date that does not exist.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from aifund.model import When

Maker = Callable[[int], When]

PARTS = ("start", "early", "mid", "late", "end", "elapsed", "remaining")
UNITS = ("day", "week", "fortnight", "month", "quarter", "year")

_MONTH_PARTS = {"start": (1, 5), "early": (1, 10), "mid": (10, 20), "late": (21, 31), "end": (26, 31)}
_SIXTHS = {"start": (0, 1), "early": (0, 2), "mid": (2, 4), "late": (4, 6), "end": (5, 6)}


def period(first: date, last: date) -> When:
    """The days from `first` to `last`, in the coarsest EDTF that says exactly them."""
    if first == last:
        return When(first.isoformat(), first, last)
    months = first.day == 1 and last.day == _length(last.year, last.month)
    years = months and first.month == 1 and last.month == 12
    digits = 4 if years else 7 if months else 10
    left, right = first.isoformat()[:digits], last.isoformat()[:digits]
    return When(left if left == right else f"{left}/{right}", first, last)


def day(year: int, month: int, number: int) -> When:
    only = date(year, month, number)
    return period(only, only)


def month(year: int, number: int) -> When:
    return months(year, number, 1)


def months(year: int, first: int, count: int) -> When:
    """`count` whole months from month `first` (1-12, or beyond: 13 is January of the next year, 0 last December)."""
    start = _shifted(year, first)
    end = _shifted(year, first + count)
    return period(start, end - timedelta(days=1))


def quarter(year: int, number: int) -> When:
    whole = months(year, 3 * number - 2, 3)
    return When(f"{whole.min.year:04}-{32 + whole.min.month // 3 + 1}", whole.min, whole.max)


def half(year: int, number: int) -> When:
    return months(year, 6 * number - 5, 6)


def season(year: int, number: int) -> When:
    whole = months(year, 3 * (number - 20), 3)
    return When(f"{year:04}-{number}", whole.min, whole.max)


def year(number: int) -> When:
    return months(number, 1, 12)


def week(inside: date) -> When:
    """Monday to Sunday around `inside`."""
    monday = inside - timedelta(days=inside.weekday())
    return period(monday, monday + timedelta(days=6))


def weekend(inside: date) -> When:
    """Saturday and Sunday of the week around `inside`."""
    sunday = week(inside).max
    return period(sunday - timedelta(days=1), sunday)


def months_later(start: date, count: int) -> date:
    """The same day `count` months later (or earlier), or the last one of a shorter month."""
    first = _shifted(start.year, start.month + count)
    return first.replace(day=min(start.day, _length(first.year, first.month)))


def join(first: When, last: When) -> When:
    return period(min(first.min, last.min), max(first.max, last.max))


def clip(whole: When, first: date = date.min, last: date = date.max) -> When:
    """The days of `whole` from `first` to `last`; `whole` itself where none or all of them are."""
    left, right = max(whole.min, first), min(whole.max, last)
    return whole if left > right or (left, right) == (whole.min, whole.max) else period(left, right)


def part(whole: When, name: str) -> When:
    """The `start`, `early`, `mid`, `late` or `end` part of a period: thirds, the ends sixths; of a day, the day."""
    if whole.min == whole.max:
        return whole
    count = 12 * (whole.max.year - whole.min.year) + whole.max.month - whole.min.month + 1
    if len(whole.edtf) == 7 and count == 1:
        first, last = _MONTH_PARTS[name]
        return period(whole.min.replace(day=first), whole.min.replace(day=min(last, whole.max.day)))
    left, right = _SIXTHS[name]
    if whole.min.day == 1 and count > 1 and left * count % 6 == 0 and right * count % 6 == 0:
        return months(whole.min.year, whole.min.month + left * count // 6, (right - left) * count // 6)
    days = (whole.max - whole.min).days + 1
    return period(whole.min + timedelta(left * days // 6), whole.min - timedelta(1 + -right * days // 6))


def _shifted(number: int, month_number: int) -> date:
    years, index = divmod(month_number - 1, 12)
    return date(number + years, index + 1, 1)


def _length(number: int, month_number: int) -> int:
    return calendar.monthrange(number, month_number)[1]
