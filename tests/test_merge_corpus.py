"""The merge corpus: reports of one event meet and those of two stay apart, whatever the names are.

`python tests/merge_corpus.py` prints the figures and what is behind them. Floors only rise.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from merge_corpus import CORPORA, HERE, Corpus, articles, extract, gold, grouped

FLOORS: dict[Corpus, tuple[float, float, float]] = {  # B-cubed F1, pairwise F1, coverage
    "real": (0.99, 0.98, 0.937),
    "invented": (0.99, 0.98, 0.945),
    "heldout": (0.97, 0.94, 0.90),
}


@pytest.mark.parametrize("corpus", CORPORA)
def test_reports_are_grouped_by_event(corpus: Corpus) -> None:
    grouping = grouped(extract(articles(corpus)), gold(corpus))
    b_cubed, pairwise, coverage = FLOORS[corpus]
    assert grouping.b_cubed.f1 >= b_cubed
    assert grouping.pairwise.f1 >= pairwise
    assert grouping.coverage >= coverage


def test_the_corpus_is_large_enough() -> None:
    rows = gold("real")
    assert len({row.article for row in rows}) >= 150
    assert len({row.event for row in rows}) >= 60


def test_no_name_of_the_gold_survives_the_invention() -> None:
    targets = {row.target for row in gold("real")}
    assert targets.isdisjoint(row.target for row in gold("invented"))


def test_the_committed_articles_are_what_the_script_writes(tmp_path: Path) -> None:
    for name in ("deals.tsv", "wordings.md", "hard.md", "heldout.md", "write.py"):
        (tmp_path / name).write_bytes((HERE / name).read_bytes())
    subprocess.run([sys.executable, tmp_path / "write.py"], check=True, capture_output=True)
    for name in ("articles.jsonl", "gold.tsv", "heldout.jsonl", "heldout.tsv"):
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes()
