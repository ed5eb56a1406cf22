"""Reference rates: the European Central Bank's, of the day or of the last working day before it, and no others.

A rate is euro to currency, so dollars for a sum are sum / rate * dollar rate; the figures below are the bank's.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from aifund.events.rates import Rates

FRIDAY = date(2023, 10, 27)  # 1 euro: 1.0541 dollars, 7.7143 yuan


@pytest.fixture(scope="module")
def rates() -> Rates:
    return Rates()


def test_a_sum_is_converted_at_the_rate_of_its_day(rates: Rates) -> None:
    assert rates.usd(2_000_000_000, "CNY", FRIDAY) == pytest.approx(2_000_000_000 / 7.7143 * 1.0541)
    assert rates.usd(100, "EUR", FRIDAY) == pytest.approx(105.41)


def test_dollars_stay_what_they_are(rates: Rates) -> None:
    assert rates.usd(800_000_000, "USD", FRIDAY) == 800_000_000
    assert rates.usd(5, "USD", date(1950, 1, 1)) == 5


def test_a_weekend_takes_the_friday_before_and_never_the_monday_after(rates: Rates) -> None:
    friday, sunday, monday = (rates.usd(1, "GBP", date(2023, 10, day)) for day in (27, 29, 30))
    assert friday == sunday != monday


def test_the_first_days_of_a_year_take_the_last_rate_of_the_year_before(rates: Rates) -> None:
    assert rates.usd(1, "CNY", date(2024, 1, 1)) == rates.usd(1, "CNY", date(2023, 12, 29)) is not None


def test_no_rate_is_carried_on_for_more_than_a_week(rates: Rates) -> None:
    last = date(2022, 3, 1)  # the bank ceased to set a rouble rate
    assert rates.usd(1, "RUB", date(2022, 3, 8)) == rates.usd(1, "RUB", last) is not None
    assert rates.usd(1, "RUB", date(2022, 3, 9)) is None
    assert rates.usd(1, "RUB", date(2023, 6, 1)) is None


@pytest.mark.parametrize(
    ("currency", "day"),
    [
        ("EUR", date(1998, 12, 31)),  # before the euro
        ("EUR", date(2999, 1, 1)),  # not yet known
        ("CNY", date(2003, 6, 2)),  # no yuan rate in those years
        ("AED", FRIDAY),  # the bank sets none
        ("no currency", FRIDAY),
    ],
)
def test_where_no_rate_is_known_there_is_none(rates: Rates, currency: str, day: date) -> None:
    assert rates.usd(1, currency, day) is None


def test_the_library_is_not_even_imported_for_dollars() -> None:
    code = (
        "import sys; from datetime import date; from aifund.events.rates import Rates;"
        "Rates().usd(1, 'USD', date(2024, 1, 2)); print('currency_converter' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
