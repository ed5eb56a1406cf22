"""What a run has to tell since the last one: one item for each thing that happened to an event."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from aifund.errors import UsageError
from aifund.output.changes import Change, event_changes
from aifund.output.document import SCHEMA_VERSION, Document, EventNode, StatementNode
from aifund.output.people import VALUES, headline, investors_words, target_words
from aifund.output.publish import EVENTS, Composed
from aifund.output.read import read_events
from aifund.output.values import one_line

Kind = Literal["new", "status", "value", "conflict", "follows", "gone"]
WORDS: Mapping[str, Callable[[StatementNode], str | None]] = {
    "target": target_words,
    **VALUES,
    "investors": investors_words,
}
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news; `message` tells it in words, `facts` are for programs, as events.json has them."""

    change: Kind
    event_id: str
    target: str
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """All items, sorted by event. `since` is None where no earlier tables were there, so that every event is new;
    `flaw` says why earlier tables could not be compared, if so.
    """

    items: tuple[Item, ...] = ()
    since: Document | None = None
    flaw: str = ""

    def counts(self) -> dict[Kind, int]:
        """Items of each kind."""
        kinds = [item.change for item in self.items]
        return {kind: kinds.count(kind) for kind in KINDS}


def news(directory: Path, composed: Composed) -> News:
    """What the tables of a run tell that those in `directory`, which they are to replace, do not."""
    after = composed.document
    file = directory / EVENTS
    if not file.exists():
        return _first(after)
    try:
        before = read_events(directory)
    except (OSError, UsageError) as error:
        return _first(after, str(error))
    old, new = ({event.event_id: event for event in document.events} for document in (before, after))
    found = (item for change in event_changes(before, after) for item in _items(change, old, new))
    return News(tuple(found), before)


def _first(after: Document, flaw: str = "") -> News:
    return News(tuple(map(_new, after.events)), flaw=flaw)


def lines(told: News) -> str:
    """The items as JSON Lines; empty where there are none."""
    records = (
        {
            "schema_version": SCHEMA_VERSION,
            "change": item.change,
            "event_id": item.event_id,
            "target": item.target,
            **item.facts,
            "message": item.message,
        }
        for item in told.items
    )
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def _items(change: Change, old: Mapping[str, EventNode], new: Mapping[str, EventNode]) -> Iterator[Item]:
    if change.kind == "gained":
        yield _new(new[change.id])
    elif change.kind == "lost":
        event = old[change.id]
        yield Item("gone", change.id, event.target.name, f"gone: {headline(event)}")
    else:
        event = new[change.id]
        if change.kind == "follows":
            message = one_line(f"{change.earlier} is {change.id} now ({event.target.name})")
            yield Item("follows", change.id, event.target.name, message, {"earlier": change.earlier})
        if change.cells:
            yield from _moved(old[change.earlier or change.id], event)


def _new(event: EventNode) -> Item:
    whole = event.model_dump(mode="json", exclude={"event_id", "reports", "target"})
    return Item("new", event.event_id, event.target.name, f"new: {headline(event)}", whole)


def _moved(before: EventNode, after: EventNode) -> Iterator[Item]:
    """Each value that is another now, and each field on which articles disagree only now."""
    was, now = before.model_dump(mode="json"), after.model_dump(mode="json")
    for name, tell in WORDS.items():
        if was[name] != now[name]:
            change: Kind = "status" if name == "status" else "value"
            told = f"{name} {tell(before) or 'unknown'} → {tell(after) or 'unknown'}"
            facts = {"field": name, "old": was[name], "new": now[name], "articles": after.articles}
            yield _item(change, after, told, facts)
    known = {conflict.field for conflict in before.conflicts}
    for conflict in now["conflicts"]:
        if conflict["field"] not in known:
            said = {words for report in after.reports if (words := WORDS[conflict["field"]](report))}
            told = f"articles disagree on its {conflict['field']}: {' or '.join(sorted(said))}"
            yield _item("conflict", after, told, conflict)


def _item(change: Kind, event: EventNode, told: str, facts: Mapping[str, Any]) -> Item:
    return Item(change, event.event_id, event.target.name, one_line(f"{event.event_id}: {told}"), facts)
