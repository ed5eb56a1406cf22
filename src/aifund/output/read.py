"""Reading an output set back: events.json, checked against the contract."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from aifund.errors import UsageError
from aifund.output.document import SCHEMA_VERSION, Document

ARTICLES = b' "articles": [\n'  # the line of events.json behind which its articles stand


def read(source: Path) -> Document:
    """The document of an output folder, or of an events.json given itself.

    Raises UsageError where there is none or where it is not what `aifund extract` writes.
    """
    return _document(source, Path.read_bytes)


def read_events(source: Path) -> Document:
    """The same without its articles: where `aifund extract` has written it, their part, the last, is not even read."""
    return _document(source, _events).model_copy(update={"articles": []})


def _events(file: Path) -> bytes:
    head: list[bytes] = []
    with file.open("rb") as lines:
        for line in lines:
            if line == ARTICLES:
                return b"".join((*head, b'"articles": []}'))
            head.append(line)
    return b"".join(head)


def _document(source: Path, content_of: Callable[[Path], bytes]) -> Document:
    file = source / "events.json" if source.is_dir() else source
    if not source.exists():
        raise UsageError(f"{source} does not exist; give a folder that `aifund extract` has written")
    if not file.exists():
        raise UsageError(f"{source} holds no events.json; run `aifund extract` with --format json or without --format")
    try:
        content = json.loads(content_of(file))
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{file} is not JSON: {error}") from error
    version = content.get("schema_version") if isinstance(content, dict) else None
    if version != SCHEMA_VERSION:
        raise UsageError(f"{file} has schema version {version!r}; this aifund reads {SCHEMA_VERSION!r}")
    try:
        return Document.model_validate(content)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(map(str, fault["loc"]))
        raise UsageError(f"{file} is not a valid output, at {place}: {fault['msg']}") from error
