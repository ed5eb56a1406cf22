"""What made a set of files and what is in it; no clock, no paths."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from aifund.model import Outcome
from aifund.output.document import SCHEMA_VERSION, ArticleNode, EventNode
from aifund.output.tables import TABLES, Rows


class Fingerprint:
    """By what a file is known, taken while its pieces pass by."""

    def __init__(self) -> None:
        self._bytes = 0
        self._hash = hashlib.sha256()

    def passing(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._bytes += len(piece)
            self._hash.update(piece)
            yield piece

    def told(self) -> dict[str, Any]:
        return {"bytes": self._bytes, "sha256": self._hash.hexdigest()}


def manifest(
    versions: Mapping[str, str], counted: Mapping[str, Any], files: Mapping[str, Fingerprint]
) -> dict[str, Any]:
    """The content of manifest.json for the set of `files`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "versions": dict(sorted(versions.items())),
        "counts": dict(counted),
        "files": {name: files[name].told() for name in sorted(files)},
    }


def counts(events: Iterable[EventNode], articles: Iterable[ArticleNode], rows: Mapping[str, Rows]) -> dict[str, Any]:
    """Rows of each table, conflicts, articles of each outcome."""
    outcomes = Counter(article.outcome for article in articles)
    return {
        **{table.name: len(rows[table.name]) for table in TABLES},
        "conflicts": sum(len(event.conflicts) for event in events),
        "outcomes": {outcome: outcomes[outcome] for outcome in get_args(Outcome)},
    }


def fingerprint(content: bytes) -> dict[str, Any]:
    """By what a file is known."""
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
