"""JSON Lines: one article a line. A broken line costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from aifund.sources.encoding import NotText, decode, encoding_of
from aifund.sources.fields import BadRow
from aifund.sources.form import HEAD, Form, Item, Refused, Source
from aifund.sources.rows import Row, articles


def read(source: Source) -> Iterator[Item]:
    """The rows of the file as articles, in file order."""
    if b"\0" in source.head():
        raise Refused("binary or UTF-16, not UTF-8 text (it holds NUL bytes)")
    yield from articles(_rows(source), source)


def _rows(source: Source) -> Iterator[Row]:
    declared = ""
    for number, line in enumerate(source.lines(), 1):
        if not line.strip():
            continue
        try:
            if len(line) > source.limits.article:
                raise BadRow(f"longer than {source.limits.article} bytes (--limit article)")
            declared = declared or _legacy(line)
            yield f"line {number}", _object(line, declared)
        except BadRow as error:
            yield f"line {number}", error


def _legacy(line: bytes) -> str:
    """The encoding of the first line that is no UTF-8: the next such lines are taken to be in the same."""
    encoding = "" if line.isascii() else encoding_of(line)
    return "" if encoding.startswith("utf-8") else encoding


def _object(line: bytes, legacy: str) -> dict[str, Any]:
    try:
        row = json.loads(_decoded(line, legacy).rstrip())
    except NotText as error:
        raise BadRow(str(error)) from None
    except json.JSONDecodeError as error:  # its own line number counts within the row
        raise BadRow(f"no JSON: {error.msg}: column {error.pos + 1}") from None
    except (ValueError, RecursionError) as error:
        raise BadRow(f"no JSON: {error}") from None
    if not isinstance(row, dict):
        raise BadRow("not a JSON object")
    return row


def _decoded(line: bytes, legacy: str) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(line, legacy)


def _looks(head: bytes) -> bool:
    """Whether the first line is an object and a second one begins like one."""
    first, _, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not first.startswith(b"{") or (len(head) < HEAD and not rest.lstrip().startswith(b"{")):
        return False
    try:
        return isinstance(json.loads(first), dict) and rest.lstrip()[:1] in (b"{", b"")
    except (ValueError, RecursionError):
        return False


FORM = Form("jsonl", "JSON Lines, one article a line", (".jsonl", ".ndjson"), _looks, read)
