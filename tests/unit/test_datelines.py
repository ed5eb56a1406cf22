"""The day on which an article says that it was published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aifund.language.datelines import article_date
from aifund.rules import load

RULES = load()


def dated(text: str) -> str | None:
    found = article_date(text, RULES)
    return found.value.edtf if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Quillon closes\n\nMondo Finance Updated on 2024-03-07\n\nOn March 5, Quillon closed.", "2024-03-07"),
        ("Newswire\n2024.05.13 01:46\nI can summarize.\nQuillon closes", "2024-05-13"),
        ("Quillon closes\nPublished: March 5, 2024\n", "2024-03-05"),
        ("Quillon closes\nPublished On 3 Apr 2025\n3 Apr 2025\n", "2025-04-03"),
        ("Quillon closes\nFeb 12, 2026\nWe have closed.", "2026-02-12"),
        ("August 21, 2024\nQuillon closes", "2024-08-21"),
        ("2025-01-14\n* Ada Quandt\n6 min read", "2025-01-14"),
        ("May 19, 2025\n2:45 PM ET\nAda Quandt", "2025-05-19"),
        ("| Nov 7 2024 - 3:20 pm PT\nQuillon closes", "2024-11-07"),
        ("Tue, May 12, 2026 at 5:10 AM PDT\n3 min read", "2026-05-12"),
        ("Posted on 5th May 2016 by Ada Quandt\nQuillon closes", "2016-05-05"),
        ("By Ada Quandt | March 5, 2024 | 3 min read\nQuillon closes", "2024-03-05"),
        ("By Ada Quandt, Tuesday, March 5, 2024\nQuillon closes", "2024-03-05"),
        ("Ada Quandt • March 18, 2025\nQuillon closes", "2025-03-18"),
        ("NEW YORK, Feb. 5, 2024 (GLOBE NEWSWIRE) -- Quillon has closed", "2024-02-05"),
        ("CALGARY, AB, June 5, 2024 /CNW/ - Quillon has closed", "2024-06-05"),
        ("(Beijing) -- March 5, 2024 - Quillon has closed", "2024-03-05"),
        ("MUNICH, 7 February 2024 — Quillon has closed", "2024-02-07"),
        ("TORONTO and SEATTLE, July 31, 2024 (GLOBE NEWSWIRE) -- Quillon", "2024-07-31"),
        ("Bengaluru, 18 July 2023: Quillon, which", "2023-07-18"),
        ("Press release, Umeå, 22 November 2023, 08:30 CET\n\nThe board", "2023-11-22"),
        ("Zürich, 2 October 2023\n\nDear shareholder,", "2023-10-02"),
    ],
)
def test_datelines(text: str, day: str) -> None:
    assert dated(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "Quillon was founded on March 5, 2023, by Ada Quandt.",
        "On March 5, 2024, Quillon closed a round.",
        "March 5, 2024 was a good day for Quillon.",
        "The paper was published on March 5, 2024, and read by few.",
        "Quillon Capital, which invested on March 5, 2024 (a Tuesday), said so.",
        "So good — Ada Quandt (@quandt) July 8, 2019\nand more",
        "In March 2024\nQuillon closed.",
        "(Beijing) -- March 5 - Quillon has closed",
        "2024-25\nQuillon closes",
        "",
        "Quillon raised money.\n" * 60 + "March 5, 2024\n",
    ],
)
def test_no_dateline(text: str) -> None:
    assert dated(text) is None


def test_the_day_of_publication_counts_before_that_of_an_update() -> None:
    assert dated("Updated\nJun 9, 2025, 8:15 a.m.\nPublished\nJun 8, 2025, 6:30 p.m.\nQuillon") == "2025-06-08"
    assert dated("Feb 3, 2026\nUpdated Feb 4, 2026\nQuillon") == "2026-02-03"
    assert dated("Feb 3, 2026\nFeb 9, 2026\nQuillon") == "2026-02-03"


@pytest.mark.parametrize(
    ("article", "day"),
    [
        ("000_b558e2c208b6c935", None),
        ("001_2c257177839bfc2c", "2024-03-07"),
        ("002_49b502338c8fa3fd", "2024-02-20"),
        ("003_309dc9ab0bd90505", "2024-05-13"),
        ("004_88f83b42e28a9b6c", None),
    ],
)
def test_seeds(seeds: Path, article: str, day: str | None) -> None:
    assert dated((seeds / f"{article}.txt").read_text("utf-8")) == day


def test_the_mention_stands_in_the_text_as_it_is_written() -> None:
    text = "“Quillon” closes\n5 March\u00a02024\nWe"
    found = article_date(text, RULES)
    assert found is not None
    assert text[found.start : found.end] == found.text == "5 March\u00a02024"
    assert found.value.min == found.value.max == date(2024, 3, 5)
    assert found.rule == "dateline.alone+date.day_month_year+date.words.months"
