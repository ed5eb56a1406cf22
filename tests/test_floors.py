"""Accuracy: no figure of a corpus falls below its floor, and the figures are those of the reference scorer.

Also what else must hold of every extraction of a corpus, so that it is done once.

`python tests/floors.py --update` raises the floors to what is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import aifund
from aifund.evaluation import floors
from aifund.evaluation.gold import GoldArticle, read
from aifund.evaluation.report import render
from aifund.evaluation.score import measure
from aifund.evaluation.tally import Tally
from aifund.output.document import Document
from aifund.output.methods import METHODS
from aifund.output.writers import model_bytes
from floors import CORPORA, FLOORS, README, SHARED, Corpus, table

SCORER = SHARED / "tools/score.py"


@dataclass(frozen=True)
class Measured:
    """One extraction of a corpus with its gold and its score."""

    corpus: Corpus
    rows: list[GoldArticle]
    document: Document
    tally: Tally


@pytest.fixture(scope="module", params=CORPORA, ids=lambda corpus: corpus.name)
def measured(request: pytest.FixtureRequest) -> Measured:
    corpus: Corpus = request.param
    if not corpus.gold.exists():
        pytest.skip(f"the corpus {corpus.name} is not here")
    rows, document = read(corpus.gold), corpus.extract()
    return Measured(corpus, rows, document, measure(document, rows))


def test_no_figure_is_below_its_floor(measured: Measured) -> None:
    gold = measured.corpus.gold
    floors.hold(FLOORS, gold, floors.taken(measured.tally, gold, measured.rows, measured.document))


def test_the_reference_scorer_counts_the_same(measured: Measured, tmp_path: Path) -> None:
    if not SCORER.exists():
        pytest.skip("the reference scorer is not here")
    (tmp_path / "events.json").write_bytes(model_bytes(measured.document))
    command = [sys.executable, SCORER, tmp_path / "events.json", measured.corpus.gold, "--errors"]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    ours = render(measured.tally, errors=True).splitlines()
    assert ours[-13:] == said[-13:]
    theirs = [line[:13] for line in said if line]  # it ends no errors with an empty line
    assert [line[:13] for line in ours if line] == theirs  # the same errors, told in other words


def test_whatever_evidence_names_as_its_rule_is_a_rule_or_a_described_method(measured: Measured) -> None:
    rules = set(aifund.load_rules().places)
    reports = [report for event in measured.document.events for report in event.reports]
    named = {part for report in reports for one in report.evidence for part in one.rule.split("+")}
    assert named - rules - METHODS.keys() == set()
    assert rules & METHODS.keys() == set()


def test_the_readme_shows_the_floors() -> None:
    assert table() in README.read_text(encoding="utf-8"), "run `python tests/floors.py --update`"


def test_the_gold_of_the_own_corpus_speaks_of_its_articles() -> None:
    own = CORPORA[0]
    ids = [json.loads(line)["id"] for line in own.articles.read_text(encoding="utf-8").splitlines()]
    assert sorted(ids) == sorted(row.id for row in read(own.gold))
