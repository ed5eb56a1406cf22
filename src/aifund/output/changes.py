"""What changed between two documents: events gained, lost or changed, cell by cell, and what became of articles.

Compared are the rows of events.csv, each investor's role and cheque, what each article says of an event, and the rows
of articles.csv. Offsets, rules, entities and the manifest are not: they change without a change in what the tables say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aifund.output.cells import share_text, statement, sum_text
from aifund.output.document import Document, EventNode
from aifund.output.flatten import article_rows, event_rows
from aifund.output.followers import followers
from aifund.output.values import one_line

Kind = Literal["gained", "lost", "changed", "follows"]
Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that differs; None is an empty one."""

    column: str
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.column}: {_shown(self.old)} → {_shown(self.new)}"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one event or article. `earlier` is the id that an event had before, where its id follows."""

    kind: Kind
    id: str
    about: str
    cells: tuple[Cell, ...] = ()
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Differences:
    """All changes, sorted by id, and the ids of everything that was compared. True where there is a change."""

    events: tuple[Change, ...]
    articles: tuple[Change, ...]
    event_ids: tuple[str, ...]
    article_ids: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.events or self.articles)


def changes(before: Document, after: Document) -> Differences:
    """What changed from one document to another."""
    events = event_changes(before, after)
    articles = _changes(_articles(before), _articles(after))
    earlier = {change.earlier for change in events}
    ids = {event.event_id for document in (before, after) for event in document.events}
    inputs = {article.article for document in (before, after) for article in document.articles}
    return Differences(tuple(events), tuple(articles), tuple(sorted(ids - earlier)), tuple(sorted(inputs)))


def _shown(cell: Any) -> str:
    return "(empty)" if cell is None else one_line(str(cell))


def event_changes(before: Document, after: Document) -> list[Change]:
    """What became of the events alone."""
    old, new = _events(before), _events(after)
    pairs = followers(before, after)
    renewed = {later for later in pairs.values() if later not in old or later in pairs}
    follows = [
        Change("follows", later, "", _differing(old[earlier], new[later]) if later in renewed else (), earlier)
        for earlier, later in pairs.items()  # what joined an event that keeps its id changes nothing but that one
    ]
    left = {one: cells for one, cells in old.items() if one not in pairs}
    fresh = {one: cells for one, cells in new.items() if one not in renewed}
    return sorted([*follows, *_changes(left, fresh)], key=lambda change: (change.id, change.earlier))


def _changes(old: Mapping[str, Cells], new: Mapping[str, Cells]) -> list[Change]:
    changes = [Change("lost", one, _about(old[one])) for one in old.keys() - new.keys()]
    changes += [Change("gained", one, _about(new[one])) for one in new.keys() - old.keys()]
    for one in old.keys() & new.keys():
        if cells := _differing(old[one], new[one]):
            changes.append(Change("changed", one, "", cells))
    return sorted(changes, key=lambda change: change.id)


def _differing(old: Cells, new: Cells) -> tuple[Cell, ...]:
    """The cells that differ. An investor or a report that one side lacks shows in its lists already."""
    return tuple(
        Cell(column, old[column], new[column]) for column in old if column in new and old[column] != new[column]
    )


def _about(cells: Cells) -> str:
    columns = ("target", "round", "status", "amount", "currency", "date", "articles", "outcome", "reason")
    return ", ".join(one_line(str(cells[column])) for column in columns if cells.get(column) is not None)


def _events(document: Document) -> dict[str, Cells]:
    rows = (row.model_dump(exclude={"event_id"}) for row in event_rows(document))
    return {event.event_id: {**row, **_details(event)} for event, row in zip(document.events, rows, strict=True)}


def _details(event: EventNode) -> dict[str, Any]:
    """What events.csv does not tell: investors' roles and cheques, and what each article says."""
    cells: dict[str, Any] = {}
    for investor in event.investors:
        cells[f"{investor.id} role"] = investor.role
        cells[f"{investor.id} amount"] = sum_text(investor.amount)
        cells[f"{investor.id} compute"] = share_text(investor.compute)
    for report in event.reports:
        cells |= {f"{report.article} says {column}": cell for column, cell in statement(report).items()}
    return cells


def _articles(document: Document) -> dict[str, Cells]:
    """Rows of articles.csv; the number of events is left out, as the events themselves are compared."""
    return {row.article: row.model_dump(exclude={"article", "events"}) for row in article_rows(document)}
