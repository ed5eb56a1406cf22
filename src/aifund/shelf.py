"""The rows of articles.csv while a run goes on: on disk where they are many, so that memory holds only a few."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from operator import attrgetter

from aifund.errors import OutputError
from aifund.model import ArticleRow

CELLS = attrgetter(*(field.name for field in fields(ArticleRow)))
CODE = ("utf-8", "surrogatepass")  # JSON input can smuggle half a surrogate pair into an id


class Shelf(Collection[ArticleRow]):
    """Takes one row an article in any order and gives them sorted by article, again and again.

    They are in a private SQLite database, which goes to the system's folder of temporary files where it grows beyond
    two megabytes, and vanishes with the process, however it ends. Raises OutputError where that has no room.
    """

    def __init__(self) -> None:
        self._base = sqlite3.connect("", check_same_thread=False)
        self._base.execute("CREATE TABLE rows (article BLOB PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID")
        self._count = 0
        self._told: Mapping[str, int] = {}
        self._repeats: Mapping[str, str] = {}

    def put(self, row: ArticleRow) -> None:
        with _room():
            values = (row.article.encode(*CODE), json.dumps(CELLS(row)))
            self._base.execute("INSERT INTO rows VALUES (?, ?)", values)
        self._count += 1

    def settle(self, events: Iterable[str], repeats: Mapping[str, str]) -> None:
        """Says what the articles have come to: `events` names an article once for each event that it tells of,
        `repeats` of each article that repeats another that one.
        """
        told: dict[str, int] = {}
        for article in events:
            told[article] = told.get(article, 0) + 1
        self._told, self._repeats = told, repeats

    def __iter__(self) -> Iterator[ArticleRow]:
        with _room():
            for (row,) in self._base.execute("SELECT row FROM rows ORDER BY article"):
                yield self._settled(ArticleRow(*json.loads(row)))

    def __len__(self) -> int:
        return self._count

    def __contains__(self, row: object) -> bool:
        return any(one == row for one in self)

    def _settled(self, row: ArticleRow) -> ArticleRow:
        """A duplicate keeps the events that it tells of."""
        told, outcome = self._told.get(row.article, 0), row.outcome
        if outcome == "no_event":
            outcome = "duplicate" if row.article in self._repeats else "events" if told else "no_event"
        if not told and outcome == row.outcome:
            return row
        return replace(row, outcome=outcome, events=told, duplicate_of=self._repeats.get(row.article, ""))


@contextlib.contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        why = f"no room for temporary files: {error} — set TMPDIR to a folder on a larger disk"
        raise OutputError(why) from error
