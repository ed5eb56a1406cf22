"""Comparing two output sets: what counts as a change, how it is told, and the JUnit file for CI servers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from aifund.errors import UsageError
from aifund.model import Result
from aifund.output.changes import Differences
from aifund.output.compare import compare, junit_xml, render
from aifund.output.publish import publish
from output_samples import BILLION, EVENT, KESTREL, MILLIONS, MOONRISE, MORNING, RESULT, article, second, with_event

BOTH = replace(RESULT, events=(EVENT, second()))


@pytest.fixture
def differ(tmp_path: Path) -> Differ:
    return Differ(tmp_path)


class Differ:
    """Publishes two results and compares the folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, old: Result, new: Result) -> Differences:
        publish(old, self.folder / "old")
        publish(new, self.folder / "new")
        return compare(self.folder / "old", self.folder / "new")

    def lines(self, old: Result, new: Result) -> list[str]:
        return render(self(old, new)).splitlines()


def test_equal_sets_have_no_differences(differ: Differ) -> None:
    differences = differ(RESULT, RESULT)
    assert not differences
    assert render(differences) == "equal: 1 events, 3 articles\n"


def test_versions_do_not_count(differ: Differ) -> None:
    assert not differ(RESULT, replace(RESULT, versions={"aifund": "9.9"}))


def test_a_changed_value_shows_cell_by_cell(differ: Differ) -> None:
    assert differ.lines(RESULT, with_event(amount=MILLIONS, amount_usd=800_000_000)) == [
        "~ lunar-labs-series-b-2024 amount: 1000000000 → 800000000",
        "~ lunar-labs-series-b-2024 amount_min: 1000000000 → 800000000",
        "~ lunar-labs-series-b-2024 amount_max: (empty) → 800000000",
        "~ lunar-labs-series-b-2024 amount_qualifier: more_than → exact",
        "~ lunar-labs-series-b-2024 amount_usd: 1000000000 → 800000000",
        "events: 1 changed; articles: equal",
    ]


def test_gained_and_lost_events(differ: Differ) -> None:
    assert differ.lines(RESULT, BOTH)[0] == (
        "+ lunar-labs-seed-2024 Lunar Labs, seed, closed, 2000000, USD, 2024-02, morning"
    )
    assert differ.lines(BOTH, RESULT)[0].startswith("- lunar-labs-seed-2024 Lunar Labs")
    assert differ.lines(BOTH, RESULT)[-1] == "events: 1 lost; articles: equal"


def test_an_event_under_another_id_is_not_lost_and_gained(differ: Differ) -> None:
    assert differ.lines(RESULT, with_event(id="lunar-labs-series-b-2023", status="rumored")) == [
        "> lunar-labs-series-b-2024 → lunar-labs-series-b-2023 (the id follows)",
        "~ lunar-labs-series-b-2023 status: closed → rumored",
        "events: 1 under another id; articles: equal",
    ]


def test_of_several_events_of_the_same_articles_the_most_alike_follow(differ: Differ) -> None:
    debt = second(id="lunar-labs-debt-2024", round="debt")
    old = replace(RESULT, events=(second(), debt))
    new = replace(RESULT, events=(second(id="a-seed"), replace(debt, id="z-debt")))
    differences = differ(old, new)
    assert {(change.earlier, change.id) for change in differences.events} == {
        ("lunar-labs-seed-2024", "a-seed"),
        ("lunar-labs-debt-2024", "z-debt"),
    }


def test_an_event_follows_with_some_of_its_articles_or_under_another_name_of_its_target(differ: Differ) -> None:
    fewer = replace(EVENT, id="another", reports=(MOONRISE,), articles=("moonrise",), conflicts=())
    renamed = replace(MOONRISE, target=replace(MOONRISE.target, id="birch-ventures"))
    for event in (fewer, replace(fewer, target=renamed.target, reports=(renamed,))):
        (change,) = differ(RESULT, replace(RESULT, events=(event,))).events
        assert (change.kind, change.earlier, change.id) == ("follows", EVENT.id, "another")


def test_another_target_of_the_same_article_does_not_follow(differ: Differ) -> None:
    kestrel = replace(MOONRISE.target, id="kestrel-capital", name="Kestrel Capital", as_written=("Kestrel",))
    other = replace(EVENT, id="another", target=kestrel, reports=(replace(MORNING, target=kestrel),), conflicts=())
    changes = differ(RESULT, replace(RESULT, events=(replace(other, articles=("morning",)),))).events
    assert [change.kind for change in changes] == ["gained", "lost"]


def test_events_that_became_one_follow_it(differ: Differ) -> None:
    parted = replace(EVENT, reports=(MOONRISE,), articles=("moonrise",), publishers=1)
    differences = differ(replace(RESULT, events=(parted, second())), RESULT)
    assert [(change.kind, change.earlier, change.id) for change in differences.events] == [
        ("changed", "", EVENT.id),
        ("follows", "lunar-labs-seed-2024", EVENT.id),
    ]


def test_ids_that_change_places_follow_their_events(differ: Differ) -> None:
    seed = second()
    swapped = (replace(seed, id=EVENT.id), replace(EVENT, id=seed.id, reports=(MOONRISE,), articles=("moonrise",)))
    old = replace(RESULT, events=(seed, replace(EVENT, reports=(MOONRISE,), articles=("moonrise",))))
    changes = differ(old, replace(RESULT, events=swapped)).events
    assert {(change.kind, change.earlier, change.id) for change in changes} == {
        ("follows", seed.id, EVENT.id),
        ("follows", EVENT.id, seed.id),
    }


def test_articles_that_no_longer_support_an_event(differ: Differ) -> None:
    lines = differ.lines(RESULT, with_event(reports=(MOONRISE,), articles=("moonrise",), publishers=1))
    assert "~ lunar-labs-series-b-2024 articles: moonrise; morning → moonrise" in lines
    assert "~ lunar-labs-series-b-2024 publishers: 2 → 1" in lines


def test_what_one_article_says_is_compared_even_where_the_event_stays(differ: Differ) -> None:
    lines = differ.lines(RESULT, with_event(reports=(MOONRISE, replace(MORNING, date=None))))
    assert lines[0] == "~ lunar-labs-series-b-2024 morning says date: 2024-02 → (empty)"


def test_an_investors_cheque_is_compared(differ: Differ) -> None:
    paid = with_event(investors=(replace(KESTREL, amount=BILLION), EVENT.investors[1]))
    assert differ.lines(RESULT, paid)[0] == (
        "~ lunar-labs-series-b-2024 kestrel-capital amount: (empty) → 1000000000.. USD more_than"
    )


def test_outcomes_of_articles(differ: Differ) -> None:
    rows = RESULT.articles
    changed = replace(RESULT, articles=(*rows[:2], article("weather", outcome="unreadable", reason="not text")))
    assert differ.lines(RESULT, changed) == [
        "~ article weather outcome: no_event → unreadable",
        "~ article weather reason: (empty) → not text",
        "events: equal; articles: 1 changed",
    ]
    assert differ.lines(RESULT, replace(RESULT, articles=rows[:2]))[0].startswith("- article weather no_event")


def test_text_out_of_articles_cannot_steer_a_terminal(differ: Differ) -> None:
    odd = article("weather", title="a\x1b[31m\nb")
    lines = differ.lines(RESULT, replace(RESULT, articles=(*RESULT.articles[:2], odd)))
    assert lines[0] == "~ article weather title: On weather → a\ufffd[31m b"


def test_a_folder_that_is_no_output(tmp_path: Path) -> None:
    publish(RESULT, tmp_path / "old")
    with pytest.raises(UsageError, match="does not exist"):
        compare(tmp_path / "old", tmp_path / "new")


class TestJUnit:
    def test_a_case_for_every_event_and_article_and_a_failure_for_every_change(self, differ: Differ) -> None:
        changed = replace(BOTH, events=(replace(EVENT, status="in_talks"), second(id="lunar-labs-angel-2024")))
        root = ElementTree.fromstring(junit_xml(differ(BOTH, changed)).encode())
        assert root.tag == "testsuites"
        assert (root.get("tests"), root.get("failures")) == ("5", "2")
        events, articles = root
        assert [suite.get("name") for suite in root] == ["aifund.events", "aifund.articles"]
        assert (events.get("tests"), events.get("failures"), articles.get("failures")) == ("2", "2", "0")
        failures = {case.get("name"): case.find("failure") for case in events}
        follows, status = failures["lunar-labs-angel-2024"], failures["lunar-labs-series-b-2024"]
        assert follows is not None
        assert follows.get("message") == "was lunar-labs-seed-2024"
        assert status is not None
        assert (status.get("type"), status.text) == ("changed", "status: closed → in_talks")

    def test_equal_sets_pass(self, differ: Differ) -> None:
        root = ElementTree.fromstring(junit_xml(differ(RESULT, RESULT)).encode())
        assert root.get("failures") == "0"
        assert root.findall(".//failure") == []
        assert len(root.findall(".//testcase")) == 4

    def test_counts_are_those_of_the_cases(self, differ: Differ) -> None:
        root = ElementTree.fromstring(junit_xml(differ(BOTH, RESULT)).encode())
        for suite in root:
            assert suite.get("tests") == str(len(suite.findall("testcase")))
            assert suite.get("failures") == str(len(suite.findall("testcase/failure")))

    def test_characters_that_xml_forbids_are_replaced(self, differ: Differ) -> None:
        odd = article("weather", title="bell \x07 <&> \ud800")
        xml = junit_xml(differ(RESULT, replace(RESULT, articles=(*RESULT.articles[:2], odd))))
        failure = ElementTree.fromstring(xml.encode()).find(".//failure")
        assert failure is not None
        assert failure.text == "title: On weather → bell \ufffd <&> \ufffd"
