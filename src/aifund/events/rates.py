"""Reference rates of the European Central Bank, from the file inside the package `currency_converter`; no network.

That file holds every day since 1999 and takes the library 0.3 s to parse as a whole. A run needs few years of it, so
each year is read when a sum of that year asks for it (about 20 ms to unpack once, 10 ms a year), and nothing is read,
nor the library imported, as long as all sums are in dollars.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zipfile import ZipFile

from aifund.model import Number

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter

# Rates are set on working days; the longest closures (Christmas, Easter) stay well below a week.
_LOOK_BACK = 7


@cache
def shared() -> Rates:
    """The rates of this process: what is read once serves all."""
    return Rates()


class Rates:
    """Converts sums into US dollars at the rate of a day. Holds what it has read; otherwise without state."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._years: dict[int, CurrencyConverter | None] = {}

    def usd(self, amount: Number, currency: str, day: date) -> Number | None:
        """`amount` units of `currency` (ISO 4217) in US dollars, unrounded, at the last rate known on `day`.

        Dollars come back as they are. None where the currency had no rate on `day` or in the seven days before it; a
        later or an interpolated rate is never used.
        """
        if currency == "USD":
            return amount
        from currency_converter import RateNotFoundError

        converter = self._year(day.year)
        if converter is None or currency not in converter.currencies:
            return None
        for back in range(_LOOK_BACK + 1):
            try:
                return float(converter.convert(amount, currency, "USD", day - timedelta(days=back)))
            except RateNotFoundError:
                continue
        return None

    def _year(self, year: int) -> CurrencyConverter | None:
        """The rates of a year and of the days before it that its first days may fall back on."""
        if year not in self._years:
            self._years[year] = self._load(f"{year - 1:04}-12-{31 - _LOOK_BACK}", f"{year:04}-12-31")
        return self._years[year]

    def _load(self, first: str, last: str) -> CurrencyConverter | None:
        from currency_converter import CURRENCY_FILE, CurrencyConverter

        if not self._lines:
            with ZipFile(CURRENCY_FILE) as archive:
                self._lines = archive.read(archive.namelist()[0]).decode("utf-8").splitlines()
        header, *rows = self._lines
        wanted = [row for row in rows if first <= row[:10] <= last]
        if not wanted:
            return None
        converter = CurrencyConverter(currency_file=None)
        converter.load_lines([header, *wanted])
        return converter
