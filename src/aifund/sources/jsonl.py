"""JSON Lines: one article a line, with `id`, `title`, `text`, `published`, and maybe `publisher`, `url`, `language`.

A broken line costs only itself. Unknown keys are left alone.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from aifund.model import Article
from aifund.sources.form import LIMIT, Form, Input, Item, NotText, Skipped, decode, well_formed

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})(?:[T ].*)?", re.DOTALL)
log = logging.getLogger(__name__)


class _BadRow(ValueError):
    """A line that is no article; the message says why, `id` is the row's own id where it has one."""

    def __init__(self, reason: str, id: str = "") -> None:
        super().__init__(reason)
        self.id = id


def read(source: Input) -> Iterator[Item]:
    """The rows of the file as articles, in file order."""
    rows = 0
    with source.path.open("rb") as file:
        if b"\0" in file.read(4096):
            yield source.unreadable("binary or UTF-16, not UTF-8 text (it holds NUL bytes)")
            return
        file.seek(0)
        for number, line in enumerate(_lines(file), 1):
            if not line.strip():
                continue
            rows += 1
            try:
                yield _article(line, source, number)
            except _BadRow as error:
                yield source.unreadable(f"line {number}: {error}", error.id)
    if not rows:
        yield Skipped(source.id, "no rows", str(source.path))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The file's lines, of which one that is too long is cut just beyond LIMIT (the rest of it is passed over)."""
    while line := file.readline(LIMIT + 1):
        yield line
        while len(line) > LIMIT and not line.endswith(b"\n"):
            line = file.readline(LIMIT + 1)


def _article(line: bytes, source: Input, number: int) -> Article:
    if len(line) > LIMIT:
        raise _BadRow(f"longer than {LIMIT} bytes")
    try:
        written = decode(line).rstrip()
        row = json.loads(written)
    except NotText as error:
        raise _BadRow(str(error)) from None
    except json.JSONDecodeError as error:  # its own line number counts within the row
        raise _BadRow(f"no JSON: {error.msg}: column {error.pos + 1}") from None
    except (ValueError, RecursionError) as error:
        raise _BadRow(f"no JSON: {error}") from None
    if not isinstance(row, dict):
        raise _BadRow("not a JSON object")
    id = _id(row)
    text = _string(row, "text", id)
    if not text.strip():
        raise _BadRow("empty" if "text" in row else "no `text`", id)
    return Article(
        id or source.id,
        text,
        title=_string(row, "title", id),
        published=_published(row, f"{source.path}:{number}"),
        publisher=_string(row, "publisher", id),
        url=_string(row, "url", id),
        language=_string(row, "language", id),
    )


def _id(row: dict[str, Any]) -> str:
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(_string(row, "id", "").split())


def _string(row: dict[str, Any], key: str, id: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _BadRow(f"`{key}` is not a string", id)
    if "\0" in value:
        raise _BadRow(f"`{key}` holds a NUL character", id)
    return well_formed(value)


def _published(row: dict[str, Any], place: str) -> date | None:
    """The day as the row writes it, in its own time zone. What is no ISO date is told and leaves the row undated."""
    value = row.get("published")
    if value is None or value == "":
        return None
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if match:
            return date.fromisoformat(match[1])
    except ValueError:
        pass  # the 31st of February: told like any other string that is no date
    log.warning("%s: `published` is no ISO date: %r; the article stays undated", place, value)
    return None


FORM = Form((".jsonl", ".ndjson"), read)
