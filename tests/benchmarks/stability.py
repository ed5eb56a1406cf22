"""How often an event's id changes as articles arrive: `python tests/benchmarks/stability.py`.

The merge corpus is fed article by article in the order of publication, as a nightly run would see it. Each time a
report finds its event under another id than before, that is a change; `diff` must say which id follows which.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from aifund.entities.catalogue import Catalogue
from aifund.entities.resolve import resolve
from aifund.events.merge import merge
from aifund.events.rates import Rates
from aifund.events.reports import reports
from aifund.language.mentions import Reader
from aifund.model import Article, ArticleRow, Report, Result
from aifund.output.build import document
from aifund.output.changes import changes
from aifund.pipeline import load
from aifund.rules import load as load_rules

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import merge_corpus  # noqa: E402


def main() -> None:
    rules = load_rules()
    catalogue = Catalogue.load(rules.entities)
    reader = Reader(rules, catalogue)
    articles = sorted(corpus(), key=lambda article: (article.published, article.id))
    told = {article.id: reports(article, reader.read(article)) for article in articles}
    before = ledger(articles[:1], told, catalogue)
    moved = untold = 0
    for count in range(2, len(articles) + 1):
        after = ledger(articles[:count], told, catalogue)
        follows = {(one.earlier, one.id) for one in changes(document(before), document(after)).events}
        old, new = ids(before), ids(after)
        for pair in sorted({(old[report], new[report]) for report in old if old[report] != new[report]}):
            moved += 1
            untold += pair not in follows
            print(f"{articles[count - 1].id}: {' → '.join(pair)}{'' if pair in follows else ' (diff does not say so)'}")
        before = after
    arrived = sum(len(its) for its in told.values())
    print(f"{arrived} reports arrived, {moved} times an id changed, {untold} of which diff does not tell")


def corpus() -> Iterator[Article]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in merge_corpus.articles("real")), encoding="utf-8")
        yield from (item for item in load([path], load_rules()) if isinstance(item, Article))


def ledger(articles: list[Article], told: dict[str, list[Report]], catalogue: Catalogue) -> Result:
    by_id = {article.id: article for article in articles}
    resolved, entities = resolve([report for one in by_id for report in told[one]], by_id, catalogue)
    rows = tuple(ArticleRow(one, "events") for one in by_id)
    return Result(tuple(merge(resolved, by_id, Rates())), tuple(entities), rows)


def ids(result: Result) -> dict[tuple[str, str], str]:
    """The id of each report's event, by article and quoted words of the report."""
    return {
        (report.article, repr([one for one in report.evidence if one.field in ("target", "amount")])): event.id
        for event in result.events
        for report in event.reports
    }


if __name__ == "__main__":
    main()
