"""Tables as text: comma, semicolon or tab between the cells, names in the first line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from aifund.sources.encoding import decode, encoding_of
from aifund.sources.fields import BadRow
from aifund.sources.form import Form, Item, Source
from aifund.sources.rows import Row, articles

_SAMPLE = 256 * 1024
_TOO_LONG = "\0too long\0"  # stands for a line beyond the limit; in a quoted cell its NUL makes the row unreadable


def read(source: Source) -> Iterator[Item]:
    """The rows of the table as articles, in file order."""
    yield from articles(_rows(source), source)


def _rows(source: Source) -> Iterator[Row]:
    csv.field_size_limit(source.limits.article)
    lines = _lines(source)
    first = next(lines, "")
    reader = csv.reader(_chain(first, lines), delimiter=max("\t,;|", key=first.count), strict=False)
    names = next(reader, [])
    while True:
        try:
            for cells in reader:
                place = f"line {reader.line_num}"
                if cells == [_TOO_LONG]:
                    yield place, BadRow(f"longer than {source.limits.article} bytes (--limit article)")
                else:
                    yield place, dict(zip(names, cells, strict=False))
            return
        except csv.Error as error:
            yield f"line {reader.line_num}", BadRow(f"no table: {error}")


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _lines(source: Source) -> Iterator[str]:
    """The lines in the encoding of the first ones; a line that does not fit it by the ladder on its own."""
    sample = source.stream.peek(_SAMPLE)
    encoding = encoding_of(sample[: sample.rfind(b"\n") + 1] or sample)
    if encoding.startswith(("utf-16", "utf-32")):
        yield from io.TextIOWrapper(source.stream, encoding, newline="")
        return
    for line in source.lines():
        if len(line) > source.limits.article:
            yield f"{_TOO_LONG}\n"
            continue
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            yield decode(line)


def _looks(head: bytes) -> bool:
    """Never by content: a table is known by its name alone."""
    return False


FORM = Form("csv", "a table as text, names in its first line", (".csv", ".tsv"), _looks, read)
