"""The straight line: load → gate → parse → mentions → frames → reports → resolve → merge; publish is another verb."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aifund.duplicates import Duplicates
from aifund.entities.catalogue import Catalogue
from aifund.entities.resolve import resolve
from aifund.events.merge import merge
from aifund.events.rates import Rates
from aifund.events.reports import reports
from aifund.inputs import row
from aifund.language.cited import cited
from aifund.language.datelines import article_date
from aifund.language.legible import Legible
from aifund.language.mentions import Reader
from aifund.language.parse import model_name
from aifund.model import Article, ArticleRow, Entity, Event, Outcome, Report, Result
from aifund.sources import Item, Reading, read

if TYPE_CHECKING:
    from aifund.rules import Rules


def run(
    paths: Sequence[Path],
    rules: Rules,
    only_ai: bool = False,
    progress: Callable[[int], None] | None = None,
    reading: Reading | None = None,
) -> Result:
    """All events that the articles under `paths` tell of. Raises UsageError for a path that does not exist."""
    catalogue = Catalogue.load(rules.entities, rules.own_entities)
    reader = Reader(rules, catalogue)
    articles: dict[str, Article] = {}  # those with reports: no other needs to stay in memory
    rows: list[ArticleRow] = []
    told: list[Report] = []
    sources: dict[str, str] = {}
    duplicates = Duplicates()
    most = (reading or Reading()).limits.characters
    for count, item in enumerate(load(paths, rules, reading), 1):
        rows.append(row(item, most))
        if isinstance(item, Article) and rows[-1].outcome == "no_event":
            duplicates.add(item)
            if found := _told(item, reader, most):
                told += found
                articles[item.id] = item
                sources[item.id] = cited(item, reader.lexicon)
        if progress:
            progress(count)
    repeats = duplicates.originals()
    resolved, entities = resolve(told, articles, catalogue)
    events = merge(_with_ai(resolved, entities), articles, Rates(), repeats, sources)
    if only_ai:
        events = [event for event in events if event.ai == "yes"]
        entities = _seen_in(events, entities)
    return Result(tuple(events), tuple(entities), tuple(_outcomes(rows, events, repeats)), _versions(rules))


def load(paths: Sequence[Path], rules: Rules, reading: Reading | None = None) -> Iterable[Item]:
    """The inputs, each article dated by its own dateline where the input gives no date."""
    for item in read(paths, reading):
        if isinstance(item, Article) and item.published is None:
            dateline = article_date(item.text, rules)
            yield replace(item, published=dateline.value.max) if dateline else item
        else:
            yield item


def _told(article: Article, reader: Reader, characters: int) -> list[Report]:
    legible = Legible(replace(article, text=article.text[:characters]))
    return [legible.delivered(report) for report in reports(legible.article, reader.read(legible.article))]


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
        yield replace(one, outcome=outcome, events=counts[one.article], duplicate_of=repeats.get(one.article, ""))


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
