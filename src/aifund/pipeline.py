"""The straight line: load → gate → parse → mentions → frames → reports → resolve → merge; publish is another verb."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aifund.duplicates import Duplicates
from aifund.entities.catalogue import Catalogue
from aifund.entities.resolve import resolve
from aifund.events.merge import merge
from aifund.events.rates import Rates
from aifund.finding import Finder, Finding, dated
from aifund.language.parse import model_name
from aifund.model import Article, ArticleRow, Entity, Event, Outcome, Report, Result
from aifund.sources import Item, Reading, read, read_apart

if TYPE_CHECKING:
    from aifund.rules import Rules

log = logging.getLogger(__name__)


def run(
    paths: Sequence[Path],
    rules: Rules,
    only_ai: bool = False,
    progress: Callable[[int], None] | None = None,
    reading: Reading | None = None,
    ledger: Path | None = None,
) -> Result:
    """All events that the articles under `paths` tell of, and those that the ledger keeps.

    Raises UsageError for a path that does not exist.
    """
    catalogue = Catalogue.load(rules.entities, rules.own_entities)
    reading = reading or Reading()
    finder = Finder(rules, catalogue, reading.limits.characters)
    if ledger is None:
        findings = map(finder.find, _counted(read(paths, reading), progress))
        return _together(findings, rules, catalogue, only_ai)
    from aifund.ledger.book import Book
    from aifund.ledger.store import opened

    made_by = versions(rules) | {"characters": str(reading.limits.characters)}
    with opened(ledger, create=True) as base:
        book = Book(base, ledger.parent, made_by)
        files = read_apart(paths, reading)
        deque(_counted((item for path, items in files for item in book.take(path, items, finder.find)), progress), 0)
        book.renew(finder.find)
        log.info("ledger %s: %s", ledger, ", ".join(f"{count} {what}" for what, count in sorted(book.tally.items())))
        return _together(book.findings(), rules, catalogue, only_ai)


def _counted(items: Iterable[Item], progress: Callable[[int], None] | None) -> Iterator[Item]:
    for count, item in enumerate(items, 1):
        yield item
        if progress:
            progress(count)


def _together(findings: Iterable[Finding], rules: Rules, catalogue: Catalogue, only_ai: bool) -> Result:
    """All findings seen together: names resolved, events merged."""
    articles: dict[str, Article] = {}  # those with reports: no other needs to stay in memory
    rows: list[ArticleRow] = []
    told: list[Report] = []
    sources: dict[str, str] = {}
    duplicates = Duplicates()
    for finding in findings:
        item = finding.item
        rows.append(finding.row)
        if isinstance(item, Article) and finding.row.outcome == "no_event":
            duplicates.add(item)
            if finding.reports:
                told += finding.reports
                articles[item.id] = item
                sources[item.id] = finding.cites
    repeats = duplicates.originals()
    resolved, entities = resolve(told, articles, catalogue)
    events = merge(_with_ai(resolved, entities), articles, Rates(), repeats, sources)
    if only_ai:
        events = [event for event in events if event.ai == "yes"]
        entities = _seen_in(events, entities)
    return Result(tuple(events), tuple(entities), tuple(_outcomes(rows, events, repeats)), versions(rules))


def load(paths: Sequence[Path], rules: Rules, reading: Reading | None = None) -> Iterator[Item]:
    """The inputs, each article dated by its own dateline where the input gives no date."""
    return (dated(item, rules) for item in read(paths, reading))


def _with_ai(told: Sequence[Report], entities: Iterable[Entity]) -> list[Report]:
    """The catalogue's word on whether a target is an AI company outweighs the articles'."""
    known = {entity.id: entity.ai for entity in entities if entity.ai != "unknown"}
    return [replace(report, ai=known.get(report.target.id, report.ai)) for report in told]


def _seen_in(events: Iterable[Event], entities: Iterable[Entity]) -> list[Entity]:
    seen = {party.id for event in events for party in (event.target, *event.investors)}
    return [entity for entity in entities if entity.id in seen]


def _outcomes(rows: Iterable[ArticleRow], events: Iterable[Event], repeats: Mapping[str, str]) -> Iterator[ArticleRow]:
    """The rows, with the number of their events and what they repeat. A duplicate keeps the events that it tells of."""
    counts = Counter(article for event in events for article in event.articles)
    for one in rows:
        outcome: Outcome = one.outcome
        if outcome == "no_event":
            outcome = "duplicate" if one.article in repeats else "events" if counts[one.article] else "no_event"
        told = counts[one.article]
        if not told and outcome == one.outcome:
            yield one  # as most rows of most runs: none is kept twice
        else:
            yield replace(one, outcome=outcome, events=told, duplicate_of=repeats.get(one.article, ""))


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
