"""The tables of the contract: what identifies a row, and where references between them lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel

from aifund.output import flatten
from aifund.output.document import ArticleNode, Document
from aifund.output.rows import EntityRow, EventRow, EvidenceRow, InvestmentRow, ReportRow

Key = tuple[str, ...]
Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of a table by its key."""

    columns: Key
    table: str
    key: Key


class Rows(Protocol):
    """A table's rows, which need not all be in memory."""

    def __iter__(self) -> Iterator[BaseModel]: ...
    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: its rows' model, how its rows come out of the document, its key and its references.

    `in_order`: its rows are sorted by key.
    """

    name: str
    row: type[BaseModel]
    rows: Callable[[Document], Iterable[BaseModel]]
    key: Key
    references: tuple[Reference, ...] = ()
    in_order: bool = False

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
    Table("articles", ArticleNode, flatten.article_rows, ("article",), (TO_ORIGINAL,), in_order=True),
)


def tables(document: Document) -> dict[str, Rows]:
    """The rows of every table, by the table's name, in the order of the contract."""
    return {table.name: list(table.rows(document)) for table in TABLES}


def broken_keys(rows: Mapping[str, Rows]) -> list[str]:
    """What a database would refuse: a key that is there twice, a reference that leads nowhere; one line each."""
    problems: list[str] = []
    used: dict[tuple[str, Reference], set[Cells]] = {
        (table.name, to): set() for table in TABLES for to in table.references
    }
    for table in TABLES:
        seen: set[Cells] = set()
        for row in rows[table.name]:
            key = _cells(row, table.key)
            if key in seen:
                problems.append(f"{table.name}: {_named(table.key, key)} is there twice")
            if table.in_order:
                seen.clear()
            seen.add(key)
            for reference in table.references:
                if None not in (to := _cells(row, reference.columns)):
                    used[table.name, reference].add(to)
    for (name, reference), lost in used.items():
        for row in rows[reference.table] if lost else ():
            lost.discard(_cells(row, reference.key))
        problems.extend(f"{name}: {_named(reference.columns, key)} is not in {reference.table}" for key in lost)
    return sorted(problems)


def _cells(row: BaseModel, columns: Key) -> Cells:
    return tuple(getattr(row, column) for column in columns)


def _named(columns: Key, cells: Cells) -> str:
    return ", ".join(f"{column} {cell!r}" for column, cell in zip(columns, cells, strict=True))
