"""Dates in running text: what is found, which days it names, and what is left alone."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aifund.errors import RulesError
from aifund.language.dates import find_dates
from aifund.language.dates_check import emitted
from aifund.language.dates_rules import DateRule, DateRules
from aifund.language.text import matching
from aifund.rules import default_rules_dir, load
from aifund.rules.strict import parse, validate

RULES = load()
THURSDAY = date(2024, 3, 7)

DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
EDTF = re.compile(rf"(?:{DAY}|{MONTH}|\d{{4}})(?:/(?:{DAY}|{MONTH}|\d{{4}}))?|\d{{4}}-(?:2[1-4]|3[3-6])")


def found(text: str, reference: date | None = THURSDAY) -> dict[str, str]:
    return {mention.text: mention.value.edtf for mention in find_dates(matching(text), reference, RULES)}


def days(text: str, reference: date | None = THURSDAY) -> tuple[str, str]:
    (mention,) = find_dates(matching(text), reference, RULES)
    return mention.value.min.isoformat(), mention.value.max.isoformat()


@pytest.mark.parametrize(
    ("text", "edtf", "first", "last"),
    [
        ("on 5 March 2024", "2024-03-05", "2024-03-05", "2024-03-05"),
        ("on March 5, 2024", "2024-03-05", "2024-03-05", "2024-03-05"),
        ("on Tuesday, March 5, 2024", "2024-03-05", "2024-03-05", "2024-03-05"),
        ("on the 5th of March, 2024", "2024-03-05", "2024-03-05", "2024-03-05"),
        ("MARCH 5, 2024", "2024-03-05", "2024-03-05", "2024-03-05"),
        ("on April 10 , 2017 ,", "2017-04-10", "2017-04-10", "2017-04-10"),
        ("2024-03-05", "2024-03-05", "2024-03-05", "2024-03-05"),
        ("2024.05.13 01:46", "2024-05-13", "2024-05-13", "2024-05-13"),
        ("dated 05/13/2024", "2024-05-13", "2024-05-13", "2024-05-13"),
        ("dated 13/05/2024", "2024-05-13", "2024-05-13", "2024-05-13"),
        ("on 29 February 2024", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("in March 2024", "2024-03", "2024-03-01", "2024-03-31"),
        ("in Feb '24", "2024-02", "2024-02-01", "2024-02-29"),
        ("in 2023", "2023", "2023-01-01", "2023-12-31"),
        ("in Q1 2024", "2024-33", "2024-01-01", "2024-03-31"),
        ("in the fourth quarter of 2023", "2023-36", "2023-10-01", "2023-12-31"),
        ("in H1 2024", "2024-01/2024-06", "2024-01-01", "2024-06-30"),
        ("in the second half of 2023", "2023-07/2023-12", "2023-07-01", "2023-12-31"),
        ("in early 2023", "2023-01/2023-04", "2023-01-01", "2023-04-30"),
        ("in mid-2022", "2022-05/2022-08", "2022-05-01", "2022-08-31"),
        ("late in 2024", "2024-09/2024-12", "2024-09-01", "2024-12-31"),
        ("the end of 2023", "2023-11/2023-12", "2023-11-01", "2023-12-31"),
        ("by year-end 2023", "2023-11/2023-12", "2023-11-01", "2023-12-31"),
        ("in spring 2024", "2024-21", "2024-03-01", "2024-05-31"),
        ("in the fall of 2024", "2024-23", "2024-09-01", "2024-11-30"),
        ("in winter 2021", "2021-24", "2021-12-01", "2022-02-28"),
        ("in mid-February 2024", "2024-02-10/2024-02-20", "2024-02-10", "2024-02-20"),
        ("in late February 2024", "2024-02-21/2024-02-29", "2024-02-21", "2024-02-29"),
        ("between 2021 and 2023", "2021/2023", "2021-01-01", "2023-12-31"),
        ("between October 2023 and March 2024", "2023-10/2024-03", "2023-10-01", "2024-03-31"),
        ("held on March 5-7, 2024", "2024-03-05/2024-03-07", "2024-03-05", "2024-03-07"),
    ],
)
def test_a_date_with_a_year_needs_no_reference(text: str, edtf: str, first: str, last: str) -> None:
    assert list(found(text, None).values()) == [edtf]
    assert days(text, None) == (first, last)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("announced today", "2024-03-07"),
        ("announced yesterday", "2024-03-06"),
        ("said on Monday", "2024-03-04"),
        ("said on Thursday", "2024-03-07"),
        ("signed last Thursday", "2024-02-29"),
        ("said Friday it had closed", "2024-03-01"),
        ("opens next Monday", "2024-03-11"),
        ("on Tuesday last week", "2024-02-27"),
        ("over the weekend", "2024-03-02/2024-03-03"),
        ("this week", "2024-03-04/2024-03-10"),
        ("last week", "2024-02-26/2024-03-03"),
        ("a fortnight ago", "2024-02-19/2024-02-25"),
        ("this month", "2024-03"),
        ("last month", "2024-02"),
        ("earlier this month", "2024-03-01/2024-03-07"),
        ("next month", "2024-04"),
        ("three months ago", "2023-12"),
        ("this quarter", "2024-33"),
        ("last quarter", "2023-36"),
        ("this year", "2024"),
        ("earlier this year", "2024-01-01/2024-03-07"),
        ("later this year", "2024-03-07/2024-12-31"),
        ("last year", "2023"),
        ("early last year", "2023-01/2023-04"),
        ("two years ago", "2022"),
        ("the end of next year", "2025-11/2025-12"),
        ("in the past year", "2023-03-07/2024-03-07"),
        ("over the past 12 months", "2023-03-07/2024-03-07"),
        ("in the first two months of this year", "2024-01/2024-02"),
        ("in the first half of last year", "2023-01/2023-06"),
        ("in January", "2024-01"),
        ("in March", "2024-03"),
        ("in April", "2023-04"),
        ("in mid-February", "2024-02-10/2024-02-20"),
        ("in October last year", "2023-10"),
        ("last October", "2023-10"),
        ("last January", "2023-01"),
        ("this past January", "2024-01"),
        ("this spring", "2024-21"),
        ("last summer", "2023-22"),
        ("last winter", "2023-24"),
        ("this winter", "2024-24"),
        ("in the autumn", "2023-23"),
        ("On March 5, according to sources", "2024-03-05"),
        ("due on April 2", "2024-04-02"),
        ("signed on 20 December", "2023-12-20"),
        ("should close by the end of June", "2024-06-26/2024-06-30"),
        ("is planned for the summer", "2024-22"),
        ("its January seed round", "2024-01"),
        ("January's $5 million", "2024-01"),
    ],
)
def test_relative_words_count_from_the_article(text: str, edtf: str) -> None:
    assert list(found(text).values()) == [edtf]
    assert found(text, None) == {}


@pytest.mark.parametrize(
    ("text", "reference", "edtf"),
    [
        ("last June", "2024-07-09", "2023-06"),  # a June just past is "this June" or "in June"
        ("last spring", "2025-06-05", "2024-21"),
        ("last winter", "2025-01-10", "2023-24"),  # not the one that runs
        ("this winter", "2025-02-18", "2024-24"),
        ("in winter 2024", "2024-01-15", "2023-24"),
        ("in December", "2024-12-01", "2024-12"),
        ("last month", "2024-01-31", "2023-12"),
        ("last quarter", "2024-01-31", "2023-36"),
        ("on 29 February", "2026-01-10", "2024-02-29"),
        ("eighteen months ago", "2024-05-14", "2022-11"),
        ("over the weekend", "2024-03-09", "2024-03-09/2024-03-10"),
        ("the past three months", "2024-05-31", "2024-02-29/2024-05-31"),
    ],
)
def test_at_the_turn_of_periods(text: str, reference: str, edtf: str) -> None:
    assert list(found(text, date.fromisoformat(reference)).values()) == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "2000 employees",
        "in 2000 stores",
        "a team of 2000 engineers",
        "paid $2024",
        "built on GPT-2023",
        "version v2024.05.13",
        "in 2,024 cases",
        "in 2024-25",
        "dated 05/06/2024",
        "it may raise money",
        "soldiers march on",
        "said April Quandt",
        "led by April Quandt",
        "money from March Capital",
        "boards on monday.com",
        "the Sunday Courier",
        "every Friday",
        "a year later",
        "the same month",
        "in January of that year",
        "several weeks ago",
        "recently",
        "in today's market",
        "Quillon and Capital Today",
        "fiscal 2024",
        "in the year to June 2023",
        "at the end of the day",
    ],
)
def test_stays_silent(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Quillon, founded in 2019,",
        "established in Oslo in March 2019",
        "set up by Ada Quandt and two former engineers in early 2021",
        "Ada Quandt, born in 1990,",
        "an app launched in May 2022",
        "has raised $5 million since early 2015",
        "as of March 2024 it had 50 people",
        "more than two years ago",
        "expected before September 30",
        "the class of 2016",
    ],
)
def test_what_stands_before_can_tell_that_it_is_no_events_date(text: str) -> None:
    assert found(text) == {}


def test_since_a_day_or_month_is_when_it_happened() -> None:
    assert found("Quillon has been a unicorn since Tuesday") == {"Tuesday": "2024-03-05"}
    assert found("it has had the money since January") == {"January": "2024-01"}


def test_the_longest_reading_is_one_mention() -> None:
    text = "On Tuesday, March 5, 2024, and again between March 2022 and May 2023, it raised money."
    assert found(text) == {
        "Tuesday, March 5, 2024": "2024-03-05",
        "between March 2022 and May 2023": "2022-03/2023-05",
    }


def test_what_cannot_be_read_whole_is_read_in_part() -> None:
    assert found("In March 5.5% of it was sold") == {"March": "2024-03"}
    assert found("on 30 February 2024") == {"February 2024": "2024-02"}


def test_spans_are_code_points_and_rules_are_named() -> None:
    text = matching("Skogsråd — “naïve” 🤖 — raised it in May\u00a02023…")
    (mention,) = find_dates(text, None, RULES)
    assert text[mention.start : mention.end] == mention.text == "May 2023"
    assert (mention.kind, mention.rule) == ("date", "date.month_year+date.words.months")


def test_a_line_end_is_a_gap_but_a_blank_line_is_not() -> None:
    assert found("raised in March\n2023 with", None) == {"March\n2023": "2023-03"}
    assert found("raised in March\n\n2023 with", None) == {}


@pytest.mark.parametrize("rule", list(RULES.dates.rules()), ids=lambda rule: rule.id)
def test_rules_do_what_their_examples_say(rule: DateRule) -> None:
    for example in rule.examples:
        assert emitted(rule.id, example.text, example.reference, RULES) == example.emits, example.text
    reference = next((example.reference for example in rule.examples if example.reference), None)
    for text in rule.counterexamples:
        assert emitted(rule.id, text, reference, RULES) == {}, text


WORDS = """in on the of by last next this past between and to first two 12 half quarter year years month week ago today
March May Jan. 5 31 2023 2024 '24 Q3 H1 Monday weekend early mid-February late end-of spring winter , - . ( ) é"""


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join), st.dates(date(1995, 1, 1), date(2035, 12, 31))
)
def test_every_date_is_valid_edtf_with_its_days_in_order(text: str, reference: date) -> None:
    end = 0
    for mention in find_dates(text, reference, RULES):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        assert EDTF.fullmatch(mention.value.edtf), mention
        assert mention.value.min <= mention.value.max
        end = mention.end


@pytest.mark.parametrize("reference", [date.min, date.max, date.min + timedelta(days=400)])
def test_references_at_the_ends_of_time_do_no_harm(reference: date) -> None:
    text = "two years ago, last week, next year, in March, on Monday, last winter, tomorrow, the past 12 months"
    assert all(mention.value.min <= mention.value.max for mention in find_dates(text, reference, RULES))


def test_hostile_repetition_takes_linear_time() -> None:
    code = """
from datetime import date
from aifund.language.dates import find_dates
from aifund.rules import load
rules = load()
for piece in ("2023 ", "last ", "between 2021 and ", "March 5 ", "the end of the ", "1", " ", "(\\n"):
    find_dates(piece * 20_000, date(2024, 3, 7), rules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def broken(change: tuple[str, str]) -> str:
    content = (default_rules_dir() / "dates.yaml").read_text("utf-8")
    assert change[0] in content
    with pytest.raises(RulesError) as caught:
        validate(DateRules, parse(content.replace(*change, 1).encode(), "dates.yaml"))
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("    name: season\n", "    name: saison\n"), "unknown vocabulary 'saison'"),
        (("      elapsed: [", "      soon: ["), "unknown part 'soon'"),
        (("      21: [spring]", "      first: [spring]"), "'first' is no whole number"),
        (("pattern: '{deictic}'", "pattern: '{dyectic}'"), "date.deictic: unknown vocabulary 'dyectic'"),
        (("pattern: '{deictic}'", "pattern: '({deictic}'"), "date.deictic: bad pattern"),
        (("(?P<ago>ago)", "(?P<agone>ago)"), "date.ago: unknown group 'agone'"),
        (("    rank: 1\n", "    rang: 1\n"), "unknown key 'rang'"),
        (("        reference: 2024-03-07\n", "        reference: 2024-03-77\n"), "reference"),
    ],
)
def test_a_broken_rule_is_refused_with_its_line(change: tuple[str, str], message: str) -> None:
    told = broken(change)
    assert message in told
    assert re.match(r"dates\.yaml:\d\d+: ", told), told
