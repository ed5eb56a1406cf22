"""From reports to events: what belongs together, which value wins, what is told as a conflict.

`tell` writes one report, `merged` makes events of several. `merged` also merges every case in other orders and fails
if the outcome differs, so each test here is a test of order independence as well.
"""

from __future__ import annotations

import calendar
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from aifund.events.merge import merge
from aifund.events.rates import Rates
from aifund.model import (
    Ai,
    Article,
    Basis,
    Compute,
    Conflict,
    Event,
    Evidence,
    Money,
    Part,
    Party,
    Qualifier,
    Report,
    Status,
    Valuation,
    When,
)

RATES = Rates()
MILLION = 1_000_000


def m(amount: float, currency: str = "USD", qualifier: Qualifier = "exact") -> Money:
    """A sum in millions."""
    figure = round(amount * MILLION)
    low = None if qualifier in ("up_to", "less_than") else figure
    high = None if qualifier in ("at_least", "more_than") else figure
    return Money(low, high, currency, qualifier)


def over(amount: float, currency: str = "USD") -> Money:
    return m(amount, currency, "more_than")


def worth(money: Money, basis: Basis = "unspecified") -> Valuation:
    return Valuation(money, basis)


def share(low: float, high: float | None = None) -> Compute:
    return Compute(low, low if high is None else high, "in cloud credits")


def when(text: str) -> When:
    """A year, a month or a day."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return When(text, date(year, month or 1, day or 1), date(year, last_month, last_day))


def party(name: str, lead: bool = False, amount: Money | None = None, written: str = "") -> Party:
    key = name.lower().replace(" ", "-").replace(".", "-")
    return Party(name, (written or name,), key, "lead" if lead else "participant", amount)


def tell(
    article: str,
    *investors: Party | str,
    target: Party | str = "Brightloom",
    lead: str = "",
    round: str | None = None,
    status: Status = "closed",
    amount: Money | None = None,
    valuation: Valuation | None = None,
    compute: Compute | None = None,
    on: str = "",
    fresh: bool = False,
    ai: Ai = "unknown",
) -> Report:
    """What an article reports. `fresh`: its date is but that of the publication."""
    part: Part = "published" if fresh else "text"
    parties = [each if isinstance(each, Party) else party(each) for each in investors]
    return Report(
        article=article,
        target=target if isinstance(target, Party) else party(target),
        investors=(*((party(lead, lead=True),) if lead else ()), *parties),
        round=round,
        status=status,
        amount=amount,
        valuation=valuation,
        compute=compute,
        date=when(on) if on else None,
        ai=ai,
        evidence=(Evidence("date", part, -1, -1, on, "test"),) if on else (),
    )


def merged(
    *reports: Report, published: Mapping[str, str] | None = None, publishers: Mapping[str, str] | None = None
) -> list[Event]:
    articles = {
        report.article: Article(
            report.article,
            text=f"text of {report.article}",
            published=when(published[report.article]).min if published and report.article in published else None,
            publisher=(publishers or {}).get(report.article, ""),
        )
        for report in reports
    }
    events = merge(reports, articles, RATES)
    for seed in range(5):
        shuffled = random.Random(seed).sample(reports, len(reports))
        assert merge(shuffled, articles, RATES) == events, "the order of the reports makes a difference"
    told = [(report.article, report.target.id) for event in events for report in event.reports]
    assert set(told) == {(report.article, report.target.id) for report in reports}, "a report was lost"
    assert all(len(event.reports) == len(event.articles) for event in events), "an article speaks twice in one event"
    return events


def groups(events: list[Event]) -> list[str]:
    """The articles of each event, as "a b", sorted."""
    return sorted(" ".join(event.articles) for event in events)


def only(events: list[Event]) -> Event:
    assert len(events) == 1, groups(events)
    return events[0]


def conflict(event: Event, field: str) -> Conflict:
    return next(each for each in event.conflicts if each.field == field)


# What belongs together


def test_two_articles_about_one_round_are_one_event_with_everything_that_either_says() -> None:
    event = only(
        merged(
            tell("a", "Quarry Capital", lead="Fernhill", round="series_b", amount=m(40), on="2024-03-05"),
            tell("b", "Fernhill", "Ostrava Partners", round="series_b", valuation=worth(m(300), "post"), on="2024-03"),
        )
    )
    assert [(each.name, each.role) for each in event.investors] == [
        ("Fernhill", "lead"),
        ("Ostrava Partners", "participant"),
        ("Quarry Capital", "participant"),
    ]
    assert (event.amount, event.valuation, event.date) == (m(40), worth(m(300), "post"), when("2024-03-05"))
    assert (event.articles, event.publishers, event.conflicts) == (("a", "b"), 2, ())


def test_targets_are_kept_apart_by_their_id_and_not_by_how_they_are_written() -> None:
    loom = party("Brightloom", written="the bright loom")
    events = merged(
        tell("a", "Fernhill", target=loom, amount=m(40)),
        tell("b", "Fernhill", amount=m(40)),
        tell("c", "Fernhill", target="Brightlume", amount=m(40)),
    )
    assert groups(events) == ["a b", "c"]
    assert events[0].target.as_written == ("Brightloom", "the bright loom")


def test_successive_rounds_stay_apart_even_with_the_same_investor_sum_and_month() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_a", amount=m(40), on="2024-03"),
        tell("b", "Fernhill", round="series_b", amount=m(40), on="2024-03"),
        tell("c", "Fernhill", round="series_a_plus", amount=m(40), on="2024-03"),
    )
    assert groups(events) == ["a", "b", "c"]


def test_equity_and_debt_told_as_two_figures_are_two_events() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_c", amount=m(60), on="2024-03-05"),
        tell("a", "Lakeside Bank", round="debt", amount=m(25), on="2024-03-05"),
        tell("b", "Lakeside Bank", round="debt", amount=m(25), on="2024-03-06"),
    )
    assert groups(events) == ["a", "a b"]


def test_a_report_without_round_joins_the_round_that_its_sum_names() -> None:
    events = merged(
        tell("a", round="series_a", amount=m(12), on="2022-05"),
        tell("b", round="series_b", amount=m(40), on="2023-11"),
        tell("c", "Fernhill", amount=over(40)),
    )
    assert groups(events) == ["a", "b c"]


def test_a_report_without_round_never_links_two_rounds() -> None:
    events = merged(
        tell("a", round="series_a", on="2024-03-05"),
        tell("b", round="series_b", on="2024-03-05"),
        tell("c", amount=m(40), on="2024-03-05"),
    )
    assert groups(events) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("day", "together"),
    [("2024-03-20", True), ("2024-04-10", True), ("2024-05-20", False), ("2025-03-05", False)],
)
def test_investments_without_a_sum_meet_by_time_and_investor(day: str, together: bool) -> None:
    events = merged(tell("a", "Fernhill", on="2024-03-05"), tell("b", "Fernhill", on=day))
    assert (len(events) == 1) is together


@pytest.mark.parametrize(("day", "together"), [("2024-03-20", True), ("2024-04-10", False)])
def test_investments_by_different_investors_meet_in_one_month_only(day: str, together: bool) -> None:
    events = merged(tell("a", "Fernhill", on="2024-03-05"), tell("b", "Quarry Capital", on=day))
    assert (len(events) == 1) is together


@pytest.mark.parametrize(
    ("day", "together"),
    [("2024-08-20", True), ("2024-10-20", False)],  # 168 and 229 days later
)
def test_a_named_round_bears_half_a_year_and_no_more(day: str, together: bool) -> None:
    events = merged(tell("a", round="series_b", amount=m(40), on="2024-03-05"), tell("b", round="series_b", on=day))
    assert (len(events) == 1) is together


def test_one_round_with_one_sum_told_again_as_news_is_that_round_however_late() -> None:
    first, again = (
        tell(day, round="series_b", amount=m(40), on=day, fresh=True) for day in ("2024-03-05", "2025-03-05")
    )
    event = only(merged(first, again))
    assert event.date == when("2024-03-05")
    assert len(merged(first, tell("c", round="series_b", amount=m(40), on="2025-03-05"))) == 2


def test_a_round_named_again_as_news_without_its_sum_is_known_by_its_investor_and_says_nothing_of_the_time() -> None:
    talks = tell("t", lead="Fernhill", status="in_talks", amount=m(45), on="2024-02-03")
    first = tell("a", lead="Fernhill", round="series_a", amount=m(40), on="2024-03-05")
    again = tell("z", lead="Fernhill", round="series_a", on="2024-10-30", fresh=True)
    assert groups(merged(talks, first, again)) == ["a t z"]
    assert groups(merged(first, tell("z", lead="Larkin", round="series_a", on="2024-10-30", fresh=True))) == ["a", "z"]


def test_two_companies_of_one_name_stay_apart_by_sum_and_investors() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_b", amount=m(675), on="2024-03-05"),
        tell("b", "Fernhill", round="series_b", amount=m(675), on="2024-03-06"),
        tell("c", "Quarry Capital", round="series_b", amount=m(60), on="2024-03-07"),
    )
    assert groups(events) == ["a b", "c"]


def test_tranches_of_one_round_are_events_of_their_own_where_their_sums_differ() -> None:
    events = merged(
        tell("a", lead="Fernhill", round="series_b", amount=m(200), on="2023-12-20"),
        tell("b", lead="Fernhill", round="series_b", amount=m(200), on="2023-12-21"),
        tell("c", lead="Fernhill", round="series_b", amount=m(60), on="2024-03-01"),
    )
    assert groups(events) == ["a b", "c"]


@pytest.mark.parametrize(("amount", "together"), [(m(15), False), (m(18), True)])
def test_a_second_tranche_months_later_is_an_event_of_its_own(amount: Money, together: bool) -> None:
    first = tell("a", "Fernhill", round="series_b", amount=m(20), on="2025-03-01")
    second = tell("b", "Fernhill", round="series_b", amount=amount, on="2025-06-20")
    assert (len(merged(first, second)) == 1) is together


def test_the_total_of_several_cheques_stands_beside_them() -> None:
    events = merged(
        tell("a", "Fernhill", amount=m(400), on="2023-09-25"),
        tell("b", "Quarry Capital", amount=m(200), on="2023-10-27"),
        tell("c", "Fernhill", "Quarry Capital", amount=m(600), on="2023"),
    )
    assert groups(events) == ["a", "b", "c"]


def test_an_investor_that_pays_again_months_later_makes_another_event() -> None:
    first = tell("a", "Fernhill", amount=m(400, qualifier="up_to"), on="2023-09-25")
    assert groups(merged(first, tell("b", "Fernhill", amount=m(275), on="2024-03-27"))) == ["a", "b"]
    same = tell("b", "Fernhill", amount=m(400, qualifier="up_to"), on="2024-03-27")
    assert groups(merged(first, same)) == ["a b"]
    announced = replace(first, status="in_talks")
    assert groups(merged(announced, tell("b", "Fernhill", amount=m(275), on="2024-03-27"))) == ["a", "b"]


@pytest.mark.parametrize(("day", "together"), [("2024-06-20", True), ("2024-10-20", False)])
def test_talks_become_a_deal_within_months_for_about_the_sum(day: str, together: bool) -> None:
    talks = tell("a", lead="Fernhill", status="in_talks", amount=m(300), valuation=worth(m(2000)), on="2024-05-02")
    done = tell("b", lead="Fernhill", round="series_c", amount=m(320), valuation=worth(m(2100)), on=day)
    assert (len(merged(talks, done)) == 1) is together
    others = tell("b", "Larkin", amount=m(500), on=day)
    assert groups(merged(replace(talks, amount=over(300)), others)) == ["a", "b"]


def test_clearly_different_sums_keep_reports_apart_where_no_round_joins_them() -> None:
    events = merged(tell("a", "Fernhill", amount=m(40)), tell("b", "Fernhill", amount=m(55)))
    assert groups(events) == ["a", "b"]


def test_different_sums_in_one_week_are_one_event_in_conflict() -> None:
    event = only(merged(tell("a", amount=m(40), on="2024-03-05"), tell("b", amount=m(45), on="2024-03-07")))
    assert [each.field for each in event.conflicts] == ["amount", "date"]


def test_a_sum_many_times_larger_in_the_same_week_is_another_deal() -> None:
    events = merged(tell("a", "Fernhill", amount=m(40), on="2024-03-05"), tell("b", amount=m(400), on="2024-03-05"))
    assert groups(events) == ["a", "b"]


def test_an_extension_months_later_is_an_event_of_its_own() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_c", amount=m(100), on="2024-01-10"),
        tell("b", "Fernhill", round="series_c", amount=m(100), on="2024-01-12"),
        tell("c", "Fernhill", round="series_c", amount=m(8), on="2024-05-02"),
    )
    assert groups(events) == ["a b", "c"]
    assert [event.id for event in events] == ["brightloom-series-c-2024", "brightloom-series-c-2024-2"]


def test_an_extension_told_beside_its_round_is_an_event_of_its_own() -> None:
    events = merged(
        tell("a", round="series_c", amount=m(100), on="2024-01"),
        tell("b", round="series_c", amount=m(100), on="2024-01"),
        tell("b", round="series_c", amount=m(80)),
    )
    assert groups(events) == ["a b", "b"]


def test_a_second_report_of_one_article_that_adds_nothing_joins_the_first() -> None:
    told = tell("a", "Fernhill", round="series_b", amount=m(40), on="2024-03")
    assert groups(merged(told, tell("a", "Fernhill", on="2024-03"))) == ["a"]
    assert groups(merged(told, tell("a", "Fernhill", status="in_talks", on="2024-03"))) == ["a", "a"]


def test_a_shared_lead_decides_between_two_events_with_the_investor() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_a", amount=m(12), on="2022-05"),
        tell("b", lead="Fernhill", round="series_b", amount=m(40), on="2023-11"),
        tell("c", lead="Fernhill"),
    )
    assert groups(events) == ["a", "b c"]


def test_grants_recur_so_the_word_alone_does_not_join_them() -> None:
    events = merged(
        tell("a", round="grant", amount=m(1), on="2024-01-05"),
        tell("b", round="grant", amount=m(2), on="2024-02-10"),
        tell("c", round="grant", amount=m(2), on="2024-02-12"),
    )
    assert groups(events) == ["a", "b c"]


def test_what_fits_two_events_equally_well_stays_apart_together_with_its_like() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_b", on="2022-06"),
        tell("b", "Fernhill", round="series_b", on="2024-06"),
        tell("c", "Fernhill", round="series_b"),
        tell("d", "Fernhill", round="series_b"),
    )
    assert groups(events) == ["a", "b", "c d"]


def test_an_event_of_what_fits_two_others_says_so_among_its_conflicts() -> None:
    sure, also_sure, doubtful = merged(
        tell("a", "Fernhill", round="series_b", on="2022-06"),
        tell("b", "Fernhill", round="series_b", on="2024-06"),
        tell("c", "Fernhill", round="series_b"),
    )
    assert sure.conflicts == also_sure.conflicts == ()
    doubt = conflict(doubtful, "event_id")
    assert doubt.values == ((doubtful.id, ("c",)), (sure.id, ("c",)), (also_sure.id, ("c",)))
    assert doubt.chosen == doubtful.id == "brightloom-series-b-undated"
    assert doubt.because == f"c may as well tell of {sure.id} or {also_sure.id}: what fits several events stays apart"


def test_deals_under_way_have_the_time_of_their_article() -> None:
    reports = (
        tell("a", "Fernhill", round="series_b", on="2023-02"),
        tell("b", "Fernhill", round="series_b", on="2024-03-05"),
        tell("c", "Fernhill", round="series_b", status="in_talks"),
    )
    assert groups(merged(*reports, published={"c": "2024-02-20"})) == ["a", "b c"]


def test_what_is_told_as_done_does_not_lie_long_after_the_article() -> None:
    reports = (tell("a", "Fernhill", amount=m(40), on="2024-03-05"), tell("b", "Fernhill"))
    assert groups(merged(*reports, published={"b": "2024-03-04"})) == ["a b"]
    assert groups(merged(*reports, published={"b": "2023-03-04"})) == ["a", "b"]


# Background: "Fernhill has invested in Brightloom"


def test_background_joins_the_one_event_with_that_investor() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_a", amount=m(12), on="2022-05"),
        tell("b", "Quarry Capital", round="series_b", amount=m(40), on="2023-11"),
        tell("c", "Fernhill"),
        tell("d", "Fernhill", on="2022"),
    )
    assert groups(events) == ["a c d", "b"]


def test_background_that_fits_two_events_stays_apart() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_a", amount=m(12), on="2022-05"),
        tell("b", "Fernhill", round="series_b", amount=m(40), on="2023-11"),
        tell("c", "Fernhill"),
        tell("d", "Fernhill"),
    )
    assert groups(events) == ["a", "b", "c d"]


def test_background_with_an_investor_that_no_event_has_stays_apart() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_a", on="2022-05"),
        tell("b", "Fernhill", "Quarry Capital"),
    )
    assert groups(events) == ["a", "b"]


def test_background_does_not_close_a_deal_that_is_still_talked_about() -> None:
    events = merged(
        tell("a", "Fernhill", status="in_talks", amount=m(90), on="2024-03-05"),
        tell("b", "Fernhill"),
    )
    assert {event.status: event.articles for event in events} == {"in_talks": ("a",), "closed": ("b",)}


def test_background_meets_by_shared_investors() -> None:
    events = merged(
        tell("a", "Fernhill", "Quarry Capital"),
        tell("b", "Fernhill"),
        tell("c", "Quarry Capital", on="2023"),
        tell("d", "Ostrava Partners"),
    )
    assert groups(events) == ["a b c", "d"]


def test_background_of_two_years_is_two_events() -> None:
    assert groups(merged(tell("a", "Fernhill", on="2021"), tell("b", "Fernhill", on="2023"))) == ["a", "b"]


# Status: rumour, talks, closed, denied


def test_a_rumour_that_comes_true_is_one_closed_event_and_keeps_the_rumour_as_a_report() -> None:
    event = only(
        merged(
            tell("a", lead="Fernhill", status="rumored", amount=m(45), on="2024-02-01"),
            tell("b", lead="Fernhill", status="in_talks", amount=m(45), on="2024-02-20"),
            tell("c", lead="Fernhill", round="series_b", amount=m(40), on="2024-03-05"),
        )
    )
    assert (event.status, event.amount, event.date) == ("closed", m(40), when("2024-03-05"))
    assert [report.status for report in event.reports] == ["rumored", "in_talks", "closed"]
    assert conflict(event, "amount").because == "it is reported of the closed deal, the other only of talks or rumours"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"rumored": "2024-03-01", "denied": "2024-03-04"}, "denied"),
        ({"denied": "2024-03-01", "in_talks": "2024-03-09"}, "in_talks"),
        ({"closed": "2024-03-01", "denied": "2024-03-04"}, "denied"),
        ({"denied": "2024-03-01", "closed": "2024-03-04"}, "closed"),
        ({"rumored": "", "denied": ""}, "denied"),
        ({"closed": "", "denied": "2024-03-04"}, "closed"),
    ],
)
def test_a_denial_holds_unless_the_deal_goes_on_or_closes_after_it(told: dict[Status, str], status: Status) -> None:
    reports = [tell(each, "Fernhill", status=each, amount=m(40)) for each in told]
    event = only(merged(*reports, published={article: day for article, day in told.items() if day}))
    assert event.status == status
    assert ("status" in [each.field for each in event.conflicts]) is ("closed" in told)


def test_a_denied_deal_alone_is_a_denied_event() -> None:
    event = only(merged(tell("a", "Fernhill", status="denied", amount=m(40))))
    assert (event.status, event.amount) == ("denied", m(40))


def test_a_denial_joins_what_it_denies_and_nothing_else() -> None:
    events = merged(
        tell("a", "Fernhill", round="series_a", on="2021-05"),
        tell("b", "Fernhill", status="rumored", amount=m(90), on="2024-03-01"),
        tell("c", "Fernhill", status="denied"),
        tell("d", "Ostrava Partners", status="denied"),
        published={"c": "2024-03-04", "d": "2024-03-04"},
    )
    assert {event.articles: event.status for event in events} == {
        ("a",): "closed",
        ("b", "c"): "denied",
        ("d",): "denied",
    }


def test_a_denial_does_not_turn_on_investments_told_as_background() -> None:
    assert groups(merged(tell("a", "Fernhill"), tell("b", "Fernhill", status="denied"))) == ["a", "b"]


def test_the_figures_of_a_denial_do_not_count_for_a_deal_that_closed() -> None:
    event = only(
        merged(
            tell("a", "Fernhill", round="series_b", amount=m(40), on="2024-03-04"),
            tell("b", "Fernhill", "Quarry Capital", round="series_b", status="denied", amount=m(45), on="2024-03-01"),
        )
    )
    assert (event.amount, [each.name for each in event.investors]) == (m(40), ["Fernhill"])


# Values and conflicts


def test_a_conflict_lists_every_value_with_its_articles_and_says_why_one_was_chosen() -> None:
    event = only(
        merged(
            tell("a", round="series_b", amount=m(1000), on="2024-02"),
            tell("b", round="series_b", amount=over(1000), on="2024-02"),
            tell("c", round="series_b", amount=m(800), on="2024-02"),
            tell("d", round="series_b", amount=m(1000), on="2024-02"),
        )
    )
    assert event.conflicts == (
        Conflict(
            field="amount",
            values=((m(1000), ("a", "d")), (over(1000), ("b",)), (m(800), ("c",))),
            chosen=m(1000),
            because="more independent publishers with reports of the closed deal agree with it (3 against 1)",
        ),
    )


def test_publishers_count_and_not_their_articles() -> None:
    reports = [tell(article, round="series_b", amount=m(40)) for article in "abc"]
    reports += [tell(article, round="series_b", amount=m(45)) for article in "de"]
    event = only(merged(*reports, publishers={"a": "Daily Loom", "b": "Daily Loom", "c": "Daily Loom"}))
    assert (event.amount, event.publishers) == (m(45), 3)


def test_the_same_text_under_another_publisher_is_the_same_voice() -> None:
    articles = {
        each: Article(each, text="one text", publisher=publisher)
        for each, publisher in {"a": "Daily Loom", "b": "Copyist", "c": "Copyist"}.items()
    }
    articles["c"] = Article("c", text="own work", publisher="Copyist")
    reports = [tell(each, round="series_b", amount=m(40)) for each in articles]
    assert only(merge(reports, articles, RATES)).publishers == 2
    assert only(merge(reports[:2], articles, RATES)).publishers == 1


@pytest.mark.parametrize(
    ("one", "other", "chosen"),
    [
        (over(40), m(40), m(40)),
        (over(40), m(43), m(43)),
        (m(40, qualifier="about"), m(40), m(40)),
        (m(40, qualifier="about"), m(41), m(41)),
        (m(40.4), m(40), m(40)),  # rounding; both exact: then a fixed order
        (Money(10 * MILLION, 99 * MILLION, "USD", "vague"), over(40), over(40)),
        (m(50, qualifier="up_to"), m(48), m(48)),
    ],
)
def test_compatible_sums_are_no_conflict_and_the_more_precise_is_taken(one: Money, other: Money, chosen: Money) -> None:
    event = only(merged(tell("a", round="series_b", amount=one), tell("b", round="series_b", amount=other)))
    assert (event.amount, event.conflicts) == (chosen, ())


def test_a_rumoured_figure_does_not_refine_what_is_told_of_the_closed_deal() -> None:
    event = only(
        merged(
            tell("a", round="series_b", amount=over(40), on="2024-03-05"),
            tell("b", round="series_b", amount=m(43), status="rumored", on="2024-02-25"),
        )
    )
    assert (event.amount, event.conflicts) == (over(40), ())


def test_the_later_of_two_figures_counts_where_nothing_else_decides() -> None:
    event = only(
        merged(
            tell("a", round="series_b", amount=m(40)),
            tell("b", round="series_b", amount=m(45)),
            published={"a": "2024-03-05", "b": "2024-03-06"},
        )
    )
    assert event.amount == m(45)
    assert conflict(event, "amount").because == "nothing else decides, and it was published later (2024-03-06)"


def test_valuations_before_and_after_the_money_do_not_contradict_each_other() -> None:
    pre, post = worth(m(260), "pre"), worth(m(300), "post")
    event = only(merged(tell("a", round="series_b", valuation=pre), tell("b", round="series_b", valuation=post)))
    assert (event.valuation, event.conflicts) == (post, ())


def test_different_valuations_do() -> None:
    reports = [tell(a, round="series_b", valuation=worth(m(v))) for a, v in {"a": 300, "b": 300, "c": 500}.items()]
    event = only(merged(*reports))
    assert (event.valuation, [each.field for each in event.conflicts]) == (worth(m(300)), ["valuation"])


def test_a_stated_compute_share_refines_a_vague_one_and_another_share_contradicts_it() -> None:
    present = Compute(None, None, "partly in computing power")
    vague = [tell("a", round="series_b", compute=share(0, 1)), tell("b", round="series_b", compute=present)]
    event = only(merged(*vague, tell("c", round="series_b", compute=share(0.8))))
    assert (event.compute, event.conflicts) == (share(0.8), ())
    event = only(
        merged(tell("c", round="series_b", compute=share(0.8)), tell("d", round="series_b", compute=share(0.5)))
    )
    assert [each.field for each in event.conflicts] == ["compute"]


def test_the_narrowest_of_compatible_dates_is_taken_and_disjoint_ones_are_a_conflict() -> None:
    event = only(merged(tell("a", round="series_b", on="2024-02"), tell("b", round="series_b", on="2024-02-20")))
    assert (event.date, event.conflicts) == (when("2024-02-20"), ())
    event = only(merged(tell("a", round="series_b", on="2024-02"), tell("b", round="series_b", on="2024-03-02")))
    assert (event.date, [each.field for each in event.conflicts]) == (when("2024-03-02"), ["date"])


def test_days_of_publication_are_no_statements_so_they_do_not_conflict_and_the_first_counts() -> None:
    fresh = [tell(day, round="series_b", on=day, fresh=True) for day in ("2024-03-06", "2024-03-05", "2024-03-07")]
    assert (only(merged(*fresh)).date, only(merged(*fresh)).conflicts) == (when("2024-03-05"), ())
    stated = tell("a", round="series_b", on="2024-03-04")
    assert only(merged(*fresh, stated)).date == when("2024-03-04")
    month, year = (tell("a", round="series_b", on=period) for period in ("2024-03", "2024"))
    assert only(merged(*fresh, month)).date == when("2024-03")
    assert only(merged(*fresh, year)).date == when("2024-03-05")


def test_a_day_of_publication_months_off_the_stated_date_is_a_conflict() -> None:
    stated = tell("a", round="series_b", amount=m(40), on="2024-03-04")
    fresh = [tell(day, round="series_b", amount=m(40), on=day, fresh=True) for day in ("2024-03-20", "2024-07-01")]
    event = only(merged(stated, *fresh))
    assert event.date == when("2024-03-04")
    assert conflict(event, "date").values == ((when("2024-03-04"), ("a",)), (when("2024-07-01"), ("2024-07-01",)))


def test_a_publisher_that_corrects_itself_has_its_later_word_heard() -> None:
    told = [tell(article, round="series_b", amount=m(amount)) for article, amount in (("a", 40), ("b", 45), ("c", 40))]
    published = {"a": "2024-03-05", "b": "2024-03-07", "c": "2024-03-06"}
    event = only(merged(*told, published=published, publishers={"a": "Daily", "b": "Daily", "c": "Post"}))
    assert event.amount == m(45)  # one voice each; without the correction it would be two against one
    assert conflict(event, "amount").values == ((m(45), ("b",)), (m(40), ("a", "c")))
    assert only(merged(*told, published=published, publishers={"a": "Daily", "b": "Mail", "c": "Post"})).amount == m(40)


def test_a_partys_own_words_count_more_than_one_rewrite() -> None:
    told = tell("a", round="series_b", amount=m(40), on="2024-03-05"), tell("b", round="series_b", amount=m(45))
    assert only(merged(*told, publishers={"a": "Daily", "b": "brightloom"})).amount == m(45)
    assert only(merged(*told, publishers={"a": "Brightloom", "b": "Daily"})).amount == m(40)
    three = (*told, tell("c", round="series_b", amount=m(40)))
    assert only(merged(*three, publishers={"a": "Daily", "b": "Brightloom", "c": "Post"})).amount == m(40)


def test_an_investor_keeps_its_own_cheque_and_leads_come_first_then_the_often_named() -> None:
    event = only(
        merged(
            tell("a", party("Quarry Capital", amount=m(15)), "Ostrava Partners", "Alder", round="series_b"),
            tell("b", "Ostrava Partners", "Quarry Capital", round="series_b"),
            tell("c", "Quarry Capital", lead="Zenith Fund", round="series_b"),
        )
    )
    assert [each.name for each in event.investors] == ["Zenith Fund", "Quarry Capital", "Ostrava Partners", "Alder"]
    assert event.investors[1].amount == m(15)


@pytest.mark.parametrize(
    ("said", "ai"),
    [(("yes", "no"), "yes"), (("no", "no"), "no"), (("no", "unknown"), "unknown"), (("unknown",), "unknown")],
)
def test_a_target_is_an_ai_company_if_anyone_says_so(said: tuple[Ai, ...], ai: Ai) -> None:
    reports = [tell(f"a{number}", round="series_b", ai=each) for number, each in enumerate(said)]
    assert only(merged(*reports)).ai == ai


# Currencies


def test_one_sum_in_two_currencies_is_one_event_without_conflict() -> None:
    events = merged(
        tell("a", amount=m(2000, "CNY"), on="2023-10"),  # about 273 million dollars
        tell("b", amount=m(270), on="2023-10-20"),
        tell("c", amount=m(2000, "INR"), on="2023-10"),  # about 24 million
    )
    assert groups(events) == ["a b", "c"]
    assert all(event.conflicts == () for event in events)


def test_two_sums_in_two_currencies_are_a_conflict() -> None:
    event = only(
        merged(
            tell("a", round="series_a", amount=m(2000, "CNY"), on="2023-10"),
            tell("b", round="series_a", amount=m(350), on="2023-10"),
        )
    )
    assert [each.field for each in event.conflicts] == ["amount"]


@pytest.mark.parametrize(
    ("amount", "on", "published", "usd"),
    [
        (m(100), "", "", 100 * MILLION),
        (over(100, "EUR"), "2023-10-27", "", 105_410_000),
        (m(100, "EUR"), "2023-10", "2024-05-20", 106_190_000),  # the last day of the date: 31 October
        (m(100, "EUR"), "", "2023-10-27", 105_410_000),  # undated: the article's day
        (m(100, "EUR"), "", "", None),
        (m(100, "AED"), "2023-10-27", "", None),
        (Money(10 * MILLION, 99 * MILLION, "USD", "vague"), "2023-10-27", "", None),
    ],
)
def test_dollars_are_those_of_the_event_s_last_day(amount: Money, on: str, published: str, usd: int | None) -> None:
    report = tell("a", amount=amount, valuation=worth(amount), on=on)
    event = only(merged(report, published={"a": published} if published else None))
    assert (event.amount_usd, event.valuation_usd) == (usd, usd)


# Ids


def test_ids_say_target_round_and_year_and_number_what_would_be_the_same() -> None:
    events = merged(
        tell("a", round="series_a_plus", amount=m(12), on="2023-02"),
        tell("b", round="series_a_plus"),
        tell("d", "Fernhill", amount=m(40), on="2023-03"),
        tell("c", "Fernhill", amount=m(90), on="2023-12"),
        tell("e", "Quarry Capital", amount=m(5)),
    )
    assert {event.id: event.articles for event in events} == {
        "brightloom-series-a-plus-2023": ("a", "b"),
        "brightloom-funding-2023": ("d",),
        "brightloom-funding-2023-2": ("c",),
        "brightloom-funding-undated": ("e",),
    }


def test_later_articles_do_not_change_the_numbers_of_ids() -> None:
    told = [tell("a", "Fernhill", amount=m(40), on="2023-03"), tell("b", "Fernhill", amount=m(90), on="2023-12")]
    late = tell("c", "Fernhill", amount=m(300), on="2023-01")
    published = {"a": "2023-03-09", "b": "2023-12-01", "c": "2024-02-01"}
    before = merged(*told, published=published)
    assert merged(*told, late, published=published)[:2] == before


def test_ids_are_unique_even_where_names_and_rounds_run_together() -> None:
    events = merged(
        tell("a", target="Loom", round="pre_seed", on="2023-02"),
        tell("b", target="Loom Pre", round="seed", on="2023-02"),
    )
    assert len({event.id for event in events}) == 2


def test_nothing_told_nothing_merged_and_the_same_report_twice_is_one() -> None:
    assert merge([], {}, RATES) == []
    report = tell("a", "Fernhill", round="series_b")
    assert merged(report, report) == merged(report)


# The story of the seeds: five articles, the same two start-ups told in five ways


def seed_reports() -> list[Report]:
    moonshot, minimax = party("Moonshot AI", written="the dark side of the moon"), party("MiniMax")
    return [
        tell("000", "Alibaba", target=moonshot, amount=m(1000), compute=share(0, 1)),
        tell("000", target=minimax, lead="Alibaba", status="in_talks"),
        tell("000", "Tencent", target=minimax, round="series_a"),
        tell(
            "001", "Alibaba", "Monolith", target=moonshot, round="series_b", amount=m(800), on="2024-02",
            valuation=worth(over(2300), "post"),
        ),
        tell("001", target=minimax, lead="Alibaba", valuation=worth(over(2500), "post"), on="2024-03-05"),
        tell(
            "002", "Alibaba", "Meituan", "Xiaohongshu", "HongShan", target=moonshot, round="series_b",
            amount=over(1000), valuation=worth(over(2300), "post"), status="rumored", on="2024-02-20", fresh=True,
        ),
        tell(
            "002", target=moonshot, round="series_a", amount=m(2000, "CNY"), valuation=worth(m(800)), on="2023-10"
        ),
        tell("002", "Tencent", "Shunwei Capital", target=minimax),
        tell(
            "003", target=moonshot, lead="Alibaba", amount=m(1000), valuation=worth(m(2500, qualifier="about")),
            compute=share(0.8), on="2024-02",
        ),
        tell(
            "003", target=minimax, lead="Alibaba", amount=m(600, qualifier="at_least"),
            valuation=worth(over(2500), "post"), on="2024-03-05",
        ),
        tell("004", target=minimax, lead="Alibaba", status="in_talks", amount=m(600, qualifier="at_least")),
        tell("004", target=moonshot, lead="Alibaba", amount=over(1000), compute=share(0, 1)),
    ]  # fmt: skip


PUBLISHED = {"001": "2024-03-07", "002": "2024-02-20", "003": "2024-05-13"}


def test_the_seeds_become_four_rounds_and_one_piece_of_background() -> None:
    events = merged(*seed_reports(), published=PUBLISHED)
    assert {event.id: " ".join(event.articles) for event in events} == {
        "minimax-funding-2024": "000 001 003 004",
        "minimax-funding-undated": "002",
        "minimax-series-a-undated": "000",
        "moonshot-ai-series-a-2023": "002",
        "moonshot-ai-series-b-2024": "000 001 002 003 004",
    }


def test_the_seeds_tell_one_large_round_with_its_lead_its_investors_and_the_disputed_sum() -> None:
    events = {event.id: event for event in merged(*seed_reports(), published=PUBLISHED)}
    moonshot = events["moonshot-ai-series-b-2024"]
    assert [each.name for each in moonshot.investors if each.role == "lead"] == ["Alibaba"]
    assert {each.name for each in moonshot.investors} == {"Alibaba", "Monolith", "Meituan", "Xiaohongshu", "HongShan"}
    assert (moonshot.status, moonshot.amount, moonshot.compute) == ("closed", m(1000), share(0.8))
    assert moonshot.date == when("2024-02")
    assert [each.field for each in moonshot.conflicts] == ["amount"]
    disputed = {articles: value for value, articles in conflict(moonshot, "amount").values}
    assert disputed == {("000", "003"): m(1000), ("001",): m(800), ("002", "004"): over(1000)}

    minimax = events["minimax-funding-2024"]
    assert (minimax.status, minimax.amount) == ("closed", m(600, qualifier="at_least"))
    assert (minimax.date, minimax.valuation) == (when("2024-03-05"), worth(over(2500), "post"))
    assert [(each.name, each.role) for each in minimax.investors] == [("Alibaba", "lead")]
