"""What made a set of files and what is in it; no clock, no paths."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from aifund.model import Outcome
from aifund.output.document import SCHEMA_VERSION, Document
from aifund.output.tables import TABLES


def manifest(
    versions: Mapping[str, str], nested: Document, rows: Mapping[str, Sequence[BaseModel]], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """The content of manifest.json for the set of `files`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "versions": dict(sorted(versions.items())),
        "counts": counts(nested, rows),
        "files": {name: fingerprint(files[name]) for name in sorted(files)},
    }


def counts(nested: Document, rows: Mapping[str, Sequence[BaseModel]]) -> dict[str, Any]:
    """Rows of each table, conflicts, articles of each outcome."""
    outcomes = Counter(article.outcome for article in nested.articles)
    return {
        **{table.name: len(rows[table.name]) for table in TABLES},
        "conflicts": sum(len(event.conflicts) for event in nested.events),
        "outcomes": {outcome: outcomes[outcome] for outcome in get_args(Outcome)},
    }


def fingerprint(content: bytes) -> dict[str, Any]:
    """By what a file is known."""
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
