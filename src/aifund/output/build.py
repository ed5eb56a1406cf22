"""From a run's `Result` to the document that is written: everything sorted, so that no input order shows through."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from aifund.model import (
    ArticleRow,
    Compute,
    Conflict,
    Entity,
    Event,
    Evidence,
    Money,
    Number,
    Party,
    Report,
    Result,
    Valuation,
    When,
)
from aifund.output.document import SCHEMA_VERSION, ArticleNode, Document
from aifund.output.values import number, stated
from aifund.shelf import Shelf

Usd = Callable[[Money], Number | None]
Json = dict[str, Any]

FIELDS = ("target", "investor", "lead", "round", "status", "amount", "valuation", "compute", "date")


def document(result: Result) -> Document:
    """The contract's events.json of a run.

    Raises pydantic's ValidationError where the result breaks the contract: an unknown round, a share above 1.
    """
    return Document.model_validate(
        {
            "schema_version": SCHEMA_VERSION,
            "events": [_event(event) for event in sorted(result.events, key=lambda event: event.id)],
            "entities": [_entity(entity) for entity in sorted(result.entities, key=lambda entity: entity.id)],
            "articles": list(Articles(result)),
        }
    )


class Articles:
    """The articles of a run, made one at a time whenever they are asked for. Raises as `document` does."""

    def __init__(self, result: Result) -> None:
        self._rows = result.articles

    def __iter__(self) -> Iterator[ArticleNode]:
        rows = self._rows
        in_order = rows if isinstance(rows, Shelf) else sorted(rows, key=lambda row: row.article)
        return (ArticleNode.model_validate(_article(row)) for row in in_order)

    def __len__(self) -> int:
        return len(self._rows)


def _event(event: Event) -> Json:
    usd = _usd_of(event)
    return {
        "event_id": event.id,
        "target": {"id": event.target.id, "name": event.target.name, "ai": event.ai},
        "investors": [_investor(party, usd) for party in _leads_first(event.investors, event.reports)],
        **_terms(event, usd),
        "articles": sorted(event.articles),
        "publishers": event.publishers,
        "conflicts": [_conflict(one, usd) for one in sorted(event.conflicts, key=lambda one: _place(one.field))],
        "reports": [_report(report, usd) for report in sorted(event.reports, key=lambda report: report.article)],
    }


def _usd_of(event: Event) -> Usd:
    """Dollars for the sums of an event and its reports: merge's figure where it gave one, dollars as they are."""
    known = {event.amount: event.amount_usd} if event.amount else {}
    if event.valuation:
        known[event.valuation.money] = event.valuation_usd

    def usd(money: Money) -> Number | None:
        if money in known:
            return known[money]
        return stated(money.min, money.max, money.qualifier) if money.currency == "USD" else None

    return usd


def _report(report: Report, usd: Usd) -> Json:
    return {
        "article": report.article,
        "target": {
            "id": report.target.id,
            "name": report.target.name,
            "ai": report.ai,
            "as_written": sorted(report.target.as_written),
        },
        "investors": [
            {**_investor(party, usd), "as_written": sorted(party.as_written)}
            for party in _leads_first(report.investors)
        ],
        **_terms(report, usd),
        "evidence": [_evidence(one) for one in sorted(set(report.evidence), key=_evidence_order)],
    }


def _terms(told: Event | Report, usd: Usd) -> Json:
    """What events and reports have in common but for who is in it."""
    return {
        "round": told.round or None,
        "status": told.status,
        "amount": told.amount and _money(told.amount, usd),
        "valuation": told.valuation and _valuation(told.valuation, usd),
        "compute": told.compute and _compute(told.compute, usd),
        "date": told.date and _date(told.date),
    }


def _leads_first(parties: Iterable[Party], reports: Iterable[Report] = ()) -> list[Party]:
    """Leads, then those whom more reports name, then by name."""
    named = Counter(party.id for report in reports for party in report.investors)
    return sorted(parties, key=lambda party: (party.role != "lead", -named[party.id], party.name, party.id))


def _investor(party: Party, usd: Usd) -> Json:
    return {
        "id": party.id,
        "name": party.name,
        "role": party.role,
        "amount": party.amount and _money(party.amount, usd),
        "compute": party.compute and _compute(party.compute, usd),
    }


def _money(money: Money, usd: Usd) -> Json:
    dollars = usd(money)
    return {
        "min": None if money.min is None else number(money.min),
        "max": None if money.max is None else number(money.max),
        "currency": money.currency,
        "qualifier": money.qualifier,
        "usd": None if dollars is None else number(dollars),
    }


def _valuation(valuation: Valuation, usd: Usd) -> Json:
    return {**_money(valuation.money, usd), "basis": valuation.basis}


def _compute(compute: Compute, usd: Usd) -> Json:
    return {
        "present": True,
        "share_min": None if compute.share_min is None else round(float(compute.share_min), 6),
        "share_max": None if compute.share_max is None else round(float(compute.share_max), 6),
        "amount": compute.amount and _money(compute.amount, usd),
        "of": compute.of,
        "text": compute.text,
    }


def _date(when: When) -> Json:
    return {"edtf": when.edtf, "min": when.min, "max": when.max}


def _evidence(one: Evidence) -> Json:
    spanless = one.start < 0
    return {
        "field": one.field,
        "part": one.part,
        "start": None if spanless else one.start,
        "end": None if spanless else one.end,
        "quote": one.quote,
        "rule": one.rule,
    }


def _evidence_order(one: Evidence) -> tuple[Any, ...]:
    return _place(one.field), one.part, one.start, one.end, one.quote, one.rule


def _place(field: str) -> tuple[int, str]:
    """Fields in the order of the contract, then by name."""
    kind = field.partition(".")[0]
    return FIELDS.index(kind) if kind in FIELDS else len(FIELDS), field


def _conflict(conflict: Conflict, usd: Usd) -> Json:
    chosen = _value(conflict.chosen, usd)
    values = [{"value": _value(value, usd), "articles": sorted(articles)} for value, articles in conflict.values]

    def order(one: Json) -> tuple[bool, int, str]:
        text = json.dumps(one, ensure_ascii=False, sort_keys=True, default=str)
        return one["value"] != chosen, -len(one["articles"]), text

    return {
        "field": conflict.field,
        "values": sorted(values, key=order),
        "chosen": chosen,
        "because": conflict.because,
    }


def _value(value: Any, usd: Usd) -> Any:
    """A value of any field: the stages' types become nodes, texts and numbers stay, several of them are sorted."""
    match value:
        case Money():
            return _money(value, usd)
        case Valuation():
            return _valuation(value, usd)
        case Compute():
            return _compute(value, usd)
        case When():
            return _date(value)
        case Party():
            return value.name
        case tuple() | list() | frozenset():
            return sorted(_value(one, usd) for one in value)
        case _:
            return value


def _entity(entity: Entity) -> Json:
    decisions = sorted(set(entity.decisions), key=lambda one: (one.spelling, one.method, one.because))
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind or None,
        "parent": entity.parent or None,
        "wikidata": entity.wikidata or None,
        "ai": entity.ai,
        "aliases_seen": sorted(entity.aliases_seen),
        "articles": sorted(entity.articles),
        "decisions": [
            {
                "spelling": one.spelling,
                "method": one.method,
                "because": one.because,
                "rejected": sorted(one.rejected),
            }
            for one in decisions
        ],
    }


def _article(row: ArticleRow) -> Json:
    return {
        "article": row.article,
        "title": row.title or None,
        "publisher": row.publisher or None,
        "published": row.published or None,
        "language": row.language or None,
        "url": row.url or None,
        "outcome": row.outcome,
        "reason": row.reason or None,
        "duplicate_of": row.duplicate_of or None,
        "events": row.events,
        "sha256": row.sha256 or None,
    }
