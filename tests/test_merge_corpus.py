"""The merge corpus: reports of one event meet and those of two stay apart, whatever the names are.

`python tests/merge_corpus.py` prints the figures and what is behind them. Floors only rise.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from merge_corpus import HERE, articles, extract, gold, grouped

FLOORS = {False: (0.99, 0.98, 0.937), True: (0.99, 0.98, 0.945)}  # B-cubed F1, pairwise F1, coverage


@pytest.mark.parametrize("invented", [False, True], ids=["real names", "invented names"])
def test_reports_are_grouped_by_event(invented: bool) -> None:
    grouping = grouped(extract(articles(invented)), gold(invented))
    b_cubed, pairwise, coverage = FLOORS[invented]
    assert grouping.b_cubed.f1 >= b_cubed
    assert grouping.pairwise.f1 >= pairwise
    assert grouping.coverage >= coverage


def test_the_corpus_is_large_enough() -> None:
    rows = gold(invented=False)
    assert len({row.article for row in rows}) >= 150
    assert len({row.event for row in rows}) >= 60


def test_no_name_of_the_gold_survives_the_invention() -> None:
    targets = {row.target for row in gold(invented=False)}
    assert targets.isdisjoint(row.target for row in gold(invented=True))


def test_the_committed_articles_are_what_the_script_writes(tmp_path: Path) -> None:
    for name in ("deals.tsv", "wordings.md", "hard.md", "write.py"):
        (tmp_path / name).write_bytes((HERE / name).read_bytes())
    subprocess.run([sys.executable, tmp_path / "write.py"], check=True, capture_output=True)
    for name in ("articles.jsonl", "gold.tsv"):
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes()
