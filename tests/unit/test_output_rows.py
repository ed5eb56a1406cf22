"""From a run's result to the document and the flat tables: which value stands in which cell."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from aifund.model import Compute, Conflict, Event, Money, Number, Result, When
from aifund.output.build import document
from aifund.output.document import Document
from aifund.output.schema import schema_json
from aifund.output.tables import TABLES, broken_keys, tables
from output_samples import EVENT, MOONRISE, MORNING, RESULT, TEXTS, second, with_event

CLAIM = (
    "target, target_id, ai, round, status, date, date_min, date_max, amount, currency, amount_min, amount_max, "
    "amount_qualifier, amount_usd, valuation, valuation_currency, valuation_min, valuation_max, valuation_qualifier, "
    "valuation_basis, compute_share, compute_share_min, compute_share_max, compute_text, lead_investors, investors"
)
CONTRACT = {
    "events": f"event_id, {CLAIM}, articles, publishers, conflicts",
    "investments": "event_id, target, investor, investor_id, role, amount, currency, compute_share_min, "
    "compute_share_max, articles",
    "reports": f"article, event_id, {CLAIM}",
    "evidence": "event_id, article, field, value, part, start, end, quote, rule",
    "entities": "entity_id, name, kind, parent, aliases_seen, wikidata, articles",
    "articles": "article, title, publisher, published, language, url, outcome, reason, duplicate_of, events, sha256",
}


def row(result: Result, table: str, number: int = 0) -> dict[str, Any]:
    """A row of a table, only its filled cells."""
    return tables(document(result))[table][number].model_dump(mode="json", exclude_none=True)


def nested(result: Result) -> dict[str, Any]:
    return document(result).model_dump(mode="json")


def test_tables_have_the_columns_of_the_contract_in_its_order() -> None:
    assert {table.name: ", ".join(table.columns) for table in TABLES} == CONTRACT


def test_an_event_is_one_row() -> None:
    assert row(RESULT, "events") == {
        "event_id": "lunar-labs-series-b-2024",
        "target": "Lunar Labs",
        "target_id": "lunar-labs",
        "ai": "yes",
        "round": "series_b",
        "status": "closed",
        "date": "2024-02",
        "date_min": "2024-02-01",
        "date_max": "2024-02-29",
        "amount": 1_000_000_000,
        "currency": "USD",
        "amount_min": 1_000_000_000,
        "amount_qualifier": "more_than",
        "amount_usd": 1_000_000_000,
        "valuation": 2_500_000_000,
        "valuation_currency": "EUR",
        "valuation_min": 2_500_000_000,
        "valuation_max": 2_500_000_000,
        "valuation_qualifier": "exact",
        "valuation_basis": "post",
        "compute_share": 0.8,
        "compute_share_min": 0.8,
        "compute_share_max": 0.8,
        "compute_text": "80% of it as cloud credits",
        "lead_investors": "Kestrel Capital",
        "investors": "Kestrel Capital; Birch Ventures",
        "articles": "moonrise; morning",
        "publishers": 2,
        "conflicts": "amount",
    }


@pytest.mark.parametrize(
    ("money", "cell"),
    [
        (Money(5, 5, "USD"), 5),
        (Money(5, 5, "USD", "about"), 5),
        (Money(5, None, "USD", "more_than"), 5),
        (Money(None, 9, "USD", "up_to"), 9),
        (Money(5, 9, "USD", "range"), None),
        (Money(10_000_000, 99_000_000, "USD", "vague"), None),
        (Money(10_000_000, None, "USD", "vague"), None),
        (Money(1.5e9, 1.5e9, "USD"), 1_500_000_000),
        (Money(11.7e9 + 1e-6, 11.7e9 + 1e-6, "USD"), 11_700_000_000),
        (Money(0.5, 0.5, "USD"), 0.5),
    ],
)
def test_the_amount_cell_holds_the_stated_figure(money: Money, cell: Number | None) -> None:
    found = row(with_event(amount=money), "events").get("amount")
    assert (found, type(found)) == (cell, type(cell))


def test_a_share_between_bounds_has_no_point_value() -> None:
    event = row(with_event(compute=Compute(0.5, 1, "mostly in credits")), "events")
    assert "compute_share" not in event
    assert (event["compute_share_min"], event["compute_share_max"]) == (0.5, 1.0)


def test_compute_without_a_share_is_present() -> None:
    result = with_event(compute=Compute(None, None, "also in credits"))
    assert nested(result)["events"][0]["compute"] == {
        "present": True,
        "share_min": None,
        "share_max": None,
        "amount": None,
        "of": "round",
        "text": "also in credits",
    }
    assert "compute_share" not in row(result, "events")


def test_a_report_keeps_its_own_values() -> None:
    report = row(RESULT, "reports", 1)
    assert (report["article"], report["event_id"]) == ("morning", "lunar-labs-series-b-2024")
    assert (report["amount"], report["amount_usd"], report["amount_qualifier"]) == (800_000_000, 800_000_000, "exact")
    assert "round" not in report
    assert "lead_investors" not in report


def test_dollars_of_a_report_are_those_of_the_events_equal_sum_or_dollars_stated() -> None:
    assert row(RESULT, "reports", 0)["amount_usd"] == 1_000_000_000
    yuan = Money(200_000_000, 200_000_000, "CNY")
    other = Money(300_000_000, 300_000_000, "CNY")
    reports = (replace(MOONRISE, amount=yuan), replace(MORNING, amount=other))
    result = with_event(amount=yuan, amount_usd=28_000_000, reports=reports)
    assert row(result, "reports", 0)["amount_usd"] == 28_000_000
    assert "amount_usd" not in row(result, "reports", 1)


def test_an_investment_is_one_investor_with_its_own_cheque() -> None:
    assert row(RESULT, "investments", 0) == {
        "event_id": "lunar-labs-series-b-2024",
        "target": "Lunar Labs",
        "investor": "Kestrel Capital",
        "investor_id": "kestrel-capital",
        "role": "lead",
        "articles": "moonrise; morning",
    }
    assert row(RESULT, "investments", 1).get("amount") is None  # a range
    assert row(RESULT, "investments", 1)["currency"] == "CNY"


def test_evidence_tells_the_value_that_it_supports() -> None:
    rows = [one.model_dump() for one in tables(document(RESULT))["evidence"]]
    values = {(one["article"], one["field"]): one["value"] for one in rows}
    assert values["moonrise", "target"] == "Lunar Labs"
    assert values["moonrise", "investor.birch-ventures"] == "Birch Ventures"
    assert values["moonrise", "lead.kestrel-capital"] == "lead"
    assert values["moonrise", "amount"] == "1000000000.. USD more_than"
    assert values["morning", "amount"] == "800000000 USD exact"
    assert values["moonrise", "valuation"] == "2500000000 EUR exact"
    assert values["moonrise", "compute"] == "0.8"
    assert values["morning", "date"] == "2024-02"


def test_evidence_is_grounded_or_rests_on_the_publication_date() -> None:
    for one in tables(document(RESULT))["evidence"]:
        cells = one.model_dump()
        if cells["part"] == "published":
            assert (cells["start"], cells["end"]) == (None, None)
        else:
            assert TEXTS[cells["article"]][cells["start"] : cells["end"]] == cells["quote"]


def test_entities_count_articles_and_list_spellings() -> None:
    assert row(RESULT, "entities", 2) == {
        "entity_id": "lunar-labs",
        "name": "Lunar Labs",
        "kind": "ai_company",
        "aliases_seen": "Lunar Labs; The moon laboratory",
        "articles": 2,
    }


def test_every_input_has_a_row() -> None:
    rows = [one.model_dump() for one in tables(document(RESULT))["articles"]]
    assert [(one["article"], one["outcome"]) for one in rows] == [
        ("moonrise", "events"),
        ("morning", "events"),
        ("weather", "no_event"),
    ]


def test_the_document_has_the_shape_of_the_contract() -> None:
    event = nested(RESULT)["events"][0]
    assert event["target"] == {"id": "lunar-labs", "name": "Lunar Labs", "ai": "yes"}
    assert event["investors"][0] == {
        "id": "kestrel-capital",
        "name": "Kestrel Capital",
        "role": "lead",
        "amount": None,
        "compute": None,
    }
    assert event["amount"] == {
        "min": 1_000_000_000,
        "max": None,
        "currency": "USD",
        "qualifier": "more_than",
        "usd": 1_000_000_000,
    }
    assert (event["valuation"]["basis"], event["valuation"]["usd"]) == ("post", 2_700_000_000)
    assert event["date"] == {"edtf": "2024-02", "min": "2024-02-01", "max": "2024-02-29"}
    assert event["reports"][1]["target"]["as_written"] == ["The moon laboratory"]
    assert event["reports"][1]["evidence"][-1]["part"] == "published"


def test_a_conflict_lists_the_chosen_value_first() -> None:
    (conflict,) = nested(RESULT)["events"][0]["conflicts"]
    assert [(one["value"]["min"], one["articles"]) for one in conflict["values"]] == [
        (1_000_000_000, ["moonrise"]),
        (800_000_000, ["morning"]),
    ]
    assert conflict["chosen"] == conflict["values"][0]["value"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("closed", "closed"),
        (EVENT.date, {"edtf": "2024-02", "min": "2024-02-01", "max": "2024-02-29"}),
        (("Kestrel", "Birch"), ["Birch", "Kestrel"]),
        (0.8, 0.8),
        (None, None),
    ],
)
def test_conflicts_hold_values_of_any_field(value: object, written: object) -> None:
    conflict = Conflict("status", ((value, ("moonrise",)), ("denied", ("morning",))), value, "it is so")
    assert nested(with_event(conflicts=(conflict,)))["events"][0]["conflicts"][0]["chosen"] == written


def test_the_document_fits_its_own_schema_and_reads_back_the_same() -> None:
    content = nested(RESULT)
    schema = json.loads(schema_json())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(content, schema, format_checker=jsonschema.FormatChecker())
    assert Document.model_validate(content) == document(RESULT)


def test_the_schema_refuses_what_the_contract_does_not_know() -> None:
    schema = json.loads(schema_json())
    for path, wrong in (("status", "perhaps"), ("round", "series_z"), ("amount", 5), ("surprise", 1)):
        content = nested(RESULT)
        content["events"][0][path] = wrong
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(content, schema)


@pytest.mark.parametrize(
    "changed",
    [
        {"round": "series_z"},
        {"amount": Money(1, 1, "dollars")},
        {"compute": Compute(0.1, 80, "80")},
        {"amount": Money(-1, -1, "USD")},
    ],
)
def test_a_result_that_breaks_the_contract_does_not_become_a_document(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        document(with_event(**changed))


def test_the_order_of_a_results_members_does_not_show() -> None:
    events = (EVENT, second())
    expected = nested(replace(RESULT, events=events))
    for seed in range(5):
        mixed = random.Random(seed)
        shuffled = replace(
            RESULT,
            events=_mix(mixed, [_mixed_event(mixed, event) for event in events]),
            entities=_mix(mixed, RESULT.entities),
            articles=_mix(mixed, RESULT.articles),
        )
        assert nested(shuffled) == expected


def _mix(mixed: random.Random, members: Any) -> tuple[Any, ...]:
    return tuple(mixed.sample(list(members), len(members)))


def _mixed_event(mixed: random.Random, event: Event) -> Event:
    reports = tuple(
        replace(one, investors=_mix(mixed, one.investors), evidence=_mix(mixed, one.evidence)) for one in event.reports
    )
    return replace(
        event,
        investors=_mix(mixed, event.investors),
        articles=_mix(mixed, event.articles),
        conflicts=tuple(replace(one, values=_mix(mixed, one.values)) for one in event.conflicts),
        reports=_mix(mixed, reports),
    )


def test_keys_hold_in_the_sample() -> None:
    assert broken_keys(tables(document(RESULT))) == []


def test_keys_that_are_there_twice_or_lead_nowhere_are_told() -> None:
    twice = replace(RESULT, events=(EVENT, EVENT), entities=RESULT.entities[:2])
    problems = broken_keys(tables(document(twice)))
    assert "events: event_id 'lunar-labs-series-b-2024' is there twice" in problems
    assert "investments: investor_id 'birch-ventures' is not in entities" in problems


def test_a_day_alone_and_no_date_at_all() -> None:
    day = MOONRISE.date and MOONRISE.date.min
    assert day is not None
    assert row(with_event(date=When("2024-02-01", day, day)), "events")["date"] == "2024-02-01"
    assert "date" not in row(with_event(date=None), "events")


def test_equal_evidence_is_written_once() -> None:
    doubled = replace(MOONRISE, evidence=MOONRISE.evidence * 2)
    assert nested(with_event(reports=(doubled, MORNING))) == nested(RESULT)
