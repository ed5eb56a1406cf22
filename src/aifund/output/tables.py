"""The tables of the contract: what identifies a row, and where references between them lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from aifund.output import flatten
from aifund.output.document import ArticleNode, Document
from aifund.output.rows import EntityRow, EventRow, EvidenceRow, InvestmentRow, ReportRow

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of a table by its key."""

    columns: Key
    table: str
    key: Key


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: its rows' model, how its rows come out of the document, its key and its references."""

    name: str
    row: type[BaseModel]
    rows: Callable[[Document], Iterable[BaseModel]]
    key: Key
    references: tuple[Reference, ...] = ()

    @property
    def columns(self) -> Key:
        return tuple(self.row.model_fields)


TO_EVENT = Reference(("event_id",), "events", ("event_id",))
TO_TARGET = Reference(("target_id",), "entities", ("entity_id",))
TO_INVESTOR = Reference(("investor_id",), "entities", ("entity_id",))
TO_ARTICLE = Reference(("article",), "articles", ("article",))
TO_ORIGINAL = Reference(("duplicate_of",), "articles", ("article",))
TO_REPORT = Reference(("article", "event_id"), "reports", ("article", "event_id"))

EVIDENCE_KEY = ("event_id", "article", "field", "part", "start", "end", "quote", "rule")

TABLES = (
    Table("events", EventRow, flatten.event_rows, ("event_id",), (TO_TARGET,)),
    Table("investments", InvestmentRow, flatten.investment_rows, ("event_id", "investor_id"), (TO_EVENT, TO_INVESTOR)),
    Table("reports", ReportRow, flatten.report_rows, ("article", "event_id"), (TO_ARTICLE, TO_EVENT, TO_TARGET)),
    Table("evidence", EvidenceRow, flatten.evidence_rows, EVIDENCE_KEY, (TO_REPORT,)),
    Table("entities", EntityRow, flatten.entity_rows, ("entity_id",)),
    Table("articles", ArticleNode, flatten.article_rows, ("article",), (TO_ORIGINAL,)),
)


def tables(document: Document) -> dict[str, list[BaseModel]]:
    """The rows of every table, by the table's name, in the order of the contract."""
    return {table.name: list(table.rows(document)) for table in TABLES}


def broken_keys(rows: Mapping[str, Sequence[BaseModel]]) -> list[str]:
    """What a database would refuse: a key that is there twice, a reference that leads nowhere; one line each."""
    problems: list[str] = []
    for table in TABLES:
        seen: set[tuple[Any, ...]] = set()
        for row in rows[table.name]:
            key = _cells(row, table.key)
            if key in seen:
                problems.append(f"{table.name}: {_named(table.key, key)} is there twice")
            seen.add(key)
        for reference in table.references:
            known = {_cells(row, reference.key) for row in rows[reference.table]}
            used = {key for row in rows[table.name] if None not in (key := _cells(row, reference.columns))}
            lost = (_named(reference.columns, key) for key in used - known)
            problems.extend(f"{table.name}: {name} is not in {reference.table}" for name in lost)
    return sorted(problems)


def _cells(row: BaseModel, columns: Key) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)


def _named(columns: Key, cells: tuple[Any, ...]) -> str:
    return ", ".join(f"{column} {cell!r}" for column, cell in zip(columns, cells, strict=True))
