"""What a ledger holds: inputs by file and id, each with what was found in it and by which versions."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from aifund.errors import UsageError
from aifund.finding import Finding
from aifund.model import Article, Unreadable
from aifund.sources import Claims, Item, Skipped
from aifund.sources.walk import STDIN

log = logging.getLogger(__name__)

KINDS: Mapping[str, type[Item]] = {"article": Article, "unreadable": Unreadable, "skipped": Skipped}
BATCH = 100  # inputs after which a killed run keeps what it has done
Key = tuple[str, str, int]


class Book:
    """A ledger's inputs. `made_by` names all that findings depend on besides the inputs themselves."""

    def __init__(self, base: sqlite3.Connection, folder: Path, made_by: Mapping[str, str]) -> None:
        self._base = base
        self._folder = Path(os.path.realpath(folder))
        self._made_by = json.dumps(dict(sorted(made_by.items())))
        self._faults: set[Key] = set()
        self.tally: Counter[str] = Counter()

    def take(self, path: Path, items: Iterable[Item], find: Callable[[Item], Finding]) -> Iterator[Item]:
        """Keeps all that a file holds, and gives it on; what is new or has changed is searched by `find`."""
        place = self._place(path)
        copies: Counter[str] = Counter()
        for position, item in enumerate(items):
            key = (place, item.id, copies[item.id])
            copies[item.id] += 1
            if not isinstance(item, Article):
                self._faults.add(key)
            self._keep(key, position, item, find)
            if position % BATCH == BATCH - 1:
                self._base.commit()
            yield item
        self._base.commit()

    def whole(self, path: Path) -> None:
        """The file was taken to its end: a fault that was not met in it again is mended."""
        place = self._place(path)
        held = self._base.execute("SELECT place, id, copy FROM inputs WHERE place = ? AND kind != 'article'", (place,))
        if gone := {*held} - self._faults:
            self._base.executemany("DELETE FROM inputs WHERE place = ? AND id = ? AND copy = ?", gone)
            self._base.commit()

    def _keep(self, key: Key, position: int, item: Item, find: Callable[[Item], Finding]) -> None:
        kind, text = _kind(item), _dumped(type(item), item)
        where = "WHERE place = ? AND id = ? AND copy = ?"
        row = self._base.execute(f"SELECT kind, item, position FROM inputs {where}", key).fetchone()
        if row is not None:
            if row[1] == "":
                self.tally["forgotten"] += 1
                return
            if row[1] == text:
                self.tally["known"] += 1
                if row[2] != position:
                    self._base.execute(f"UPDATE inputs SET position = ? {where}", (position, *key))
                return
            if row[0] == "article" != kind:
                reason = getattr(item, "reason", "")
                log.warning("%s: cannot be read now (%s); the ledger keeps what was read before", item.id, reason)
                return
        self.tally["new" if row is None else "changed"] += 1
        found = _dumped(Finding, find(item))
        values = (*key, position, kind, text, self._made_by, found)
        self._base.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    def renew(self, find: Callable[[Item], Finding], spent: Callable[[], bool]) -> int:
        """Searches anew whatever was searched by other versions, until time is `spent`. Returns how many are left."""
        stale = "FROM inputs WHERE made_by != ? AND item != ''"
        left: int = self._base.execute(f"SELECT count(*) {stale}", (self._made_by,)).fetchone()[0]
        if left:
            log.warning("rules, model or version have changed: %d inputs of the ledger are searched anew", left)
        for key, item in self._stale():
            if spent():
                break
            self._base.execute(
                "UPDATE inputs SET made_by = ?, finding = ? WHERE place = ? AND id = ? AND copy = ?",
                (self._made_by, _dumped(Finding, find(item)), *key),
            )
            self.tally["renewed"] += 1
            left -= 1
        self._base.commit()
        return left

    def _stale(self) -> Iterator[tuple[Key, Item]]:
        """What was searched by other versions, read in portions; what was done with one is kept before the next."""
        query = (
            "SELECT place, id, copy, kind, item FROM inputs WHERE (place, id, copy) > (?, ?, ?) "
            f"AND made_by != ? AND item != '' ORDER BY place, id, copy LIMIT {BATCH}"
        )
        last: Key = ("", "", -1)
        while rows := self._base.execute(query, (*last, self._made_by)).fetchall():
            for *key, kind, item in rows:
                yield (last := tuple(key)), _loaded(KINDS[kind], item)
            self._base.commit()

    def findings(self) -> Iterator[Finding]:
        """Of every input, in the order and under the ids of one run over all their files."""
        for _, id, finding in self._in_order("finding"):
            yield _loaded(Finding, finding).under(id)

    def forget(self, article: str) -> None:
        """Drops the content of an input, for good: it is not taken again. Raises UsageError for an unknown id."""
        for key, id, _ in self._in_order("''"):
            if id == article:
                blank = "UPDATE inputs SET item = '', finding = '' WHERE place = ? AND id = ? AND copy = ?"
                self._base.execute(blank, key)
                self._base.commit()
                return
        raise UsageError(f"no article {article!r} in the ledger — articles.csv has the ids")

    def export(self) -> Iterator[str]:
        """Every article as a line of JSON, in a form that aifund reads."""
        for finding in self.findings():
            if isinstance(finding.item, Article):
                yield _dumped(Article, finding.item)

    def stats(self) -> dict[str, int]:
        """Inputs by kind, and how many are forgotten."""
        kinds = dict(self._base.execute("SELECT kind, count(*) FROM inputs WHERE item != '' GROUP BY kind"))
        (forgotten,) = self._base.execute("SELECT count(*) FROM inputs WHERE item = ''").fetchone()
        (pages,), (size,) = self._base.execute("PRAGMA page_count"), self._base.execute("PRAGMA page_size")
        return {**{kind: kinds.get(kind, 0) for kind in KINDS}, "forgotten": forgotten, "bytes": pages[0] * size[0]}

    def vacuum(self) -> None:
        """Gives the room of what was forgotten or replaced back to the disk."""
        self._base.execute("VACUUM")
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _in_order(self, column: str) -> Iterator[tuple[Key, str, str]]:
        """Key, id and a column of every input, in the order and under the ids of one run over all their files."""
        claims = Claims()
        places = [place for (place,) in self._base.execute("SELECT DISTINCT place FROM inputs")]
        query = f"SELECT id, copy, {column} FROM inputs WHERE place = ? AND item != '' ORDER BY position, id, copy"
        for place in sorted(places, key=lambda place: (Path(os.path.normpath(self._folder / place)).parts, place)):
            for id, copy, text in self._base.execute(query, (place,)):
                yield (place, id, copy), claims.own(id), text

    def _place(self, path: Path) -> str:
        """A file as the ledger knows it: seen from the ledger's folder, so that both can move together."""
        if path == STDIN:
            return str(STDIN)
        folder, name = os.path.split(os.path.abspath(path))
        return (
            os.path.relpath(os.path.join(os.path.realpath(folder), name), self._folder)
            .encode(errors="replace")
            .decode()
        )


def _kind(item: Item) -> str:
    return next(kind for kind, type_ in KINDS.items() if isinstance(item, type_))


@cache
def _adapter(type_: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type_)


def _dumped(type_: Any, value: object) -> str:
    return _adapter(type_).dump_json(value).decode()


def _loaded(type_: Any, text: str) -> Any:
    return _adapter(type_).validate_json(text)
