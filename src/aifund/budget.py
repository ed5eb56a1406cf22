"""A budget of seconds for reading and searching (`--max-seconds`): when it is spent, the rest of the files is left."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator

from aifund.finding import Finding
from aifund.sources import Entry, Item, Skipped, article_id

Files = Iterable[tuple[Entry, Iterator[Item]]]


class Budget:
    """Counts `seconds` (None: without end) from now on.

    It is never spent before one input was searched, so that with a ledger even the smallest gets on from run to run.
    """

    def __init__(self, seconds: float | None, find: Callable[[Item], Finding]) -> None:
        self._end = time.monotonic() + (math.inf if seconds is None else seconds)
        self._find = find
        self._searched = False
        self.left: list[Entry] = []

    def find(self, item: Item) -> Finding:
        self._searched = True
        return self._find(item)

    def spent(self) -> bool:
        return self._searched and time.monotonic() >= self._end

    def within(self, files: Files) -> Files:
        """The files and their items until the budget is spent; `left` has those not read to their end then."""
        for entry, items in files:
            if self.spent():
                self.left.append(entry)
            else:
                yield entry, self._within(entry, items)

    def _within(self, entry: Entry, items: Iterator[Item]) -> Iterator[Item]:
        for item in items:
            if self.spent():
                self.left.append(entry)
                return
            yield item

    def unread(self) -> Iterator[Skipped]:
        """What is left, as inputs that were left out."""
        for entry in self.left:
            yield Skipped(article_id(entry), "not read to its end: time was up (--max-seconds)", str(entry.path))
