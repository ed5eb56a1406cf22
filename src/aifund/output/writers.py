"""Tables and documents as the bytes of their files: UTF-8, LF, the same for the same rows."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from aifund.output.rows import Row

FORMULA = tuple("=+-@\t\r＝＋－＠")  # a spreadsheet may run a cell that starts so (full-width forms in some locales)


def csv_bytes(columns: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    """A CSV file with a header: comma, minimal quoting, empty cells for None, texts guarded against spreadsheets."""
    import pandas

    cells = [[_guarded(getattr(row, column)) for column in columns] for row in rows]
    lines = _Lines()
    # "\r\n" makes the csv module quote cells that hold either character; `_Lines` puts the plain LF at a row's end.
    pandas.DataFrame(cells, columns=list(columns), dtype=object).to_csv(lines, index=False, lineterminator="\r\n")
    return _encoded(lines.getvalue())


def json_bytes(content: Any) -> bytes:
    """A JSON file, indented, not escaped to ASCII, with a line feed at its end."""
    return _encoded(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def model_bytes(model: BaseModel) -> bytes:
    """A model as such a JSON file, several times faster."""
    try:
        return _encoded(model.model_dump_json(indent=1) + "\n")
    except PydanticSerializationError:  # half a surrogate pair somewhere
        return json_bytes(model.model_dump(mode="json"))


class _Lines(io.StringIO):
    """What the csv module writes into, one call a row."""

    def write(self, line: str) -> int:
        return super().write(line.removesuffix("\r\n") + "\n")


def _guarded(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _encoded(text: str) -> bytes:
    """UTF-8. Half a surrogate pair, which JSON input can smuggle in, is written as its escape, as JSON does."""
    return text.encode("utf-8", "backslashreplace")
