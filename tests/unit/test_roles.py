"""The learned roles: what their features hold, and that their table is what training writes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aifund.entities.catalogue import Catalogue
from aifund.events.features import of_candidate, of_money, of_name
from aifund.events.reports import reports
from aifund.events.stage import Stage
from aifund.events.weights import TABLE, render, shipped
from aifund.language.mentions import Reader
from aifund.language.units import Sentence
from aifund.model import Article
from aifund.rules import load
from aifund.training.fit import among, classes

STORY = "Quillon emerged with $5 million for its robots. Varnholt wrote the largest cheque in the Series A."

JOINED = (
    "Cobble Hill Partners and Ostrava Capital jointly led a $20 million Series A round in Fernlight, the company said. "
    "They were joined by Sandglass and Mirela Ventures."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    rules = load()
    return Reader(rules, Catalogue.load(rules.entities))


def features(sentences: Sequence[Sentence]) -> list[list[str]]:
    stage = Stage(Article("x", STORY, "", None), sentences)
    sums = [(n, i) for n, s in enumerate(sentences) for i in s.moneys()]
    out = [of_money(stage, place) for place in sums] + [of_name(stage, place) for place in stage.at]
    return out + [of_candidate(stage, place, player) for place in sums for player in stage.players]


def test_no_feature_holds_a_name(reader: Reader) -> None:
    one = reader.read(Article("x", STORY, "", None))
    assert one
    held = " ".join(f for row in features(one) for f in row).casefold()
    assert "quillon" not in held
    assert "varnholt" not in held


def test_a_cell_that_no_rule_found_says_that_it_was_learned(reader: Reader) -> None:
    found = reports(article := Article("x", JOINED, "", None), reader.read(article))
    rules = {e.field: e.rule for report in found for e in report.evidence}
    assert rules["investor.Cobble Hill Partners"] == "lead.active"
    assert rules["investor.Sandglass"] == "learned.investor"
    worth = Article("x", "Varnholt led a $40 million Series B in Quillon and called it worth $300 million.", "", None)
    [report] = reports(worth, reader.read(worth))
    assert [e.rule for e in report.evidence if e.field == "valuation"] == ["learned.valuation"]


def test_the_table_is_written_as_it_is_read() -> None:
    assert render(shipped()) == TABLE.read_text(encoding="utf-8")


def test_what_always_goes_with_a_class_speaks_for_it() -> None:
    table = classes([(["bias", "a"], 1), (["bias", "b"], 0)] * 10, 2, 0.1)
    assert table["a"][1] > table["a"][0]
    assert table["b"][0] > table["b"][1]


def test_the_right_one_of_a_group_weighs_more() -> None:
    table = among([[(["near"], True), (["far"], False)]] * 10, 0.1)
    assert table["near"][0] > table["far"][0]


def test_what_is_rare_has_no_weight() -> None:
    assert "once" not in classes([(["a"], 0)] * 5 + [(["a", "once"], 1)], 2, 1.0)
