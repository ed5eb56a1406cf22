"""Reading articles: one small module per input format, one registry, one verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aifund.sources.fields import Fields
from aifund.sources.files import items
from aifund.sources.form import Item, Reading, Skipped
from aifund.sources.limits import Limits
from aifund.sources.walk import find

__all__ = ["Claims", "Fields", "Item", "Limits", "Reading", "Skipped", "read", "read_apart"]


def read(paths: Sequence[Path], reading: Reading | None = None) -> Iterator[Item]:
    """Everything that the paths hold, in path order, one item per article or unusable input, each under its own id.

    A folder is read with all its subfolders; hidden files in it are left out, symbolic links in it are not followed.
    `-` is standard input; a pattern with `*`, `?` or `[` stands for the files and folders that fit it.
    Raises UsageError at once (not while iterating) when a path does not exist.
    """
    return _own_ids(item for _, found in read_apart(paths, reading) for item in found)


def read_apart(paths: Sequence[Path], reading: Reading | None = None) -> Iterator[tuple[Path, Iterator[Item]]]:
    """The same file by file, under the ids that each file gives. Raises as `read` does."""
    entries = find(paths)
    return ((Path(entry.path), items(entry, reading or Reading())) for entry in entries)


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


def _own_ids(found: Iterable[Item]) -> Iterator[Item]:
    claims = Claims()
    for item in found:
        name = claims.own(item.id)
        yield item if name == item.id else replace(item, id=name)
