"""`aifund why`: what stands behind a value, told to people."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aifund.errors import UsageError
from aifund.model import Compute, Conflict, Evidence, Money, Report, When
from aifund.output.methods import METHODS
from aifund.output.publish import publish
from aifund.output.why import FIELDS, why
from output_samples import EVENT, MOONRISE, MORNING, RESULT, second, with_event


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish(RESULT, tmp_path / "output")
    return tmp_path / "output"


def told(folder: Path, field: str) -> list[str]:
    """The lines on one field, without the headline."""
    return why(folder, EVENT.id, field).splitlines()[2:]


def test_a_figure_in_conflict(folder: Path) -> None:
    assert told(folder, "amount") == [
        "amount: more than 1,000,000,000 USD",
        "  taken because nothing else decides, it is later",
        "  moonrise: more than 1,000,000,000 USD",
        '    "over $1 billion" (amount in text 30-45, rule money.dollar+hedge.over)',
        "  morning: 800,000,000 USD (not taken)",
        '    "$800 million" (amount in text 27-39, rule money.dollar)',
    ]


def test_the_headline_tells_the_event(folder: Path) -> None:
    assert why(folder, EVENT.id, "round").splitlines()[0] == (
        "lunar-labs-series-b-2024: Lunar Labs, series_b, closed, more than 1,000,000,000 USD, "
        "2,500,000,000 EUR = 2,700,000,000 USD, post-money, 2024-02 (2024-02-01 to 2024-02-29)"
    )


def test_a_date_that_rests_on_the_publication(folder: Path) -> None:
    assert told(folder, "date")[-1] == "    by its publication date (rule date.published)"


@pytest.mark.parametrize("method", METHODS)
def test_a_method_of_code_is_described_where_it_found_the_value(method: str, tmp_path: Path) -> None:
    ours = Evidence("target", "text", 12, 22, "Lunar Labs", f"{method}+name.target")
    reports = (replace(EVENT.reports[0], evidence=(ours,)), *EVENT.reports[1:])
    publish(with_event(reports=reports), tmp_path / "output")
    line = f'    "Lunar Labs" (target in text 12-22, rule {method}+name.target: {METHODS[method]})'
    assert line in told(tmp_path / "output", "target")


def test_the_names_of_the_target(folder: Path) -> None:
    lines = told(folder, "target")
    assert lines[0] == "target: Lunar Labs (lunar-labs), an AI company: yes"
    assert lines[-2:] == [
        '  "Lunar Labs" is Lunar Labs by key: the name itself',
        '  "The moon laboratory" is Lunar Labs by alias: declared in the catalogue; rejected: Moon Lab Coffee',
    ]


def test_one_investor(folder: Path) -> None:
    lines = told(folder, "investor.kestrel-capital")
    assert lines[0] == "investor: Kestrel Capital (kestrel-capital), lead"
    assert '    "led by" (lead.kestrel-capital in text 60-66, rule lead.led)' in lines
    assert lines[-2:] == [
        "  part of kestrel-group",
        '  "Kestrel" is Kestrel Capital by alias: short for Kestrel Capital',
    ]
    assert not any("Birch" in line for line in lines)


def test_all_investors_with_their_cheques(folder: Path) -> None:
    lines = told(folder, "investors")
    assert "investor: Birch Ventures (birch-ventures), participant, 5,000,000 to 7,000,000 CNY" in lines


def test_compute_is_told_in_percent_with_its_words(folder: Path, tmp_path: Path) -> None:
    assert told(folder, "compute")[0] == 'compute: 80 % of the round ("80% of it as cloud credits")'
    mostly = Compute(0.5, 1, "mostly compute", Money(5, 5, "USD"), "investor")
    publish(with_event(compute=mostly), tmp_path / "mostly")
    assert told(tmp_path / "mostly", "compute")[0] == (
        'compute: 50 to 100 % of an investor\'s money, 5 USD ("mostly compute")'
    )


def test_articles_and_conflicts(folder: Path) -> None:
    points = "(support 2: time 2, sum -1, investors 1)"
    assert told(folder, "articles") == [
        "articles: 2, independent publishers: 2",
        "  moonrise: The Moonrise Post, 2024-03-07, On moonrise",
        f"    joined by the month, the investors Kestrel Capital, Birch Ventures {points}",
        "  morning: The Morning Post, 2024-03-07, On morning",
        f"    joined by the month, the investors Birch Ventures, Kestrel Capital {points}",
    ]
    assert told(folder, "conflicts") == ["conflicts: amount", f"  amount: {EVENT.conflicts[0].because}"]


def test_other_events_of_the_target_are_told_with_what_kept_them_apart(tmp_path: Path) -> None:
    seed = second(date=When("2022", date(2022, 1, 1), date(2022, 12, 31)), investors=())
    publish(replace(RESULT, events=(EVENT, seed)), tmp_path / "output")
    assert told(tmp_path / "output", "articles")[-1] == (
        "  kept apart from lunar-labs-seed-2024: another round (seed), another sum (up to 2,000,000 USD), "
        "another time (2022 (2022-01-01 to 2022-12-31)), they name two rounds, their sums differ more than 3-fold"
    )


def test_what_kept_events_apart_is_asked_of_the_merge_itself(tmp_path: Path) -> None:
    def kept_apart(*reports: Report, **changes: Any) -> str:
        other = second(reports=reports, **changes)
        publish(replace(RESULT, events=(EVENT, other)), tmp_path / "output")
        return told(tmp_path / "output", "articles")[-1].partition("lunar-labs-seed-2024: ")[2]

    vague = replace(MORNING, article="weather", round=None, amount=None, investors=(), date=None)
    assert kept_apart(vague).endswith("too little in common (support 0)")
    assert kept_apart(replace(vague, round="series_b")).endswith("fits its own event better (support here 2: round 2)")
    doubt = Conflict("event_id", (("lunar-labs-seed-2024", ("weather",)), (EVENT.id, ("weather",))), EVENT.id, "why")
    assert kept_apart(vague, conflicts=(doubt,)).endswith("it may be the same event (see conflicts)")


def test_a_deal_told_as_done_has_no_word_that_says_so(folder: Path) -> None:
    assert told(folder, "status")[-1] == "    told as done: no word of talks, rumours or a denial"


@pytest.mark.parametrize(
    ("field", "because"),
    [
        ("round", "it is the only value told"),
        ("valuation", "it is the only value told"),
        ("status", "all 2 articles that tell it agree"),
        ("date", "all 2 articles that tell it agree"),
    ],
)
def test_a_value_without_conflict_says_why_it_was_taken(folder: Path, field: str, because: str) -> None:
    assert told(folder, field)[1] == f"  taken because {because}"


def test_of_values_that_can_all_be_right_the_step_of_the_policy_is_told(tmp_path: Path) -> None:
    rumour = replace(MORNING, status="rumored", date=When("2024-02-09", date(2024, 2, 9), date(2024, 2, 9)))
    for name, reports, taken in (
        ("stated", (MOONRISE, rumour), EVENT.date),
        ("fresh", (MOONRISE, rumour), rumour.date),
    ):
        publish(with_event(reports=reports, date=taken), tmp_path / name)
    assert told(tmp_path / "stated", "status")[1].endswith("closed before talks, talks before rumours")
    assert told(tmp_path / "stated", "date")[1].endswith("the most precise of values that can all be right")
    assert told(tmp_path / "fresh", "date")[1].endswith("the first day on which one tells it as news")


def test_a_value_that_nobody_states(tmp_path: Path) -> None:
    bare = with_event(valuation=None, valuation_usd=None, reports=EVENT.reports[1:], conflicts=())
    publish(bare, tmp_path / "output")
    assert told(tmp_path / "output", "valuation") == ["valuation: nobody says"]
    assert told(tmp_path / "output", "conflicts") == ["conflicts: none, the articles agree"]


def test_without_a_field_everything_is_told(folder: Path) -> None:
    everything = why(folder, EVENT.id)
    for field in FIELDS:
        assert "\n".join(told(folder, field)) in everything


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("amount_usd", "amount"),
        ("currency", "amount"),
        ("valuation_basis", "valuation"),
        ("compute_share_min", "compute"),
        ("date_max", "date"),
        ("target_id", "target"),
        ("ai", "target"),
        ("lead_investors", "investors"),
        ("publishers", "articles"),
    ],
)
def test_columns_of_events_csv_are_fields_too(column: str, field: str, folder: Path) -> None:
    assert told(folder, column) == told(folder, field)


def test_every_field_of_evidence_csv_can_be_asked_for(folder: Path) -> None:
    assert told(folder, "lead.kestrel-capital") == told(folder, "investor.kestrel-capital")
    with (folder / "evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert told(folder, row["field"]), row


def test_evidence_of_what_is_no_value_of_the_event_can_be_asked_for(tmp_path: Path) -> None:
    one = Evidence("lead.merged-away", "text", 0, 4, "Moon", "lead.led")
    report = replace(EVENT.reports[0], evidence=(*EVENT.reports[0].evidence, one))
    publish(with_event(reports=(report, *EVENT.reports[1:])), tmp_path / "output")
    lines = told(tmp_path / "output", "lead.merged-away")
    assert lines[0] == "lead.merged-away: in no value of the event"
    assert '    "Moon" (lead.merged-away in text 0-4, rule lead.led)' in lines


def test_an_unknown_event_tells_the_nearest_ids(folder: Path) -> None:
    with pytest.raises(UsageError, match="did you mean lunar-labs-series-b-2024"):
        why(folder, "lunar-labs-series-2024")
    with pytest.raises(UsageError, match=r"events\.csv lists the ids"):
        why(folder, "?")


def test_an_unknown_field_tells_those_that_there_are(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"target, investors, round.*investor\.kestrel-capital"):
        why(folder, EVENT.id, "amount_in_gold")
    with pytest.raises(UsageError, match="there is no field"):
        why(folder, EVENT.id, "investor.nobody")


def test_there_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        why(tmp_path / "output", EVENT.id)
