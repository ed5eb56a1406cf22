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

__all__ = ["Fields", "Item", "Limits", "Reading", "Skipped", "read"]


def read(paths: Sequence[Path], reading: Reading | None = None) -> Iterator[Item]:
    """Everything that the paths hold, in path order, one item per article or unusable input, each under its own id.

    A folder is read with all its subfolders; hidden files in it are left out, symbolic links in it are not followed.
    `-` is standard input; a pattern with `*`, `?` or `[` stands for the files and folders that fit it.
    Raises UsageError at once (not while iterating) when a path does not exist.
    """
    entries = find(paths)
    return _own_ids(item for entry in entries for item in items(entry, reading or Reading()))


def _own_ids(found: Iterable[Item]) -> Iterator[Item]:
    """The items with ids made unique: a second claim of an id gets `-2`, a third `-3`."""
    claims: dict[str, int] = {}
    for item in found:
        name = item.id
        while name in claims:
            claims[item.id] += 1
            name = f"{item.id}-{claims[item.id]}"
        claims[name] = 1
        yield item if name == item.id else replace(item, id=name)
