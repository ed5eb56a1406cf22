"""The straight line: load → gate → parse → mentions → frames → reports → resolve → merge; publish is another verb."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aifund.budget import Budget, Files
from aifund.duplicates import Duplicates
from aifund.entities.catalogue import Catalogue
from aifund.entities.resolve import resolve
from aifund.events.merge import merge
from aifund.events.rates import shared
from aifund.finding import Finder, Finding, dated
from aifund.language.parse import model_name
from aifund.model import Article, Entity, Event, Report, Result
from aifund.shelf import Shelf
from aifund.sources import Item, Reading, own_ids, read, read_apart

if TYPE_CHECKING:
    from aifund.ledger.book import Book
    from aifund.rules import Rules

log = logging.getLogger(__name__)


def run(
    paths: Sequence[Path],
    rules: Rules,
    only_ai: bool = False,
    progress: Callable[[int], None] | None = None,
    reading: Reading | None = None,
    ledger: Path | None = None,
    max_seconds: float | None = None,
) -> Result:
    """All events that the articles under `paths` tell of, and those that the ledger keeps.

    Raises UsageError for a path that does not exist.
    """
    catalogue = Catalogue.load(rules.entities, rules.own_entities)
    reading = reading or Reading()
    budget = Budget(max_seconds, Finder(rules, catalogue, reading.limits.characters).find)
    files = budget.within(read_apart(paths, reading))
    if ledger is None:
        findings = map(budget.find, _counted(own_ids(_apart(files, budget)), progress))
        result = _together(findings, rules, catalogue, only_ai)
        _tell_left(budget, "the tables lack them, and without a ledger the next run begins anew")
        return result
    from aifund.ledger.book import Book
    from aifund.ledger.store import opened

    made_by = versions(rules) | {"characters": str(reading.limits.characters)}
    with opened(ledger, create=True) as base:
        book = Book(base, ledger.parent, made_by)
        deque(_counted(_taken(files, book, budget), progress), 0)
        _tell_left(budget, "the next run takes them")
        if old := book.renew(budget.find, budget.spent):
            log.warning("time is up: %d inputs stay as earlier versions found them; the next run goes on", old)
        log.info("ledger %s: %s", ledger, ", ".join(f"{count} {what}" for what, count in sorted(book.tally.items())))
        return replace(_together(book.findings(), rules, catalogue, only_ai), ledger=dict(sorted(book.tally.items())))


def _apart(files: Files, budget: Budget) -> Iterator[Item]:
    """The items of all files; of those that time is not enough for, that they are left out."""
    for _, items in files:
        yield from items
    yield from budget.unread()


def _taken(files: Files, book: Book, budget: Budget) -> Iterator[Item]:
    """The items of all files, which the ledger has taken."""
    for entry, items in files:
        path = Path(entry.path)
        yield from book.take(path, items, budget.find)
        if entry not in budget.left:
            book.whole(path)


def _tell_left(budget: Budget, meaning: str) -> None:
    if budget.left:
        first, count = budget.left[0], len(budget.left)
        files = "1 file is" if count == 1 else f"{count} files are"
        log.warning("time is up: %s not read to the end, first %s; %s", files, first.path, meaning)


def _counted(items: Iterable[Item], progress: Callable[[int], None] | None) -> Iterator[Item]:
    for count, item in enumerate(items, 1):
        yield item
        if progress:
            progress(count)


def _together(findings: Iterable[Finding], rules: Rules, catalogue: Catalogue, only_ai: bool) -> Result:
    """All findings seen together: names resolved, events merged."""
    articles: dict[str, Article] = {}  # those with reports: no other needs to stay in memory
    rows = Shelf()
    told: list[Report] = []
    sources: dict[str, str] = {}
    duplicates = Duplicates()
    for finding in findings:
        item = finding.item
        rows.put(finding.row)
        if isinstance(item, Article) and finding.row.outcome == "no_event":
            duplicates.add(item)
            if finding.reports:
                told += finding.reports
                articles[item.id] = item
                sources[item.id] = finding.cites
    repeats = duplicates.originals()
    resolved, entities = resolve(told, articles, catalogue)
    del told  # else every report is there twice while events are merged
    events = merge(_with_ai(resolved, entities), articles, shared(), repeats, sources)
    if only_ai:
        events = [event for event in events if event.ai == "yes"]
        entities = _seen_in(events, entities)
    rows.settle((article for event in events for article in event.articles), repeats)
    return Result(tuple(events), tuple(entities), rows, versions(rules))


def load(paths: Sequence[Path], rules: Rules, reading: Reading | None = None) -> Iterator[Item]:
    """The inputs, each article dated by its own dateline where the input gives no date."""
    return (dated(item, rules) for item in read(paths, reading))


def _with_ai(told: Sequence[Report], entities: Iterable[Entity]) -> list[Report]:
    """The catalogue's word on whether a target is an AI company outweighs the articles'."""
    known = {entity.id: entity.ai for entity in entities if entity.ai != "unknown"}
    return [replace(each, ai=known[each.target.id]) if each.target.id in known else each for each in told]


def _seen_in(events: Iterable[Event], entities: Iterable[Entity]) -> list[Entity]:
    seen = {party.id for event in events for party in (event.target, *event.investors)}
    return [entity for entity in entities if entity.id in seen]


def versions(rules: Rules) -> dict[str, str]:
    """What findings and tables depend on besides the articles."""
    from importlib.metadata import version

    from aifund.events import weights

    return {
        "aifund": version("aifund"),
        "model": model_name(),
        "spacy": version("spacy"),
        "rules": rules.digest,
        "roles": weights.digest(),
    }
