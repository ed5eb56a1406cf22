"""What the parts of a date expression mean together: from a month, a year, "last", "ago" … to the days they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from aifund.language import periods
from aifund.language.periods import Maker
from aifund.model import When

AHEAD = timedelta(days=90)  # a day without a year may lie this far after the article; beyond, it is last year's

Found = Mapping[str, Any]


def meaning(found: Found, reference: date | None) -> When | None:
    """The period that the named parts of an expression mean in an article of `reference`.

    None for what needs a reference where there is none, and for days that do not exist ("February 30").
    """
    try:
        whole = _range(found, reference) if any(name.endswith("2") for name in found) else _single(found, reference)
        return _part(whole, found["part"], reference) if whole and "part" in found else whole
    except (ValueError, OverflowError):
        return None


def _part(whole: When, name: str, reference: date | None) -> When:
    if name not in ("elapsed", "remaining"):
        return periods.part(whole, name)
    if reference is None:
        return whole
    return periods.clip(whole, last=reference) if name == "elapsed" else periods.clip(whole, first=reference)


def _range(found: Found, reference: date | None) -> When | None:
    left = {name: value for name, value in found.items() if not name.endswith("2")}
    last = _single({**left, **{name[:-1]: value for name, value in found.items() if name.endswith("2")}}, reference)
    if last is None:
        return None
    first = _single({**left, "year": left.get("year", last.max.year)}, reference)
    if first is not None and first.min > last.min and "month2" in found and "year" not in left:
        first = _single({**left, "year": first.min.year - 1}, reference)
    return periods.join(first, last) if first is not None and first.min <= last.min else None


def _single(found: Found, reference: date | None) -> When | None:
    year = _year(found, reference)
    if year is not None:
        return _in_year(found, year, reference)
    return _relative(found, reference) if reference is not None else None


def _year(found: Found, reference: date | None) -> int | None:
    if "year" in found:
        return int(found["year"])
    if "year_shift" in found and reference is not None:
        return reference.year + int(found["year_shift"])
    return None


def _in_year(found: Found, year: int, reference: date | None) -> When | None:
    if "day" in found:
        return periods.day(year, found["month"], found["day"])
    if "head" in found or "tail" in found:
        count = found["count"]
        fits = found["unit"] == "month" and count <= 12
        return periods.months(year, 1 if "head" in found else 13 - count, count) if fits else None
    if "season" in found:
        last_winter = reference is not None and reference < periods.season(year, found["season"]).min
        return periods.season(year - 1 if found["season"] == 24 and last_winter else year, found["season"])
    cycle = _cycle(found)
    return cycle(year) if cycle else periods.year(year)


def _cycle(found: Found) -> Maker | None:
    """What makes the named part of a year, if one is named."""
    makers: dict[str, Callable[[int, int], When]] = {
        "month": periods.month,
        "quarter": periods.quarter,
        "half": periods.half,
        "season": periods.season,
    }
    for name, maker in makers.items():
        if name in found:
            number = found[name]
            return lambda year: maker(year, number)
    return None


def _relative(found: Found, reference: date) -> When | None:
    if "deictic" in found:
        return _days_away(reference, found["deictic"])
    if "ago" in found:
        return _ago(found["count"], found["unit"], reference)
    if "rolling" in found or "coming" in found:
        return _rolling(found, reference)
    if "day" in found:
        return _yearless_day(found["month"], found["day"], reference)
    if "weekday" in found or "weekend" in found:
        return _in_week(found, reference)
    if "unit" in found:
        return _unit(found["unit"], found.get("shift", 0), reference)
    cycle = _cycle(found)
    return _in_cycle(found, [cycle(reference.year + n) for n in range(-2, 3)], reference) if cycle else None


def _in_cycle(found: Found, cycles: list[When], reference: date) -> When | None:
    if "due" in found:
        return next((cycle for cycle in cycles if cycle.max >= reference), None)
    if found.get("shift") == -1:  # "last June" in July is last year's
        return _occurrence(cycles[:2], -1, reference)
    return _occurrence(cycles, found.get("shift"), reference)


def _days_away(reference: date, count: int) -> When:
    moved = reference + timedelta(days=count)
    return periods.period(moved, moved)


def _yearless_day(month: int, number: int, reference: date) -> When | None:
    for year in range(reference.year + 1, reference.year - 9, -1):
        try:
            found = periods.day(year, month, number)
        except ValueError:  # 29 February
            continue
        if found.min <= reference + AHEAD:
            return found
    return None


def _in_week(found: Found, reference: date) -> When | None:
    def one(week: int) -> When:
        monday = periods.week(reference).min + timedelta(days=7 * week)
        return periods.weekend(monday) if "weekend" in found else _days_away(monday, found["weekday"] - 1)

    if "week_shift" in found:
        return one(found["week_shift"])
    return _occurrence([one(week) for week in range(-2, 3)], found.get("shift"), reference)


def _occurrence(cycles: list[When], shift: int | None, reference: date) -> When | None:
    """Which of five years' or weeks' (the reference's in the middle) "last", "this", "next" or no such word means."""
    if shift is None:
        return next((cycle for cycle in reversed(cycles) if cycle.min <= reference), None)
    if shift < 0:
        return next((cycle for cycle in reversed(cycles) if cycle.max < reference), None)
    if shift > 0:
        return next((cycle for cycle in cycles if cycle.min > reference), None)
    running = next((cycle for cycle in cycles if cycle.min <= reference <= cycle.max), None)
    return running or cycles[2]


def _unit(unit: str, shift: int, reference: date) -> When | None:
    if unit == "week":
        return periods.week(reference + timedelta(days=7 * shift))
    if unit == "month":
        return periods.month(reference.year, reference.month + shift)
    if unit == "quarter":
        return periods.quarter(reference.year, (reference.month + 2) // 3 + shift)
    return periods.year(reference.year + shift) if unit == "year" else None


def _ago(count: int, unit: str, reference: date) -> When | None:
    if unit in ("day", "fortnight"):
        days = _days_away(reference, -count * (14 if unit == "fortnight" else 1))
        return days if unit == "day" else periods.week(days.min)
    return _unit(unit, -count, reference)


def _rolling(found: Found, reference: date) -> When | None:
    count = found.get("count", 1) * (1 if "coming" in found else -1)
    days = {"day": 1, "week": 7, "fortnight": 14}
    length = {"month": 1, "quarter": 3, "year": 12}
    if found["unit"] in days:
        other = reference + timedelta(days=count * days[found["unit"]])
    else:
        other = periods.months_later(reference, count * length[found["unit"]])
    return periods.period(min(reference, other), max(reference, other))
