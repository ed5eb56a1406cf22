"""Reading articles: one small module per input format, one registry, one verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aifund.sources.fields import Fields
from aifund.sources.files import article_id, items
from aifund.sources.form import Item, Reading, Skipped
from aifund.sources.limits import Limits
from aifund.sources.walk import Entry, find

__all__ = [
    "Claims",
    "Entry",
    "Fields",
    "Item",
    "Limits",
    "Reading",
    "Skipped",
    "article_id",
    "own_ids",
    "read",
    "read_apart",
]


def read(paths: Sequence[Path], reading: Reading | None = None) -> Iterator[Item]:
    """Everything that the paths hold, in path order, one item per article or unusable input, each under its own id.

    A folder is read with all its subfolders; hidden files in it are left out, symbolic links in it are not followed.
    `-` is standard input; a pattern with `*`, `?` or `[` stands for the files and folders that fit it.
    Raises UsageError at once (not while iterating) when a path does not exist.
    """
    return own_ids(item for _, found in read_apart(paths, reading) for item in found)


def read_apart(paths: Sequence[Path], reading: Reading | None = None) -> Iterator[tuple[Entry, Iterator[Item]]]:
    """The same file by file, under the ids that each file gives. Raises as `read` does."""
    entries = find(paths)
    return ((entry, items(entry, reading or Reading())) for entry in entries)


class Claims:
    """Makes ids unique: a second claim of an id gets `-2`, a third `-3`."""

    def __init__(self) -> None:
        self._claims: dict[str, int] = {}

    def own(self, id: str) -> str:
        name = id
        while name in self._claims:
            self._claims[id] += 1
            name = f"{id}-{self._claims[id]}"
        self._claims[name] = 1
        return name


def own_ids(found: Iterable[Item]) -> Iterator[Item]:
    """The items, each under an id of its own."""
    claims = Claims()
    for item in found:
        name = claims.own(item.id)
        yield item if name == item.id else replace(item, id=name)
