"""The straight line: load → gate → parse → mentions → frames → reports → resolve → merge; publish is another verb."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aifund.entities.catalogue import Catalogue
from aifund.entities.resolve import resolve
from aifund.events.merge import merge
from aifund.events.rates import Rates
from aifund.events.reports import reports
from aifund.language.datelines import article_date
from aifund.language.mentions import Reader
from aifund.language.parse import model_name
from aifund.model import Article, ArticleRow, Entity, Event, Outcome, Report, Result, Unreadable
from aifund.sources import Item, Skipped, read

if TYPE_CHECKING:
    from aifund.rules import Rules


def run(paths: Sequence[Path], rules: Rules, only_ai: bool, progress: Callable[[int], None] | None) -> Result:
    """All events that the articles under `paths` tell of. Raises UsageError for a path that does not exist."""
    catalogue = Catalogue.load(rules.entities, rules.own_entities)
    reader = Reader(rules, catalogue)
    articles: dict[str, Article] = {}
    rows: list[ArticleRow] = []
    told: list[Report] = []
    for count, item in enumerate(load(paths, rules), 1):
        if isinstance(item, Article):
            found = reports(item, reader.read(item))
            told += found
            articles[item.id] = item
            rows.append(_row(item))
        else:
            rows.append(_unread(item))
        if progress:
            progress(count)
    resolved, entities = resolve(told, articles, catalogue)
    events = merge(_with_ai(resolved, entities), articles, Rates())
    if only_ai:
        events = [event for event in events if event.ai == "yes"]
        entities = _seen_in(events, entities)
    return Result(tuple(events), tuple(entities), tuple(_outcomes(rows, events)), _versions(rules))


def load(paths: Sequence[Path], rules: Rules) -> Iterable[Item]:
    """The inputs, each article dated by its own dateline where the input gives no date."""
    for item in read(paths):
        if isinstance(item, Article) and item.published is None:
            dateline = article_date(item.text, rules)
            yield replace(item, published=dateline.value.max) if dateline else item
        else:
            yield item


def _with_ai(told: Sequence[Report], entities: Iterable[Entity]) -> list[Report]:
    """The catalogue's word on whether a target is an AI company outweighs the articles'."""
    known = {entity.id: entity.ai for entity in entities if entity.ai != "unknown"}
    return [replace(report, ai=known.get(report.target.id, report.ai)) for report in told]


def _seen_in(events: Iterable[Event], entities: Iterable[Entity]) -> list[Entity]:
    seen = {party.id for event in events for party in (event.target, *event.investors)}
    return [entity for entity in entities if entity.id in seen]


def _outcomes(rows: Iterable[ArticleRow], events: Iterable[Event]) -> list[ArticleRow]:
    counts = Counter(article for event in events for article in event.articles)
    return [
        replace(row, outcome="events", events=counts[row.article])
        if row.outcome == "no_event" and counts[row.article]
        else row
        for row in rows
    ]


def _row(article: Article) -> ArticleRow:
    return ArticleRow(
        article=article.id,
        outcome="no_event",
        title=article.title,
        publisher=article.publisher,
        published=article.published.isoformat() if article.published else "",
        language=article.language,
        url=article.url,
        sha256=hashlib.sha256(f"{article.title}\n{article.text}".encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _unread(item: Unreadable | Skipped) -> ArticleRow:
    outcome: Outcome = "skipped" if isinstance(item, Skipped) else "unreadable"
    return ArticleRow(article=item.id, outcome=outcome, reason=item.reason)


def _versions(rules: Rules) -> dict[str, str]:
    from importlib.metadata import version

    from aifund.events import weights

    return {
        "aifund": version("aifund"),
        "model": model_name(),
        "spacy": version("spacy"),
        "rules": rules.digest,
        "roles": weights.digest(),
    }
