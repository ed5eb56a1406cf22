"""JSON: a list of articles, an object with such a list somewhere in it, or one article. Read as a stream (ijson)."""

from __future__ import annotations

import codecs
from collections.abc import Generator, Iterator
from typing import Any

from aifund.sources.fields import BadRow
from aifund.sources.form import Form, Item, Refused, Source
from aifund.sources.rows import Row, articles

Event = tuple[str, Any]
_OPEN, _CLOSE = ("start_map", "start_array"), ("end_map", "end_array")


def read(source: Source) -> Iterator[Item]:
    """The articles of the list, in file order."""
    yield from articles(_rows(source), source)


def _rows(source: Source) -> Iterator[Row]:
    import ijson

    reader = _Reader(source)
    number = 0
    try:
        for row in reader.rows():
            number += 1
            yield f"item {number}", row if isinstance(row, dict) else BadRow("not a JSON object")
    except (ijson.JSONError, UnicodeError) as error:
        yield f"after item {number}", BadRow(f"no JSON: {' '.join(str(error).split())[:200]}")


class _Reader:
    """Walks the events of one JSON text; only the value at hand is in memory."""

    def __init__(self, source: Source) -> None:
        import ijson

        self._source = source
        self._bytes = _Rationed(source)
        self._fields = source.reading.fields
        self._depth = 0
        self._listed = False
        self._events: Iterator[Event] = ijson.basic_parse(self._bytes, use_float=True, multiple_values=True)

    def rows(self) -> Iterator[Any]:
        """Every article of every value (there may be several in a row)."""
        for event, value in self._counted():
            if event == "start_array":
                yield from self._elements()
            elif event == "start_map":
                self._listed = False
                rest = yield from self._object()
                if not self._listed:
                    yield rest
            else:
                yield value

    def _counted(self) -> Iterator[Event]:
        for event, value in self._events:
            self._depth += (event in _OPEN) - (event in _CLOSE)
            if self._depth > self._source.limits.depth:
                raise Refused(f"lists and objects nested deeper than {self._source.limits.depth} (--limit depth)")
            yield event, value

    def _next(self) -> Event:
        return next(self._counted())

    def _elements(self) -> Iterator[Any]:
        """The values of the list that has just begun."""
        while (begin := self._next())[0] != "end_array":
            yield self._value(begin)

    def _object(self) -> Generator[Any, None, dict[str, Any]]:
        """Yields the articles in the lists of the object that has just begun; returns the rest of it."""
        rest: dict[str, Any] = {}
        while (begin := self._next())[0] != "end_map":
            key, begin = begin[1], self._next()
            if begin[0] == "start_array":
                is_article = self._fields.has_full_text(rest)  # what it lists are its authors, its related articles
                for row in self._elements():
                    if not is_article and isinstance(row, dict) and self._fields.has_text(row):
                        self._listed = True
                        yield row
            elif begin[0] == "start_map":
                rest[key] = yield from self._object()
            else:
                rest[key] = self._value(begin)
        return rest

    def _value(self, begin: Event) -> Any:
        """The value that `begin` begins, whole."""
        from ijson import ObjectBuilder

        self._bytes.renew()
        builder = ObjectBuilder()
        builder.event(*begin)
        outside = self._depth - (begin[0] in _OPEN)
        while self._depth > outside:
            builder.event(*self._next())
        return builder.value


class _Rationed:
    """The file's bytes as UTF-8, refused where one value would take more of them than an article may."""

    def __init__(self, source: Source) -> None:
        marked = source.head().startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if source.head().startswith(codecs.BOM_UTF8):
            source.stream.read(len(codecs.BOM_UTF8))
        self._inner = codecs.EncodedFile(source.stream, "utf-8", "utf-16") if marked else source.stream
        self._most = source.limits.article
        self._left = self._most

    def renew(self) -> None:
        self._left = self._most

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._inner.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise Refused(f"a value longer than {self._most} bytes (--limit article)")
        return data


def _looks(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


FORM = Form("json", "JSON, a list of articles or an object with one", (".json",), _looks, read)
