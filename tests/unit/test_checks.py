"""What breaks a check, what does not, and how checks.yaml files lie over each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import aifund as verbs
from aifund.checks.breaches import breaches, hold
from aifund.checks.load import load
from aifund.errors import CheckFailed, RulesError
from aifund.model import Money, Result, When
from aifund.output.build import document
from output_samples import EVENT, MILLIONS, MOONRISE, MORNING, RESULT, VALUE, article, with_event


def broken(result: Result, folder: Path, checks: str = "") -> list[str]:
    """The breaches of a result, by the shipped checks under `checks`."""
    file = folder / "own.yaml"
    file.write_text(checks or "accept: []", encoding="utf-8")
    made = document(result)
    return list(breaches(load(file=file), made.events, made.articles))


def several(count: int, **changed: object) -> Result:
    events = [replace(EVENT, id=f"event-{number}", **changed) for number in range(count)]  # type: ignore[arg-type]
    return replace(RESULT, events=tuple(events))


def told(*reports: tuple[str, Money]) -> Result:
    """An event of which each article tells a sum, the first of them being the event's."""
    made = tuple(replace(MOONRISE, article=name, amount=money, evidence=MORNING.evidence) for name, money in reports)
    names = tuple(name for name, _ in reports)
    event = replace(EVENT, amount=reports[0][1], reports=made, articles=names)
    rows = tuple(replace(article("morning"), article=name, publisher=name) for name in names)
    return replace(RESULT, events=(event,), articles=rows)


def test_the_verb_publishes_nothing_that_breaks_a_check(tmp_path: Path) -> None:
    wild = with_event(amount=Money(10**13, None, "USD", "more_than"), amount_usd=10**13)
    with pytest.raises(CheckFailed, match=r"^nothing published, the tables break a check\n  most_amount_usd is"):
        verbs.publish(wild, tmp_path / "output")
    assert not (tmp_path / "output").exists()
    (tmp_path / "own").mkdir()
    (tmp_path / "own/checks.yaml").write_text("most_amount_usd: off")
    verbs.publish(wild, tmp_path / "output", rules=tmp_path / "own")
    (tmp_path / "checks.yaml").write_text("least_events: 2")
    with pytest.raises(CheckFailed, match="least_events is 2"):
        verbs.publish(wild, tmp_path / "output", rules=tmp_path / "own", checks=tmp_path / "checks.yaml")


class TestShipped:
    def test_small_and_empty_tables_hold(self, tmp_path: Path) -> None:
        assert broken(RESULT, tmp_path) == []
        assert broken(Result((), (), ()), tmp_path) == []

    def test_a_round_of_ten_trillion(self, tmp_path: Path) -> None:
        (line,) = broken(with_event(amount=Money(10**13, None, "USD", "more_than"), amount_usd=10**13), tmp_path)
        assert line == (
            "most_amount_usd is 9,000,000,000,000: lunar-labs-series-b-2024 has the amount more than "
            '10,000,000,000,000 USD, says moonrise ("over $1 billion"); morning ("$800 million")'
        )

    def test_the_upper_end_of_a_range_counts(self, tmp_path: Path) -> None:
        wide = Money(10**9, 10**13, "USD", "range")
        assert len(broken(with_event(amount=wide, amount_usd=None), tmp_path)) == 1

    def test_a_valuation_out_of_the_world(self, tmp_path: Path) -> None:
        value = replace(VALUE, money=Money(3 * 10**13, 3 * 10**13, "EUR"))
        (line,) = broken(with_event(valuation=value, valuation_usd=3.3 * 10**13), tmp_path)
        assert line.startswith("most_valuation_usd is 20,000,000,000,000: lunar-labs-series-b-2024 has the valuation ")

    def test_a_date_in_a_far_future(self, tmp_path: Path) -> None:
        (line,) = broken(with_event(date=When("2204", date(2204, 1, 1), date(2204, 12, 31))), tmp_path)
        assert line == (
            "most_days_ahead is 3653: lunar-labs-series-b-2024 has the date 2204, its newest article is of 2024-03-07, "
            'says moonrise ("In February"); morning'
        )

    def test_an_expected_date_holds(self, tmp_path: Path) -> None:
        assert broken(with_event(date=When("2025", date(2025, 1, 1), date(2025, 12, 31))), tmp_path) == []

    def test_a_sum_that_two_others_tell_ten_times_smaller(self, tmp_path: Path) -> None:
        ten_times = Money(8_000_000_000, 8_000_000_000, "USD")
        (line,) = broken(told(("a", ten_times), ("b", MILLIONS), ("c", MILLIONS)), tmp_path)
        assert line == (
            "slip_voices is 2: lunar-labs-series-b-2024 has the amount 8,000,000,000 USD, "
            'says a ("$800 million"), but b ("$800 million"); c ("$800 million") tell otherwise'
        )

    @pytest.mark.parametrize(
        "others",
        [
            [("b", MILLIONS)],  # a word against a word
            [("b", MILLIONS), ("c", MILLIONS), ("d", Money(8_000_000_000, 8_000_000_000, "USD"))],
            [("b", Money(850_000_000, 850_000_000, "USD")), ("c", Money(850_000_000, 850_000_000, "USD"))],
            [("b", Money(800_000_000, 800_000_000, "CNY")), ("c", Money(800_000_000, 800_000_000, "CNY"))],
        ],
    )
    def test_what_is_an_ordinary_conflict(self, others: Sequence[tuple[str, Money]], tmp_path: Path) -> None:
        assert broken(told(("a", Money(8_000_000_000, 8_000_000_000, "USD")), *others), tmp_path) == []

    def test_a_large_table_without_sums(self, tmp_path: Path) -> None:
        assert broken(several(199, amount=None), tmp_path) == []
        (line,) = broken(several(200, amount=None), tmp_path)
        assert line == "least_amounts is 0.01: events.csv has one in 0 of 200 rows"


class TestOwn:
    def test_many_inputs_of_which_hardly_one_can_be_read(self, tmp_path: Path) -> None:
        rows = [article("morning", article=f"{n}", outcome="unreadable", reason="empty") for n in range(100)]
        result = Result((), (), tuple(rows))
        (line,) = broken(result, tmp_path, "most_unreadable: 0.9")
        assert line == "most_unreadable is 0.9: articles.csv has 100 of 100 rows unreadable; the first is 0: empty"
        assert broken(replace(result, articles=tuple(rows[:99])), tmp_path, "most_unreadable: 0.9") == []
        assert broken(result, tmp_path) == []  # one torn file can hold them all

    @pytest.mark.parametrize(
        ("checks", "line"),
        [
            ("least_events: 2", "least_events is 2: events.csv has 1 rows"),
            ("most_events: 0", "most_events is 0: events.csv has 1 rows"),
            ("least_amount_usd: 2_000_000_000", "least_amount_usd is 2,000,000,000: lunar-labs-series-b-2024 has "),
            ("most_amount_usd: 999999999", "most_amount_usd is 999,999,999: lunar-labs-series-b-2024 has the amount "),
            ("most_valuation_usd: 1000", "most_valuation_usd is 1,000: lunar-labs-series-b-2024 has the valuation "),
        ],
    )
    def test_bounds(self, checks: str, line: str, tmp_path: Path) -> None:
        (found,) = broken(RESULT, tmp_path, checks)
        assert found.startswith(line)

    def test_shares_of_filled_cells_in_small_tables_too(self, tmp_path: Path) -> None:
        strict = "filled_from: 1\nleast_dates: 1\nleast_amounts: 0.5"
        assert broken(RESULT, tmp_path, strict) == []
        (line,) = broken(with_event(date=None), tmp_path, strict)
        assert line == "least_dates is 1: events.csv has one in 0 of 1 rows"

    def test_a_single_word_against_another(self, tmp_path: Path) -> None:
        slip = told(("a", Money(8_000_000_000, 8_000_000_000, "USD")), ("b", MILLIONS))
        assert len(broken(slip, tmp_path, "slip_voices: 1")) == 1
        assert broken(slip, tmp_path, "slip_voices: 1\nslip_factors: [100]") == []

    def test_off_drops_a_check_and_the_others_stay(self, tmp_path: Path) -> None:
        wild = with_event(
            amount=Money(10**13, 10**13, "USD"), amount_usd=10**13, date=When("2204", *[date(2204, 1, 1)] * 2)
        )
        (line,) = broken(wild, tmp_path, "most_amount_usd: off")
        assert line.startswith("most_days_ahead")

    def test_an_accepted_event_is_let_through(self, tmp_path: Path) -> None:
        wild = with_event(amount=Money(10**13, 10**13, "USD"), amount_usd=10**13)
        assert broken(wild, tmp_path, f"accept: [{EVENT.id}]") == []

    def test_a_file_lies_over_the_folder_of_rules_which_lies_over_the_shipped(self, tmp_path: Path) -> None:
        (tmp_path / "checks.yaml").write_text("most_events: 5\nleast_events: 1")
        (tmp_path / "file.yaml").write_text("most_events: 7")
        checks = load(tmp_path, tmp_path / "file.yaml")
        assert (checks.most_events, checks.least_events, checks.slip_voices) == (7, 1, 2)

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("accept: []\nmost_event: 3", ":2: unknown key 'most_event'"),
            ("\nmost_events: many", ":2: most_events: "),
            ("least_amounts: 2", ":1: least_amounts: "),
            ("slip_factors: [10, 1]", ":1: slip_factors: "),
            ("slip_voices: 0", ":1: slip_voices: "),
            ("most_events: -1", ":1: most_events: "),
            ("- a", ":1: must be a mapping"),
            ("most_events: 1\nmost_events: 2", ":2: duplicate key 'most_events'"),
            ("", ":1: the file is empty"),
        ],
    )
    def test_a_fault_is_told_with_its_line(self, text: str, problem: str, tmp_path: Path) -> None:
        (tmp_path / "own.yaml").write_text(text)
        with pytest.raises(RulesError) as caught:
            load(file=tmp_path / "own.yaml")
        assert str(caught.value).startswith(f"{tmp_path}/own.yaml{problem}")


def test_all_breaches_are_told_and_many_are_cut(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("most_amount_usd: 5")
    made, checks = document(several(30)), load(file=tmp_path / "own.yaml")
    with pytest.raises(CheckFailed, match="nothing published, the tables break 30 checks") as caught:
        hold(checks, made.events, made.articles)
    lines = str(caught.value).splitlines()
    assert (len(lines), lines[21]) == (24, "  and 10 more")
    assert "put its id under `accept` in a checks.yaml" in lines[22]


def test_the_readmes_example_loads(root: Path, tmp_path: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(least_events.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    (tmp_path / "checks.yaml").write_text(example, encoding="utf-8")
    assert load(tmp_path).accept == ("moonshot-ai-series-b-2024",)
