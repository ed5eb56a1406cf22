"""Duplicates: what counts as the same article, which is the original, and what that does to publishers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

import aifund
from aifund.duplicates import Duplicates
from aifund.model import Article, Result
from rows_samples import rows_file

WIRE = (
    "LONDON (Newswire) - Zorblat, which makes robots for warehouses, raised $30 million in a Series A round led "
    "by Quillon Capital on Thursday. Brindle Fund and Oakrest also took part. The company plans a second factory "
    "in Leeds and wants to hire two hundred engineers by the end of next year, its chief executive said in an "
    "interview. Zorblat was founded in 2019 by three former students of the city's university and sells to "
    "supermarkets and parcel firms. Rivals have struggled to win customers as interest rates rose, but demand for "
    "machines that sort parcels has held up better than analysts expected, according to two people familiar with "
    "the industry."
)
BOILERPLATE = (
    " Sign up to our morning briefing. Copyright 2025. All rights reserved. Follow us for more stories like this."
)
EDITED = WIRE.replace("took part", "joined the round").replace("two hundred", "200").replace(" in an interview", "")
OTHER = (
    "Farrow Labs said on Friday that it had raised $12 million from Pinemoor Partners in a seed round that values the "
    "maker of design software at $60 million. The firm was started in Dublin in 2022 and employs forty people there."
)


def groups(articles: Sequence[Article]) -> dict[str, str]:
    duplicates = Duplicates()
    for article in articles:
        duplicates.add(article)
    return duplicates.originals()


@pytest.mark.parametrize(
    "text", [WIRE, WIRE.upper(), WIRE + BOILERPLATE, BOILERPLATE + WIRE, EDITED, EDITED + BOILERPLATE]
)
def test_the_same_story_is_one_group(text: str) -> None:
    articles = [Article("a", WIRE, "Robots"), Article("b", OTHER), Article("c", text, "Zorblat lands $30m")]
    assert groups(articles) == {"c": "a"}


@pytest.mark.parametrize(
    "texts",
    [
        (WIRE, OTHER),
        ("Zorblat raised $5 million.", "Zorblat raised $6 million."),
        (f"{OTHER}{BOILERPLATE}", f"Zorblat hired a chief financial officer on Monday, it said.{BOILERPLATE}"),
        ("", ""),
    ][:3],
)
def test_other_stories_are_not(texts: tuple[str, str]) -> None:
    assert groups([Article("a", texts[0]), Article("b", texts[1])]) == {}


def test_the_original_is_the_first_published_then_the_first_by_id() -> None:
    articles = [
        Article("undated", WIRE),
        Article("z", WIRE, published=date(2025, 3, 6)),
        Article("b", WIRE, published=date(2025, 3, 7)),
        Article("a", WIRE, published=date(2025, 3, 7)),
    ]
    for _ in range(5):
        random.shuffle(articles)
        assert groups(articles) == {"a": "z", "b": "z", "undated": "z"}


def test_many_articles_in_any_order() -> None:
    """A thousand stories, each told four times with its own edits."""
    chance = random.Random(7)
    words = [f"word{n}" for n in range(3000)]
    articles = []
    for story in range(1000):
        told = chance.choices(words, k=150)
        for copy in range(4):
            edited = [chance.choice(words) if chance.random() < 0.03 else word for word in told]
            articles.append(Article(f"{story:04}-{copy}", " ".join(edited)))
    found = groups(articles)
    assert all(copy[:4] == original[:4] for copy, original in found.items())
    assert len(found) >= 2_990
    chance.shuffle(articles)
    assert groups(articles) == found


class TestPublishers:
    """What counts as an independent source of an event."""

    @staticmethod
    def run(tmp_path: Path, *told: tuple[str, str]) -> Result:
        rows = [
            {"id": f"{n}", "text": text, "publisher": publisher, "published": "2025-03-07", "title": f"Title {n}"}
            for n, (text, publisher) in enumerate(told)
        ]
        return aifund.extract([rows_file(tmp_path, rows)], aifund.load_rules())

    def test_a_wire_story_under_several_outlets_is_one(self, tmp_path: Path) -> None:
        result = self.run(tmp_path, (WIRE, "Newswire"), (EDITED + BOILERPLATE, "Daily Post"), (WIRE, "Evening Mail"))
        (event,) = result.events
        assert (event.publishers, len(event.articles), len(event.reports)) == (1, 3, 3)
        assert [(row.outcome, row.duplicate_of, row.events) for row in result.articles] == [
            ("events", "", 1), ("duplicate", "0", 1), ("duplicate", "0", 1)]  # fmt: skip

    def test_what_is_told_independently_is_not(self, tmp_path: Path) -> None:
        other = "Quillon Capital led a $30 million Series A round of the robot maker Zorblat, which is based in Leeds."
        (event,) = self.run(tmp_path, (WIRE, "Newswire"), (other, "Daily Post")).events
        assert event.publishers == 2

    @pytest.mark.parametrize(
        "rewrite",
        [
            "Zorblat raised $30 million in a Series A round led by Quillon Capital, according to the Financial Times.",
            "The Financial Times reported that Zorblat raised $30 million in a Series A round led by Quillon Capital.",
        ],
    )
    def test_a_rewrite_of_another_report_is_no_source_of_its_own(self, tmp_path: Path, rewrite: str) -> None:
        (event,) = self.run(
            tmp_path, (WIRE, "Financial Times"), (rewrite, "Daily Post"), (rewrite + " It", "Mail")
        ).events
        assert event.publishers == 1
        (event,) = self.run(tmp_path, (WIRE, "Newswire"), (rewrite, "Daily Post")).events
        assert event.publishers == 2
