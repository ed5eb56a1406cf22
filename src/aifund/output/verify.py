"""Whether an output folder holds one whole set: every file as its manifest has it, and what they hold as it counts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aifund.errors import UsageError
from aifund.output.document import Document
from aifund.output.manifest import counts, fingerprint
from aifund.output.publish import EVENTS, MANIFEST, NAMES
from aifund.output.tables import TABLES, tables


def verify(directory: Path) -> list[str]:
    """What differs from the manifest, a line each, none where the set is whole. Files that are no set's do not count.

    A set that is replaced meanwhile is looked at anew. Raises UsageError where there is no set, or it cannot be read.
    """
    while True:
        before = _read(directory, MANIFEST)
        if before is None:
            raise UsageError(f"{directory} holds no {MANIFEST} — give a folder that `aifund extract` has written")
        differences = list(_differences(directory, before))
        if not differences or _read(directory, MANIFEST) == before:
            return differences


def _differences(directory: Path, manifest: bytes) -> Iterator[str]:
    try:
        told = json.loads(manifest)
        listed = {str(name): dict(known) for name, known in told["files"].items()}
        counted = dict(told["counts"])
    except (ValueError, TypeError, LookupError, AttributeError):
        yield f"{MANIFEST}: not what `aifund extract` writes"
        return
    files = {name: content for name in sorted(NAMES - {MANIFEST}) if (content := _read(directory, name)) is not None}
    for name in sorted({*listed, *files}):
        if name not in files:
            yield f"{name}: missing"
        elif name not in listed:
            yield f"{name}: no file of this set"
        elif fingerprint(files[name]) != listed[name]:
            yield f"{name}: not as it was written ({_change(files[name], listed[name])})"
        else:
            yield from _miscounted(name, files[name], counted)


def _change(content: bytes, listed: Mapping[str, Any]) -> str:
    size = listed.get("bytes")
    return "other content of the same size" if size == len(content) else f"{len(content)} bytes instead of {size}"


def _miscounted(name: str, content: bytes, counted: Mapping[str, Any]) -> Iterator[str]:
    """Where what a file holds and what the manifest counts part."""
    found: dict[str, Any] = {}
    if name == EVENTS:
        try:
            nested = Document.model_validate_json(content)
        except ValidationError:
            yield f"{name}: not what the schema allows"
            return
        found = counts(nested.events, nested.articles, tables(nested))
    elif name in {f"{table.name}.csv" for table in TABLES}:
        found = {name.removesuffix(".csv"): sum(1 for _ in csv.reader(io.StringIO(content.decode(), newline=""))) - 1}
    for what, number in found.items():
        if counted.get(what) != number:
            yield f"{name}: {what} {number}, {MANIFEST} says {counted.get(what)}"


def _read(directory: Path, name: str) -> bytes | None:
    try:
        return (directory / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot read {directory / name}: {error.strerror}") from error
