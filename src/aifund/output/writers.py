"""Tables and documents as the bytes of their files: UTF-8, LF, the same for the same rows."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import ModuleType
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from aifund.output.document import ArticleNode, Document

_PORTION = 2_000  # rows that become text at a time: their cells take several times the room of their lines
FORMULA = tuple("=+-@\t\r＝＋－＠")  # a spreadsheet may run a cell that starts so (full-width forms in some locales)


def csv_pieces(columns: tuple[str, ...], rows: Iterable[BaseModel]) -> Iterator[bytes]:
    """A CSV file with a header: comma, minimal quoting, empty cells for None, texts guarded against spreadsheets."""
    left = iter(rows)
    yield _portion(columns, list(islice(left, _PORTION)), header=True)
    while portion := list(islice(left, _PORTION)):
        yield _portion(columns, portion, header=False)


def _portion(columns: tuple[str, ...], rows: Sequence[BaseModel], header: bool) -> bytes:
    cells = [[_guarded(getattr(row, column)) for column in columns] for row in rows]
    lines = _Lines()
    # "\r\n" makes the csv module quote cells that hold either character; `_Lines` puts the plain LF at a row's end.
    frame = _pandas().DataFrame(cells, columns=list(columns), dtype=object)
    frame.to_csv(lines, index=False, header=header, lineterminator="\r\n")
    return _encoded(lines.getvalue())


def json_bytes(content: Any) -> bytes:
    """A JSON file, indented, not escaped to ASCII, with a line feed at its end."""
    return _encoded(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def model_bytes(model: BaseModel) -> bytes:
    """A model as such a JSON file, several times faster."""
    try:
        return model.__pydantic_serializer__.to_json(model, indent=1) + b"\n"
    except PydanticSerializationError:  # half a surrogate pair somewhere
        return json_bytes(model.model_dump(mode="json"))


def document_pieces(document: Document, articles: Iterable[ArticleNode]) -> Iterator[bytes]:
    """events.json: a document that lacks its articles, as `model_bytes` writes it, and its articles."""
    head, empty, tail = model_bytes(document).rpartition(b"[]")
    before = b"["
    yield head
    for article in articles:
        yield before + (b"\n" + model_bytes(article).rstrip(b"\n")).replace(b"\n", b"\n  ")
        before = b","
    yield (empty if before == b"[" else b"\n ]") + tail


def _pandas() -> ModuleType:
    """pandas without pyarrow: it would import it, a fifth of its start, though nothing here uses it."""
    unused = "pyarrow" not in sys.modules
    if unused:
        sys.modules["pyarrow"] = None  # type: ignore[assignment]  # how Python is told that a module is not there
    try:
        import pandas
    finally:
        if unused:
            del sys.modules["pyarrow"]
    return pandas


class _Lines(io.StringIO):
    """What the csv module writes into, one call a row."""

    def write(self, line: str) -> int:
        return super().write(line.removesuffix("\r\n") + "\n")


def _guarded(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _encoded(text: str) -> bytes:
    """UTF-8. Half a surrogate pair, which JSON input can smuggle in, is written as its escape, as JSON does."""
    return text.encode("utf-8", "backslashreplace")
