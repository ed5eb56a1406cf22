"""What all formats of rows share: rows become articles, a bad one costs only itself, empty ones are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aifund.sources.fields import BadRow, is_empty
from aifund.sources.form import Item, Source

Row = tuple[str, Mapping[str, Any] | BadRow]  # where it stands ("line 7"), and what is there


def articles(rows: Iterable[Row], source: Source) -> Iterator[Item]:
    """The rows as articles, in their order; many empty rows are one skipped input."""
    count = empty = 0
    for place, row in rows:
        count += 1
        if not isinstance(row, BadRow) and is_empty(row):
            empty += 1
            continue
        try:
            if isinstance(row, BadRow):
                raise row
            yield source.reading.fields.article(row, source.id, f"{source.path}:{place.rpartition(' ')[2]}")
        except BadRow as error:
            yield source.unreadable(f"{place}: {error}", error.id)
    if empty == count:
        yield source.skipped("no rows" if not count else f"{count:,} empty rows")
    elif empty:
        yield source.skipped(f"{empty:,} of {count:,} rows are empty")
