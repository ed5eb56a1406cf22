"""From names to entities: when two spellings are one, what a new entity is called, and why.

`known` writes a catalogue of invented names, `tell` a report of one article. Each test states what resolution makes of
a few reports; `resolved` also gives the reports in the reverse order and fails if that changes anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from aifund.entities.catalogue import Catalogue
from aifund.entities.resolve import resolve
from aifund.model import Article, Compute, Decision, Entity, Evidence, Money, Party, Report, Role, When

CATALOGUE = """
    legal_suffixes: [inc, ltd]
    generic_tails: [ai, capital, labs, ventures]
    former_phrases: [formerly, formerly known as, which does business as]
    current_phrases: [now called, now known as]
    vehicles: [family office, venture arm, personal fund]
    offices: [co-founder, founder, chief executive, ceo]
    firm_tails: [capital]
    trades:
        robotics: [humanoid, robot, robots]
        finance: [lender, loans]
        property: [home, house]
    organisations:
      - id: zorblat
        name: Zorblat AI
        ai: yes
        wikidata: Q99999999
        aliases: [the grey side of the hill]
        aliases_if: [{aliases: [Zor], needs: [Quillet]}]
      - id: oakmoss
        name: Oakmoss
        kind: venture
        not: [Oakmoss Labs]
      - {id: oakmoss-cloud, name: Oakmoss Cloud, parent: oakmoss}
      - {id: fernwick-capital, name: Fernwick Capital, kind: venture, not: [Fernwick]}
      - id: chatter
        name: Chatter
        kind: product
        former: [{name: Skald, until: '2024-02-08'}]
        aliases_if: [{aliases: [Skald], needs: [chatbot]}]
      - {id: taken, name: Somebody Else, aliases: [Yonder Labs], former: [{name: Nobody Yet, until: '2023-07'}]}
    """

Tell = Callable[..., Report]


@pytest.fixture
def known(tmp_path: Path) -> Catalogue:
    (tmp_path / "some.yaml").write_text(dedent(CATALOGUE), encoding="utf-8")
    return Catalogue.load(tmp_path)


def party(*spellings: str, role: Role = "participant", amount: float | None = None) -> Party:
    """A party named by the first spelling and written as all of them."""
    money = None if amount is None else Money(amount, amount, "USD")
    return Party(spellings[0], spellings, role=role, amount=money)


def tell(article: str, target: Party | str, *investors: Party | str, evidence: tuple[str, ...] = ()) -> Report:
    """A report; `evidence` are the fields that have evidence."""
    named = [one if isinstance(one, Party) else party(one) for one in (target, *investors)]
    proof = tuple(Evidence(name, "text", 0, 3, "abc", "some.rule") for name in evidence)
    return Report(article, named[0], tuple(named[1:]), evidence=proof)


def resolved(
    known: Catalogue, *reports: Report, texts: dict[str, str] | None = None
) -> tuple[list[Report], list[Entity]]:
    articles = {
        report.article: Article(report.article, (texts or {}).get(report.article, ""), title="A title")
        for report in reports
    }
    told, entities = resolve(reports, articles, known)
    backwards, same = resolve(reports[::-1], articles, known)
    assert backwards[::-1] == told
    assert same == entities
    return told, entities


def ids(report: Report) -> tuple[str, list[str]]:
    return report.target.id, [investor.id for investor in report.investors]


def by_id(entities: list[Entity]) -> dict[str, Entity]:
    return {entity.id: entity for entity in entities}


# What is one entity


def test_aliases_and_keys_of_the_catalogue_decide(known: Catalogue) -> None:
    (report,), entities = resolved(known, tell("a", "The Grey Side of the Hill", "OAKMOSS, Inc."))
    assert ids(report) == ("zorblat", ["oakmoss"])
    assert (report.target.name, report.investors[0].name) == ("Zorblat AI", "Oakmoss")
    assert report.target.as_written == ("The Grey Side of the Hill",)
    assert by_id(entities)["zorblat"] == Entity(
        id="zorblat",
        name="Zorblat AI",
        kind="company",
        wikidata="Q99999999",
        ai="yes",
        aliases_seen=("The Grey Side of the Hill",),
        articles=("a",),
        decisions=(
            Decision("The Grey Side of the Hill", "alias", '"the grey side of the hill" is an alias of Zorblat AI'),
        ),
    )


def test_a_condition_is_looked_for_in_the_articles_own_text(known: Catalogue) -> None:
    reports, entities = resolved(
        known, tell("a", "Zor"), tell("b", "Zor"), texts={"a": "Zor, says Quillet, is rich.", "b": "Zor is rich."}
    )
    assert [ids(report)[0] for report in reports] == ["zorblat", "zor"]
    assert by_id(entities)["zorblat"].decisions == (
        Decision("Zor", "alias", '"Zor" is an alias of Zorblat AI, for the article holds "Quillet"'),
    )


def a_round(
    article: str,
    millions: float,
    *investors: Party | str,
    round_: str = "series_b",
    target: str = "Brunnel",
    day: int = 1,
) -> Report:
    when = date(2024, 3, day)
    sum_ = Money(millions, millions, "USD")
    told = tell(article, target, *investors)
    return replace(told, round=round_, amount=sum_, date=When(when.isoformat(), when, when))


def test_two_organisations_of_one_name_are_told_apart_by_their_rounds(known: Catalogue) -> None:
    reports, entities = resolved(
        known,
        a_round("a", 675, "Larkin", "Merrow"),
        a_round("b", 60, "Oakmoss", day=4),
        tell("c", "Brunnel", "Oakmoss"),
        tell("d", "Brunnel Inc", "Merrow Ventures"),
        tell("e", "Brunnel"),
        tell("f", "Brunnel"),
        texts={
            "a": "Brunnel, a maker of robots, has news.",
            "b": "The home lender Brunnel has news.",
            "e": "The lender Brunnel is back.",
            "f": "Brunnel is here.",
        },
    )
    assert [report.target.id for report in reports] == [
        "brunnel",
        "brunnel-2",
        "brunnel-2",
        "brunnel",
        "brunnel-2",
        "brunnel",
    ]
    (decision,) = by_id(entities)["brunnel-2"].decisions
    assert decision.because == (
        "b and a tell a series_b of very different sums without a common investor: two organisations of one name"
    )


@pytest.mark.parametrize(
    "other",
    [
        a_round("b", 60, "Merrow"),
        a_round("b", 300, "Oakmoss"),
        a_round("b", 60, "Oakmoss", round_="series_c"),
        a_round("b", 60),
        replace(a_round("b", 60, "Oakmoss"), status="in_talks"),
        a_round("b", 60, "Oakmoss", target="Zorblat AI"),
    ],
    ids=["a common investor", "a like sum", "another round", "nobody pays", "talks", "the catalogue knows"],
)
def test_anything_less_tells_no_organisations_apart(other: Report, known: Catalogue) -> None:
    reports, _ = resolved(known, a_round("a", 675, "Larkin", "Merrow", target=other.target.name), other)
    assert reports[0].target.id == reports[1].target.id


ROBOTS, LENDER = "Brunnel, a maker of humanoid robots, has news.", "Brunnel, the home lender, has news."


@pytest.mark.parametrize(
    ("other", "words", "apart"),
    [
        (a_round("b", 300, "Oakmoss"), LENDER, True),
        (a_round("b", 60, "Oakmoss", round_="series_c"), LENDER, True),
        (a_round("b", 600, "Oakmoss"), LENDER, True),
        (a_round("b", 600, "Oakmoss"), "Brunnel, the lender, has news.", False),
        (a_round("b", 300, "Oakmoss"), "Brunnel, the robot maker, has news.", False),
        (a_round("b", 300, "Oakmoss"), "Brunnel has news.", False),
        (a_round("b", 650, "Oakmoss"), LENDER, False),
        (a_round("b", 300, "Oakmoss", round_="series_c"), LENDER, False),
        (a_round("b", 60, "Oakmoss", round_="series_c"), "Brunnel, the lender, has news.", False),
        (a_round("b", 300, "Merrow"), LENDER, False),
        (a_round("b", 300, "House Loans Bank"), "House Loans Bank backed Brunnel.", False),
    ],
    ids=[
        "one round",
        "another round",
        "a near sum",
        "a near sum and few words",
        "the same trade",
        "no trade",
        "a like sum",
        "another round and a like sum",
        "another round and few words",
        "a common investor",
        "words of an investor's name",
    ],
)
def test_other_trades_tell_organisations_apart(other: Report, words: str, apart: bool, known: Catalogue) -> None:
    texts = {"a": ROBOTS, "b": words}
    reports, entities = resolved(known, a_round("a", 675, "Larkin", "Merrow"), other, texts=texts)
    assert (reports[0].target.id != reports[1].target.id) is apart
    if apart:
        assert by_id(entities)["brunnel-2"].decisions[0].because == (
            "b and a place it in other trades (home, lender and humanoid, robots), with other sums and without a "
            "common investor: two organisations of one name"
        )


@pytest.mark.parametrize(
    ("day", "words", "apart"),
    [
        (20, "Brunnel has news.", True),
        (20, "The robot maker Brunnel is back.", False),
        (40, "Brunnel has news.", False),
    ],
    ids=["in one month", "the same trade", "later"],
)
def test_another_lead_with_another_sum_is_another_organisation(
    day: int, words: str, apart: bool, known: Catalogue
) -> None:
    when = date(2024, 3, 1) + timedelta(days=day)
    told = [a_round("a", 26, party("Larkin", role="lead")), a_round("b", 20, party("Oakmoss", role="lead"))]
    told[1] = replace(told[1], date=When(when.isoformat(), when, when))
    reports, entities = resolved(known, *told, texts={"a": ROBOTS, "b": words})
    assert (reports[0].target.id != reports[1].target.id) is apart
    if apart:
        assert by_id(entities)["brunnel-2"].decisions[0].because == (
            "b and a tell a series_b with other sums and other leads, without a common investor: two organisations of "
            "one name"
        )


def test_one_known_spelling_of_a_party_is_enough(known: Catalogue) -> None:
    (report,), entities = resolved(known, tell("a", party("the hill people", "Zorblat AI")))
    assert ids(report) == ("zorblat", [])
    assert by_id(entities)["zorblat"].decisions == (
        Decision("Zorblat AI", "key", 'the same key as the name "Zorblat AI"'),
        Decision("the hill people", "alias", 'the article uses it for "Zorblat AI"'),
    )


def test_a_new_name_is_one_entity_under_one_key(known: Catalogue) -> None:
    reports, entities = resolved(
        known, tell("a", "Birchline"), tell("b", "Birchline, Inc."), tell("c", "BIRCHLINE"), tell("d", "Birchline")
    )
    assert {ids(report)[0] for report in reports} == {"birchline"}
    assert {report.target.name for report in reports} == {"Birchline"}
    (entity,) = entities
    assert entity.aliases_seen == ("BIRCHLINE", "Birchline", "Birchline, Inc.")
    assert entity.articles == ("a", "b", "c", "d")
    assert [(decision.spelling, decision.method) for decision in entity.decisions] == [
        ("BIRCHLINE", "key"),
        ("Birchline", "new"),
        ("Birchline, Inc.", "key"),
    ]


def test_similar_names_stay_apart_and_are_told_as_rejected(known: Catalogue) -> None:
    (report,), entities = resolved(known, tell("a", "Oakmosss", "Oakmoss Clouds", "Quite Different"))
    assert ids(report) == ("oakmosss", ["oakmoss-clouds", "quite-different"])
    rejected = {entity.id: entity.decisions[0].rejected for entity in entities}
    assert rejected["oakmosss"][0].startswith("Oakmoss (")
    assert rejected["oakmoss-clouds"][0].startswith("Oakmoss Cloud (")
    assert rejected["quite-different"] == ()
    assert all(decision.method == "new" for entity in entities for decision in entity.decisions)


def test_a_parent_is_not_its_subsidiary(known: Catalogue) -> None:
    (report,), entities = resolved(known, tell("a", "Birchline", "Oakmoss", "Oakmoss Cloud"))
    assert ids(report) == ("birchline", ["oakmoss", "oakmoss-cloud"])
    assert by_id(entities)["oakmoss-cloud"].parent == "oakmoss"


# Names and ids of new entities


def test_the_most_frequent_spelling_is_the_name(known: Catalogue) -> None:
    reports, _ = resolved(known, tell("a", "BIRCHLINE"), tell("b", "BIRCHLINE"), tell("c", "Birchline"))
    assert {report.target.name for report in reports} == {"BIRCHLINE"}


def test_of_equally_frequent_spellings_the_shortest_then_the_first(known: Catalogue) -> None:
    reports, _ = resolved(known, tell("a", "BIRCHLINE INC"), tell("b", "birchline"), tell("c", "Birchline"))
    assert {report.target.name for report in reports} == {"Birchline"}


def test_ids_of_the_catalogue_and_of_other_new_entities_are_avoided(known: Catalogue) -> None:
    (report,), _ = resolved(known, tell("a", "Taken", "Quill+", "Quill", "!"))
    assert ids(report) == ("taken-2", ["quill-2", "quill", "unnamed"])


def test_an_id_does_not_depend_on_which_spelling_is_frequent(known: Catalogue) -> None:
    (one,), _ = resolved(known, tell("a", "The Birchline Co-op Ltd"))
    (other,), _ = resolved(known, tell("a", "Birchline CO-OP"))
    assert one.target.id == other.target.id == "birchline-co-op"


# Short forms within one article


def test_a_short_form_follows_its_long_form(known: Catalogue) -> None:
    reports, entities = resolved(known, tell("a", "Birchline Labs"), tell("a", "Birchline", "Oakmoss"))
    assert [ids(report)[0] for report in reports] == ["birchline-labs", "birchline-labs"]
    (entity,) = (entity for entity in entities if entity.id == "birchline-labs")
    assert entity.name == "Birchline Labs"
    assert entity.decisions == (
        Decision("Birchline", "alias", 'short for "Birchline Labs" in the same article'),
        Decision("Birchline Labs", "new", "no entry of the catalogue claims it"),
    )


def test_a_short_form_follows_a_known_long_form(known: Catalogue) -> None:
    reports, _ = resolved(known, tell("a", "Zorblat AI"), tell("a", "Zorblat"))
    assert [ids(report)[0] for report in reports] == ["zorblat", "zorblat"]


def test_short_forms_follow_one_another_to_the_longest(known: Catalogue) -> None:
    (report,), entities = resolved(known, tell("a", party("Birchline", "Birchline AI", "Birchline AI Labs")))
    assert report.target.id == "birchline-ai-labs"
    assert [entity.name for entity in entities] == ["Birchline AI Labs"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("Birchline Robotics", "Birchline", id="what is left is no generic tail"),
        pytest.param("Birchlines Labs", "Birchline", id="not the same leading words"),
        pytest.param("Fernwick Capital", "Fernwick", id="the catalogue forbids it"),
    ],
)
def test_other_leading_parts_do_not(known: Catalogue, first: str, second: str) -> None:
    reports, _ = resolved(known, tell("a", first), tell("a", second))
    assert reports[0].target.id != reports[1].target.id


def test_a_short_form_of_two_names_is_neither(known: Catalogue) -> None:
    reports, _ = resolved(known, tell("a", "Birchline Labs"), tell("a", "Birchline Capital"), tell("a", "Birchline"))
    assert [ids(report)[0] for report in reports] == ["birchline-labs", "birchline-capital", "birchline"]


def test_another_article_has_its_own_short_forms(known: Catalogue) -> None:
    reports, _ = resolved(
        known, tell("a", "Birchline Labs"), tell("a", "Birchline"), tell("b", "Birchline"), tell("c", "Birchline Labs")
    )
    assert [ids(report)[0] for report in reports] == [
        "birchline-labs",
        "birchline-labs",
        "birchline",
        "birchline-labs",
    ]


# Reports after resolution


def test_one_investor_under_two_names_is_one_party(known: Catalogue) -> None:
    lead = party("Oakmoss Inc", role="lead")
    cheque = party("Oakmoss", amount=5_000_000)
    (report,), _ = resolved(known, tell("a", "Birchline", lead, "Quill", cheque))
    assert report.investors == (
        Party("Oakmoss", ("Oakmoss Inc", "Oakmoss"), "oakmoss", "lead", Money(5_000_000, 5_000_000, "USD")),
        Party("Quill", ("Quill",), "quill"),
    )


def test_joining_keeps_what_either_tells(known: Catalogue) -> None:
    compute = Compute(0.5, 1, "in credits", of="investor")
    first = party("Oakmoss", amount=1)
    second = Party("Oakmoss Ltd", ("Oakmoss Ltd",), role="lead", amount=Money(2, 2, "USD"), compute=compute)
    (report,), _ = resolved(known, tell("a", "Birchline", first, second))
    (investor,) = report.investors
    assert (investor.role, investor.amount, investor.compute) == ("lead", Money(1, 1, "USD"), compute)


def test_a_target_does_not_invest_in_itself(known: Catalogue) -> None:
    (report,), entities = resolved(
        known,
        tell(
            "a",
            "Zorblat AI",
            "The Grey Side of the Hill",
            "Oakmoss",
            evidence=("target", "investor.The Grey Side of the Hill", "investor.Oakmoss"),
        ),
    )
    assert ids(report) == ("zorblat", ["oakmoss"])
    assert [one.field for one in report.evidence] == ["target", "investor.oakmoss"]
    assert [entity.id for entity in entities] == ["oakmoss", "zorblat"]


def test_evidence_bears_the_ids_of_investors(known: Catalogue) -> None:
    fields = (
        "amount",
        "investor.Oakmoss Inc",
        "investor.Oakmoss",
        "lead.Oakmoss",
        "compute.Quill 1.5",
        "investor.Quill 1.5",
    )
    (report,), _ = resolved(
        known, tell("a", "Birchline", party("Oakmoss", "Oakmoss Inc"), "Quill 1.5", evidence=fields)
    )
    assert [one.field for one in report.evidence] == [
        "amount",
        "investor.oakmoss",
        "lead.oakmoss",
        "compute.quill-1-5",
        "investor.quill-1-5",
    ]


def test_reports_keep_their_order_and_everything_else(known: Catalogue) -> None:
    reports = [
        Report("b", party("Birchline"), round="seed", status="rumored", ai="yes"),
        Report("a", party("Oakmoss"), round="series_a"),
    ]
    told, entities = resolved(known, *reports)
    assert [(report.article, report.round, report.status, report.ai) for report in told] == [
        ("b", "seed", "rumored", "yes"),
        ("a", "series_a", "closed", "unknown"),
    ]
    assert by_id(entities)["birchline"].ai == "unknown"


def test_nothing_told_nothing_seen(known: Catalogue) -> None:
    assert resolve([], {}, known) == ([], [])


# What articles say of names


def parties_of(known: Catalogue, reports: list[Report], texts: dict[str, str]) -> list[str]:
    """The ids of the targets."""
    return [ids(report)[0] for report in resolved(known, *reports, texts=texts)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "Quillet, formerly known as Marrowby, raised money.",
        "Quillet (formerly Marrowby) raised money.",
        "Quillet, which does business as Marrowby, raised money.",
        "Marrowby, now called Quillet, raised money.",
        "Marrowby (now known as “Quillet”) raised money.",
    ],
)
def test_an_article_that_tells_of_a_former_name_joins_the_two_in_every_article(known: Catalogue, text: str) -> None:
    reports, entities = resolved(known, tell("a", "Quillet"), tell("b", "Marrowby"), texts={"a": text})
    assert [ids(report)[0] for report in reports] == ["quillet", "quillet"]
    (entity,) = entities
    assert (entity.name, entity.aliases_seen) == ("Quillet", ("Marrowby", "Quillet"))
    (former,) = (one for one in entity.decisions if one.spelling == "Marrowby")
    assert former.method == "alias"
    assert former.because.startswith('an article says "')


def test_the_date_of_a_change_of_name_is_told(known: Catalogue) -> None:
    _, (entity,) = resolved(known, tell("a", "Nobody Yet"))
    assert entity.decisions == (
        Decision("Nobody Yet", "alias", '"Nobody Yet" was the name of Somebody Else until 2023-07'),
    )


def test_a_former_name_of_two_organisations_is_neither(known: Catalogue) -> None:
    reports = [tell("a", "Quillet"), tell("b", "Ferrostat"), tell("c", "Marrowby")]
    texts = {"a": "Quillet, formerly Marrowby, raised.", "b": "Ferrostat (formerly Marrowby) raised."}
    assert parties_of(known, reports, texts) == ["quillet", "ferrostat", "marrowby"]


def test_the_new_name_of_a_known_organisation_is_that_organisation(known: Catalogue) -> None:
    reports = [tell("a", "Quillet"), tell("b", "Zorblat AI"), tell("c", "Quillet")]
    assert parties_of(known, reports, {"a": "Quillet, formerly Zorblat AI, raised."}) == ["zorblat"] * 3


def test_two_known_organisations_stay_two_whatever_an_article_says(known: Catalogue) -> None:
    reports = [tell("a", "Oakmoss"), tell("b", "Zorblat AI")]
    assert parties_of(known, reports, {"a": "Oakmoss, formerly Zorblat AI, raised."}) == ["oakmoss", "zorblat"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("FST", "the Fernhill Seed Trust (FST) and others", id="acronym"),
        pytest.param("Fernhill", "the Fernhill Seed Trust (“Fernhill”) and others", id="in quotation marks"),
        pytest.param("冷杉山", "the Fernhill Seed Trust (冷杉山) and others", id="in another script"),
    ],
)
def test_a_bracket_introduces_a_name_within_its_article(known: Catalogue, written: str, text: str) -> None:
    reports = [tell("a", "Fernhill Seed Trust"), tell("a", written), tell("b", written)]
    in_a, again_in_a, in_b = parties_of(known, reports, {"a": text})
    assert in_a == again_in_a == "fernhill-seed-trust"
    assert in_b != in_a


def test_another_bracket_introduces_nothing(known: Catalogue) -> None:
    reports = [tell("a", "Quillet"), tell("a", "Ferrostat")]
    assert parties_of(known, reports, {"a": "Quillet (Ferrostat) and Marrowby (Berlin)"}) == ["quillet", "ferrostat"]


def test_a_chinese_name_meets_its_pinyin_in_the_article(known: Catalogue) -> None:
    reports = [tell("a", "Hongshan"), tell("a", "红杉"), tell("b", "红杉")]
    assert parties_of(known, reports, {}) == ["hongshan", "hongshan", "红杉"]


def test_an_investor_is_known_by_its_first_word_in_the_article(known: Catalogue) -> None:
    reports, _ = resolved(known, tell("a", "Quillet", "Merrow Lindqvist"), tell("a", "Ferrostat", "Merrow"))
    assert [ids(report)[1] for report in reports] == [["merrow-lindqvist"], ["merrow-lindqvist"]]


def test_of_a_subsidiary_and_its_parent_the_first_mention_decides(known: Catalogue) -> None:
    mixed = Party("Oakmoss Cloud", ("Oakmoss", "Oakmoss Cloud"))
    (report,), _ = resolved(known, tell("a", "Quillet", mixed))
    assert ids(report) == ("quillet", ["oakmoss"])


def test_a_spelling_that_is_somebody_elses_is_no_alias_seen(known: Catalogue) -> None:
    _, entities = resolved(known, tell("a", "Quillet", party("Oakmoss Cloud", "Oakmoss")))
    assert by_id(entities)["oakmoss-cloud"].aliases_seen == ("Oakmoss Cloud",)


DAY = When("2024-03-05", date(2024, 3, 5), date(2024, 3, 5))
LATER = When("2024-09-05", date(2024, 9, 5), date(2024, 9, 5))
FORTY = Money(40_000_000, 40_000_000, "USD")


@pytest.mark.parametrize(
    ("short", "long", "one"),
    [
        pytest.param({"amount": FORTY, "date": DAY}, {"amount": FORTY, "date": DAY}, True, id="the same sum"),
        pytest.param({"round": "seed", "date": DAY}, {"round": "seed", "date": DAY}, True, id="round and investor"),
        pytest.param({"amount": FORTY, "date": DAY}, {"amount": FORTY, "date": LATER}, False, id="another time"),
        pytest.param({"amount": FORTY}, {"amount": FORTY}, False, id="no time"),
        pytest.param({"date": DAY}, {"date": DAY}, False, id="neither round nor sum"),
    ],
)
def test_a_short_and_a_long_form_told_of_one_deal_are_one(
    known: Catalogue, short: dict[str, Any], long: dict[str, Any], one: bool
) -> None:
    reports, _ = resolved(
        known, replace(tell("a", "Quillet", "Oakmoss"), **short), replace(tell("b", "Quillet Labs", "Oakmoss"), **long)
    )
    assert [report.target.id for report in reports] == (["quillet-labs"] * 2 if one else ["quillet", "quillet-labs"])


def test_investors_of_one_deal_are_one_by_their_short_form(known: Catalogue) -> None:
    reports, entities = resolved(
        known,
        replace(tell("a", "Zorblat AI", "Merrow"), round="seed", date=DAY),
        replace(tell("b", "Zorblat AI", "Merrow Ventures"), round="seed", date=DAY),
    )
    assert [ids(report)[1] for report in reports] == [["merrow-ventures"], ["merrow-ventures"]]
    assert Decision("Merrow", "alias", 'short for "merrow ventures": a and b tell the same deal of either') in (
        by_id(entities)["merrow-ventures"].decisions
    )


@pytest.mark.parametrize(
    ("long", "others", "joined"),
    [
        ("Birchline Orchards", (), True),
        ("Birchline Orchards", ("Birchline Groves",), True),
        ("Birchline AI", ("Birchline Labs",), True),
        ("Upper Birchline", (), False),
    ],
    ids=["other words", "two of them", "two with generic words", "words before it"],
)
def test_a_short_name_is_the_one_long_form_with_its_sum_and_investor(
    long: str, others: tuple[str, ...], joined: bool, known: Catalogue
) -> None:
    told = [a_round("a", 15, "Merrow", target="Birchline"), a_round("b", 15, "Merrow", target=long, day=3)]
    told += [a_round(name, 15, "Larkin", target=name, day=2) for name in others]
    targets = parties_of(known, told, {})
    assert (targets[0] == targets[1]) is joined
    assert not {targets[0], targets[1]}.intersection(targets[2:])


@pytest.mark.parametrize(
    "other", [a_round("b", 16, "Merrow"), a_round("b", 15, "Larkin"), a_round("b", 15, "Merrow", day=29)]
)
def test_less_than_both_joins_no_long_form_with_other_words(other: Report, known: Catalogue) -> None:
    winter = When("2024-02-10", date(2024, 2, 10), date(2024, 2, 10))
    told = [
        replace(a_round("a", 15, "Merrow", target="Birchline"), date=winter),
        replace(other, target=party("Birchline Orchards")),
    ]
    targets = parties_of(known, told, {})
    assert targets[0] != targets[1]


def test_initials_are_the_one_long_form_with_its_sum_and_investor(known: Catalogue) -> None:
    told = [a_round("a", 15, "Merrow", target="FSC"), a_round("b", 15, "Merrow", target="Fernhill Seed Cognition")]
    assert parties_of(known, told, {}) == ["fernhill-seed-cognition"] * 2
    told[1] = a_round("b", 15, "Larkin", target="Fernhill Seed Cognition")
    assert parties_of(known, told, {}) == ["fsc", "fernhill-seed-cognition"]


@pytest.mark.parametrize(
    ("amount", "joined"),
    [(Money(16, 16, "USD"), True), (Money(100, 100, "CNY"), True), (Money(20, 20, "USD"), False)],
)
def test_one_round_with_one_investor_may_be_told_with_another_sum(
    amount: Money, joined: bool, known: Catalogue
) -> None:
    told = [a_round("a", 15, "Merrow", target="Birchline"), a_round("b", 15, "Merrow", target="Birchline AI")]
    targets = parties_of(known, [told[0], replace(told[1], amount=amount)], {})
    assert (targets[0] == targets[1]) is joined


def test_an_inner_capital_begins_a_word(known: Catalogue) -> None:
    reports = [tell("a", "BirchLadder"), tell("b", "Birch Ladder"), tell("c", "ZorblatAI"), tell("d", "OakmossCloud")]
    assert parties_of(known, reports, {}) == ["birch-ladder", "birch-ladder", "zorblat", "oakmoss-cloud"]


def test_without_an_inner_capital_spaces_tell_names_apart(known: Catalogue) -> None:
    reports = [tell("a", "Workbench"), tell("b", "Work-Bench"), tell("c", "Oakmosscloud")]
    assert parties_of(known, reports, {}) == ["workbench", "work-bench", "oakmosscloud"]


def test_two_names_in_one_article_are_two(known: Catalogue) -> None:
    reports, _ = resolved(
        known,
        replace(tell("a", "Zorblat AI", "Merrow Capital", "Merrow Ventures", "Merrow"), round="seed", date=DAY),
        replace(tell("b", "Zorblat AI", "Merrow Ventures"), round="seed", date=DAY),
    )
    assert ids(reports[0])[1] == ["merrow-capital", "merrow-ventures", "merrow"]


# Vehicles and their owners, people and their companies


def proofs(text: str, *names: str) -> tuple[Evidence, ...]:
    """That the names are investors, each where it first stands in `text`."""
    places = {name: text.index(name) for name in names}
    return tuple(
        Evidence(f"investor.{name}", "text", place, place + len(name), name, "some.rule")
        for name, place in places.items()
    )


@pytest.mark.parametrize(
    "words",
    [
        "Larkspur Holdings, the family office of Tadeo Brunnel",
        "Larkspur Holdings (family office of billionaire Tadeo Brunnel)",
        "Tadeo Brunnel's family office Larkspur Holdings",
        "Larkspur Holdings, Tadeo Brunnel's private family office",
        "Tadeo Brunnel through his personal fund Larkspur Holdings",
    ],
)
def test_a_vehicle_and_its_owner_are_one_investor(words: str, known: Catalogue) -> None:
    text = f"Birchline raised money from {words}."
    owner, vehicle = party("Tadeo Brunnel", role="lead"), party("Larkspur Holdings")
    lead = replace(proofs(text, owner.name)[0], field=f"lead.{owner.name}")
    told = replace(tell("a", "Birchline", owner, vehicle), evidence=(lead, *proofs(text, owner.name, vehicle.name)))
    (report,), entities = resolved(known, told, texts={"a": text})
    assert [(one.id, one.role) for one in report.investors] == [("larkspur-holdings", "lead")]
    assert [one.field for one in report.evidence] == ["lead.larkspur-holdings", "investor.larkspur-holdings"]
    assert by_id(entities)["larkspur-holdings"].parent == "tadeo-brunnel"
    assert "tadeo-brunnel" in by_id(entities)


def test_of_a_list_the_name_before_an_arm_is_no_vehicle(known: Catalogue) -> None:
    told = tell("a", "Birchline", "Larkspur Holdings", "Quartz Industries", "Merrow")
    text = "Birchline raised money from Larkspur Holdings, Quartz Industries' venture arm and Merrow."
    proof = proofs(text, "Larkspur Holdings", "Quartz Industries", "Merrow")
    (report,), _ = resolved(known, replace(told, evidence=proof), texts={"a": text})
    assert ids(report) == ("birchline", ["larkspur-holdings", "quartz-industries", "merrow"])


def test_who_invests_through_a_platform_does_not_own_it(known: Catalogue) -> None:
    told = tell("a", "Birchline", "Tadeo Brunnel", "Larkspur Holdings")
    (report,), _ = resolved(known, told, texts={"a": "It raised money from Tadeo Brunnel through Larkspur Holdings."})
    assert ids(report) == ("birchline", ["tadeo-brunnel", "larkspur-holdings"])


def test_an_owner_who_is_named_elsewhere_too_is_an_investor_besides(known: Catalogue) -> None:
    text = "Larkspur Holdings, the family office of Tadeo Brunnel, led. Tadeo Brunnel put in more."
    proof = Evidence("investor.Tadeo Brunnel", "text", text.rindex("Tadeo"), text.rindex("Tadeo") + 13, "", "some.rule")
    told = replace(tell("a", "Birchline", "Larkspur Holdings", "Tadeo Brunnel"), evidence=(proof,))
    (report,), _ = resolved(known, told, texts={"a": text})
    assert ids(report) == ("birchline", ["larkspur-holdings", "tadeo-brunnel"])


def test_two_owners_of_one_vehicle_are_none(known: Catalogue) -> None:
    texts = {name: f"Fernhill, the venture arm of {owner}, led." for name, owner in (("a", "Merrow"), ("b", "Oakmoss"))}
    reports = tell("a", "Birchline", "Fernhill", "Merrow"), tell("b", "Birchline", "Fernhill", "Oakmoss")
    assert by_id(resolved(known, *reports, texts=texts)[1])["fernhill"].parent == ""


@pytest.mark.parametrize(
    "words",
    [
        "Tadeo Brunnel, co-founder of Quillet, took part",
        "Tadeo Brunnel, the former chief executive and co-founder of robot maker Quillet, took part",
        "Quillet founder and CEO Tadeo Brunnel took part",
        "Quillet's first chief executive, Tadeo Brunnel, took part",
    ],
)
@pytest.mark.parametrize("named", [("Quillet",), ("Quillet", "Tadeo Brunnel")], ids=["the company", "both"])
def test_who_founded_or_runs_a_company_invests_and_not_the_company(
    words: str, named: tuple[str, ...], known: Catalogue
) -> None:
    text = f"Birchline raised money. {words}."
    (report,), entities = resolved(
        known, replace(tell("a", "Birchline", *named), evidence=proofs(text, *named)), texts={"a": text}
    )
    assert ids(report) == ("birchline", ["tadeo-brunnel"])
    assert [(one.field, one.quote) for one in report.evidence] == [("investor.tadeo-brunnel", "Tadeo Brunnel")]
    assert [text[one.start : one.end] for one in report.evidence] == ["Tadeo Brunnel"]
    assert by_id(entities)["tadeo-brunnel"].parent == "quillet"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Tadeo Brunnel, co-founder of Quillet Capital, took part", "Quillet Capital"),
        ("Quillet had offered founder Tadeo Brunnel money", "Quillet"),
        ("Quillet took part. Tadeo Brunnel, co-founder of Quillet, spoke", "Quillet"),
    ],
    ids=["a firm that invests", "an offer to a founder", "named elsewhere too"],
)
def test_a_company_that_invests_itself_stays(words: str, named: str, known: Catalogue) -> None:
    text = f"Birchline raised money. {words}."
    told = replace(tell("a", "Birchline", named), evidence=proofs(text, named))
    (report,), _ = resolved(known, told, texts={"a": text})
    assert ids(report) == ("birchline", [named.lower().replace(" ", "-")])


def test_a_former_name_under_a_condition_keeps_its_date(known: Catalogue) -> None:
    reports, entities = resolved(
        known,
        tell("a", "Skald"),
        tell("b", "Skald"),
        texts={"a": "Skald, a chatbot, has news.", "b": "Skald is an oil firm."},
    )
    assert [report.target.id for report in reports] == ["chatter", "skald"]
    assert by_id(entities)["chatter"].decisions == (
        Decision("Skald", "alias", '"Skald" was the name of Chatter until 2024-02-08, for the article holds "chatbot"'),
    )


def test_a_short_form_of_an_alias_tells_whose_it_is(known: Catalogue) -> None:
    _, entities = resolved(known, tell("a", "Yonder"), tell("a", "Yonder Labs"))
    assert by_id(entities)["taken"].decisions[0] == Decision(
        "Yonder", "alias", 'short for "Yonder Labs" in the same article, and "Yonder Labs" is an alias of Somebody Else'
    )
