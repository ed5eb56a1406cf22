"""Sums of money as news writes them, each with what must be read in it."""

from __future__ import annotations

import time

import pytest

from aifund.language.money import find_money, render
from aifund.model import Money
from aifund.rules import load
from aifund.rules.models import Rules


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def told(text: str, rules: Rules) -> list[str]:
    """Each sum as "quote = value", its quote checked against its span."""
    mentions = find_money(text, rules)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(mention.kind == "money" and mention.rule for mention in mentions)
    return [f"{mention.text} = {render(mention.value)}" for mention in mentions]


FIGURES = [
    ("raised $5m today", ["$5m = 5000000 USD exact"]),
    ("$5 m", ["$5 m = 5000000 USD exact"]),
    ("a $5-million round", ["$5-million = 5000000 USD exact"]),
    ("a 5 million dollar round", ["5 million dollar = 5000000 USD exact"]),
    ("US$1 billion", ["US$1 billion = 1000000000 USD exact"]),
    ("USD 5 million", ["USD 5 million = 5000000 USD exact"]),
    ("5 million US dollars", ["5 million US dollars = 5000000 USD exact"]),
    ("RMB 200m", ["RMB 200m = 200000000 CNY exact"]),
    ("S$5m", ["S$5m = 5000000 SGD exact"]),
    ("$5 million CAD", ["$5 million CAD = 5000000 CAD exact"]),
    ("€11.7bn", ["€11.7bn = 11700000000 EUR exact"]),
    ("11.7 billion euros", ["11.7 billion euros = 11700000000 EUR exact"]),
    ("€1,5 million", ["€1,5 million = 1500000 EUR exact"]),
    ("Rs 50 crore", ["Rs 50 crore = 500000000 INR exact"]),
    ("INR 50 Cr", ["INR 50 Cr = 500000000 INR exact"]),
    ("Rs 1.5 lakh crore", ["Rs 1.5 lakh crore = 1500000000000 INR exact"]),
    ("₹50L", ["₹50L = 5000000 INR exact"]),
    ("Rs 1,50,00,000", ["Rs 1,50,00,000 = 15000000 INR exact"]),
    ("a 100 billion-won round", ["100 billion-won = 100000000000 KRW exact"]),
    ("3亿美元", ["3亿美元 = 300000000 USD exact"]),
    ("raised 1,000,000 euros", ["1,000,000 euros = 1000000 EUR exact"]),
    ("half a billion dollars", ["half a billion dollars = 500000000 USD exact"]),
    ("two hundred and fifty million yuan", ["two hundred and fifty million yuan = 250000000 CNY exact"]),
    ("a ten million yuan round", ["a ten million yuan = 10000000 CNY exact"]),
    ("a million pounds", ["a million pounds = 1000000 GBP exact"]),
    ("$1,049.50", ["$1,049.50 = 1049.5 USD exact"]),
    ("teamed up for a $70 million B.", ["$70 million = 70000000 USD exact"]),
]

HEDGES = [
    ("more than $1 billion", ["more than $1 billion = 1000000000.. USD more_than"]),
    ("over $1 billion", ["over $1 billion = 1000000000.. USD more_than"]),
    ("just over $1 billion", ["just over $1 billion = 1000000000.. USD more_than"]),
    ("a $1.2 billion-plus round", ["$1.2 billion-plus = 1200000000.. USD more_than"]),
    ("$100M+", ["$100M+ = 100000000.. USD more_than"]),
    ("$100+ million", ["$100+ million = 100000000.. USD more_than"]),
    ("at least €20m", ["at least €20m = 20000000.. EUR at_least"]),
    ("up to $2 billion", ["up to $2 billion = ..2000000000 USD up_to"]),
    ("as much as another $2 billion", ["as much as another $2 billion = ..2000000000 USD up_to"]),
    ("no more than $2 billion", ["no more than $2 billion = ..2000000000 USD up_to"]),
    ("less than $5 million", ["less than $5 million = ..5000000 USD less_than"]),
    ("nearly $5 million", ["nearly $5 million = 5000000 USD about"]),
    ("up to around $5 million", ["up to around $5 million = ..5000000 USD up_to"]),
    ("more than a total of $5 million", ["more than a total of $5 million = 5000000.. USD more_than"]),
    ("a total of $5 million", ["$5 million = 5000000 USD exact"]),
    ("handed over $5 million", ["$5 million = 5000000 USD exact"]),
    ("$5 million or more", ["$5 million or more = 5000000.. USD at_least"]),
]

RANGES = [
    ("$20-25 million", ["$20-25 million = 20000000..25000000 USD range"]),
    ("$20 million to $25 million", ["$20 million to $25 million = 20000000..25000000 USD range"]),
    ("$20m-$25m", ["$20m-$25m = 20000000..25000000 USD range"]),
    ("between $20m and $25m", ["between $20m and $25m = 20000000..25000000 USD range"]),
    ("5 to 10 million yuan", ["5 to 10 million yuan = 5000000..10000000 CNY range"]),
    ("$300,000-$500,000", ["$300,000-$500,000 = 300000..500000 USD range"]),
    ("from $20m to $25m", ["$20m = 20000000 USD exact", "$25m = 25000000 USD exact"]),
    ("$20m and $25m", ["$20m = 20000000 USD exact", "$25m = 25000000 USD exact"]),
    ("$5 million to 10 start-ups", ["$5 million = 5000000 USD exact"]),
    ("tens of millions of yuan", ["tens of millions of yuan = 10000000..99000000 CNY vague"]),
    ("hundreds of millions of dollars", ["hundreds of millions of dollars = 100000000..999000000 USD vague"]),
    ("a few million euros", ["a few million euros = 1000000..9000000 EUR vague"]),
    ("several hundred million won", ["several hundred million won = 100000000..999000000 KRW vague"]),
    ("a nine-figure sum", ["nine-figure = 100000000..999000000 USD vague"]),
    ("ten-million-yuan level", ["ten-million-yuan level = 10000000..99000000 CNY vague"]),
]

CONVERSIONS = [
    ("Rs 100 Cr (~$12M)", ["Rs 100 Cr = 1000000000 INR exact"]),
    ("$51 million, or Rs 403 crore, in debt", ["$51 million = 51000000 USD exact"]),
    ("30 billion won ($21.7 million)", ["30 billion won = 30000000000 KRW exact"]),
    ("A$10 million (US$6.5 million, €6m) in all", ["A$10 million = 10000000 AUD exact"]),
    ("€5 million ($5.4m) from X, $2m from Y", ["€5 million = 5000000 EUR exact", "$2m = 2000000 USD exact"]),
    ("$5 million ($2m of it debt)", ["$5 million = 5000000 USD exact", "$2m = 2000000 USD exact"]),
]

NO_SUMS = [
    "$20 per month",
    "$5/month",
    "$10 a share",
    "$19 to $21 a share",
    "$20 (€18) per month",
    "($1 = 1,300 won)",
    "1 billion users",
    "five hundred million",
    "the top 5 won",
    "it weighs 55 pounds",
    "v1.5 million dollars",
    "$5 millionaires",
    "$5Mxyz",
    "several hundred million won't do",
    "N95 masks and an R2 value",
]

TANGLES = [
    ("raised$5M", ["$5M = 5000000 USD exact"]),
    ("$5Min funding", ["$5M = 5000000 USD exact"]),
    ("valued at $10 billionfollowing", ["$10 billion = 10000000000 USD exact"]),
    ("in 2023 USD 5 million", ["USD 5 million = 5000000 USD exact"]),
    ("in 2023 $5 million", ["$5 million = 5000000 USD exact"]),
    ("$20 million a month ago", ["$20 million = 20000000 USD exact"]),
    ("月之暗面 “raised” US$\u00a05\u00a0million — and", ["US$\u00a05\u00a0million = 5000000 USD exact"]),
    ("¥200 million in Beijing", ["¥200 million = 200000000 CNY exact"]),
    ("¥200 million in Kobe", ["¥200 million = 200000000 JPY exact"]),
    ("up to $5bn and up to $10bn", ["up to $5bn = ..5000000000 USD up_to", "up to $10bn = ..10000000000 USD up_to"]),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES + HEDGES + RANGES + CONVERSIONS + TANGLES)
def test_a_sum_is_read_with_its_bounds_currency_and_quote(text: str, expected: list[str], rules: Rules) -> None:
    assert told(text, rules) == expected


@pytest.mark.parametrize("text", ["$-0'12.40", "$1,23.4 million", "$0'12.40$"])
def test_a_number_with_odd_separators_breaks_nothing(text: str, rules: Rules) -> None:
    assert all(money.text in text for money in find_money(text, rules))


@pytest.mark.parametrize("text", NO_SUMS)
def test_what_is_no_sum_is_left_out(text: str, rules: Rules) -> None:
    assert told(text, rules) == []


def test_the_rule_of_a_sum_names_all_that_had_a_part_in_it(rules: Rules) -> None:
    (mention,) = find_money("more than $51 million, or Rs 403 crore", rules)
    assert mention.rule == "money.more_than+money.dollar+money.million+money.conversion"


def test_whole_sums_are_integers(rules: Rules) -> None:
    (mention,) = find_money("$1.17 billion", rules)
    assert mention.value == Money(1_170_000_000, 1_170_000_000, "USD", "exact")
    assert isinstance(mention.value.min, int)


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        (Money(800_000_000, 800_000_000, "USD", "exact"), "800000000 USD exact"),
        (Money(1_000_000_000, None, "USD", "at_least"), "1000000000.. USD at_least"),
        (Money(None, 5, "EUR", "up_to"), "..5 EUR up_to"),
        (Money(1, 2, "EUR", "range"), "1..2 EUR range"),
    ],
)
def test_money_is_rendered_for_examples(money: Money, expected: str) -> None:
    assert render(money) == expected


@pytest.mark.parametrize(
    "unit", ["$1-", "1,", "$1,111,", "more than ", "$1 (€2, ", "¥1 ", "hundred million ", "€", " "]
)
def test_hostile_text_takes_linear_time(unit: str, rules: Rules) -> None:
    """Eight times the text may take some twenty times as long, never the sixty-four times of quadratic work."""

    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        start = time.process_time()
        find_money(text, rules)
        return time.process_time() - start

    seconds(1000)
    assert seconds(20_000) < 20 * seconds(2_500) + 0.2
