"""The document as flat rows, one function a table: the CSV files hold nothing that events.json does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from aifund.output.cells import JOIN, joined, said, stated_cell, statement
from aifund.output.document import ArticleNode, Document
from aifund.output.rows import EntityRow, EventRow, EvidenceRow, InvestmentRow, ReportRow


def event_rows(document: Document) -> Iterator[EventRow]:
    """events.csv, in the document's order, which is that of the ids."""
    for event in document.events:
        yield EventRow(
            event_id=event.event_id,
            articles=JOIN.join(event.articles),
            publishers=event.publishers,
            conflicts=joined([conflict.field for conflict in event.conflicts]),
            **statement(event),
        )


def investment_rows(document: Document) -> Iterator[InvestmentRow]:
    """investments.csv: every investor of every event, with its own cheque where one is stated."""
    for event in document.events:
        for investor in event.investors:
            naming = [r.article for r in event.reports if any(one.id == investor.id for one in r.investors)]
            yield InvestmentRow(
                event_id=event.event_id,
                target=event.target.name,
                investor=investor.name,
                investor_id=investor.id,
                role=investor.role,
                amount=stated_cell(investor.amount),
                currency=investor.amount.currency if investor.amount else None,
                compute_share_min=investor.compute.share_min if investor.compute else None,
                compute_share_max=investor.compute.share_max if investor.compute else None,
                articles=joined(naming),
            )


def report_rows(document: Document) -> Iterator[ReportRow]:
    """reports.csv: who said what, sorted by article."""
    reports = ((report, event) for event in document.events for report in event.reports)
    for report, event in sorted(reports, key=lambda one: (one[0].article, one[1].event_id)):
        yield ReportRow(article=report.article, event_id=event.event_id, **statement(report))


def evidence_rows(document: Document) -> Iterator[EvidenceRow]:
    """evidence.csv: every quote, with the value that it supports as its report has it."""
    for event in document.events:
        for report in event.reports:
            for one in report.evidence:
                value = said(report, one.field)
                yield EvidenceRow(event_id=event.event_id, article=report.article, value=value, **one.model_dump())


def entity_rows(document: Document) -> Iterator[EntityRow]:
    """entities.csv: every organisation or person seen."""
    for entity in document.entities:
        yield EntityRow(
            entity_id=entity.id,
            name=entity.name,
            kind=entity.kind,
            parent=entity.parent,
            aliases_seen=joined(entity.aliases_seen),
            wikidata=entity.wikidata,
            articles=len(entity.articles),
        )


def article_rows(document: Document) -> Iterator[ArticleNode]:
    """articles.csv: every input with its outcome; its rows are the document's own."""
    yield from document.articles
