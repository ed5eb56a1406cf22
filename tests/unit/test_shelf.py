"""The rows of articles.csv while a run goes on: in order, with what became of them, and not in memory."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from aifund.errors import OutputError
from aifund.model import ArticleRow
from aifund.output.publish import render
from aifund.shelf import Shelf
from output_samples import RESULT, article


def shelf(*rows: ArticleRow) -> Shelf:
    made = Shelf()
    for row in rows:
        made.put(row)
    return made


def test_rows_come_in_the_order_of_their_articles_as_often_as_asked() -> None:
    names = ["a", "B", "a-2", "é", "\ue000", "\U0001f600", "\ud800", ""]
    for seed in range(5):
        mixed = random.Random(seed).sample(names, len(names))
        found = shelf(*(ArticleRow(name, "unreadable", reason="\udc80") for name in mixed))
        assert [row.article for row in found] == sorted(names)
        assert next(iter(found)).reason == "\udc80"
        assert len(found) == len(names)


def test_what_became_of_the_articles() -> None:
    names = ("copy", "foreign", "rain", "round", "told copy")
    found = shelf(*(ArticleRow(name, "unsupported_language" if name == "foreign" else "no_event") for name in names))
    found.settle(["round", "told copy", "round"], {"copy": "rain", "told copy": "round"})
    assert [(row.outcome, row.events, row.duplicate_of) for row in found] == [
        ("duplicate", 0, "rain"),
        ("unsupported_language", 0, ""),
        ("no_event", 0, ""),
        ("events", 2, ""),
        ("duplicate", 1, "round"),
    ]


def test_tables_are_the_same_whether_rows_are_on_a_shelf_or_in_hand() -> None:
    kept = shelf(*(article(row.article) for row in reversed(list(RESULT.articles))))
    kept.settle(["moonrise", "morning"], {})
    assert render(type(RESULT)(RESULT.events, RESULT.entities, kept, RESULT.versions)) == render(RESULT)


MEASURED = """
import resource, sys
from pathlib import Path
import aifund
from aifund.model import ArticleRow, Result
from aifund.output.news import news
from aifund.output.publish import compose
from aifund.shelf import Shelf
def published(count):
    rows = Shelf()
    for number in range(count):
        rows.put(ArticleRow(f"article-{number:06}", "no_event", f"Title {number} " * 10, "A Post", sha256="0" * 64))
    result = Result((), (), rows)
    for _ in range(2):  # the second time over earlier tables
        news(Path(sys.argv[1]), compose(result))
        aifund.publish(result, Path(sys.argv[1]))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(published(1_000), published(30_000))
"""


def test_articles_without_events_take_no_memory_on_their_way_into_the_tables(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path / "output")], capture_output=True, text=True, check=True
    )
    few, many = map(int, done.stdout.split())  # KiB
    assert (many - few) / 29_000 < 0.4


def test_no_room_for_temporary_files() -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OutputError, match=r"^no room for temporary files: .* — set TMPDIR to a folder on a larger"):
            shelf(*(ArticleRow(f"{number}", "no_event", "x" * 1000) for number in range(10_000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
