"""The merge corpus: its articles, also with all names invented, and how well aifund groups what they report.

`python tests/merge_corpus.py` prints the figures and every event that is split, mixed or missed.
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import aifund
from aifund.evaluation.names import same_name
from aifund.output.build import document
from aifund.output.document import Document, ReportNode
from clusters import Score, b_cubed, pairwise

HERE = Path(__file__).parent / "corpus/merge"
Corpus = Literal["real", "invented", "heldout"]  # "invented": the first one with every organisation's name invented
CORPORA: tuple[Corpus, ...] = ("real", "invented", "heldout")


class Report(NamedTuple):
    """What an article tells of one event; `round` is given where it tells of two events of one target."""

    article: str
    target: str
    event: str
    round: str

    @property
    def item(self) -> str:
        return f"{self.article} {self.event}"


@dataclass(frozen=True)
class Grouped:
    """The reports of the corpus (`article target`) that were found: the event of each as found, and as in the gold.

    A report that extraction misses can be grouped neither rightly nor wrongly: it is left out of the two scores, and
    `coverage` is the share of those that are in.
    """

    found: dict[str, str]
    gold: dict[str, str]
    coverage: float

    @property
    def b_cubed(self) -> Score:
        return b_cubed(self.found, self.gold)

    @property
    def pairwise(self) -> Score:
        return pairwise(self.found, self.gold)


def articles(corpus: Corpus) -> list[dict[str, Any]]:
    """The articles of a corpus as JSON Lines rows."""
    return [json.loads(line) for line in _lines(corpus, "heldout.jsonl", "articles.jsonl")]


def gold(corpus: Corpus) -> list[Report]:
    """Each report of a corpus's gold."""
    rows = csv.reader(_lines(corpus, "heldout.tsv", "gold.tsv")[1:], delimiter="\t")
    return [Report(*row) for row in rows]


def _lines(corpus: Corpus, heldout: str, others: str) -> list[str]:
    text = (HERE / (heldout if corpus == "heldout" else others)).read_text(encoding="utf-8")
    return (renamed(text) if corpus == "invented" else text).splitlines()


def renamed(text: str) -> str:
    """`text` with the names of names.tsv replaced, whole and as they are written there; the longest first."""
    names = dict(line.split("\t") for line in (HERE / "names.tsv").read_text(encoding="utf-8").splitlines())
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.sub(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", lambda hit: names[hit.group()], text)


def extract(rows: list[dict[str, Any]]) -> Document:
    """What aifund makes of some of the articles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
        return document(aifund.extract([path], aifund.load_rules()))


def grouped(found: Document, rows: list[Report]) -> Grouped:
    """The gold's reports in the events that were found. Each report found counts for one at most."""
    told: defaultdict[str, list[tuple[str, ReportNode]]] = defaultdict(list)
    for event in found.events:
        for report in event.reports:
            told[report.article].append((event.event_id, report))
    its: dict[str, str] = {}
    for row in rows:
        for event_id, report in told[row.article]:
            names = [report.target.name, *report.target.as_written]
            if same_name([row.target], names) and row.round in ("", report.round):
                told[row.article].remove((event_id, report))
                its[row.item] = event_id
                break
    return Grouped(its, {row.item: row.event for row in rows if row.item in its}, len(its) / len(rows))


def faults(grouping: Grouped, rows: list[Report]) -> Iterator[str]:
    """Every event that is split or mixed with another, and every report that was not found."""
    for first, second, word in ((grouping.gold, grouping.found, "split"), (grouping.found, grouping.gold, "mixed")):
        parts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for item in first:
            parts[first[item]][second[item]].append(item.partition(" ")[0])
        for one, others in sorted(parts.items()):
            if len(others) > 1:
                listed = "; ".join(f"{name} ({', '.join(its)})" for name, its in sorted(others.items()))
                yield f"{word} {one}: {listed}"
    for row in rows:
        if row.item not in grouping.gold:
            yield f"not found: {row.target} in {row.article}"


if __name__ == "__main__":
    for corpus in CORPORA:
        rows = gold(corpus)
        grouping = grouped(extract(articles(corpus)), rows)
        print("\n".join(faults(grouping, rows)))
        print(
            f"{corpus}: B-cubed F1 {grouping.b_cubed.f1:.3f},"
            f" pairwise F1 {grouping.pairwise.f1:.3f}, coverage {grouping.coverage:.3f}\n"
        )
