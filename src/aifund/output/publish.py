"""A run's result as one set of files: checked in memory, written piece by piece, then put in place as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from aifund.errors import CheckFailed
from aifund.model import Result
from aifund.output.build import Articles, document
from aifund.output.datapackage import descriptor
from aifund.output.document import Document
from aifund.output.manifest import Fingerprint, counts, manifest
from aifund.output.replace import replace_set
from aifund.output.tables import TABLES, Rows, broken_keys, tables
from aifund.output.writers import csv_pieces, document_pieces, json_bytes

FORMATS = frozenset({"csv", "json"})
EVENTS = "events.json"
PACKAGE = "datapackage.json"
MANIFEST = "manifest.json"
NAMES = frozenset({*(f"{table.name}.csv" for table in TABLES), EVENTS, PACKAGE, MANIFEST})


@dataclass(frozen=True, slots=True)
class Composed:
    """The tables of a run, checked against the contract, before they are files.

    `document` lacks the articles, which may be too many to hold.
    """

    document: Document
    articles: Articles
    rows: Mapping[str, Rows]
    versions: Mapping[str, str]


def publish(result: Result, directory: Path, formats: Collection[str] = FORMATS) -> None:
    """Write the output set of a run to a folder: the tables (`csv`), the nested document (`json`), or both.

    Raises CheckFailed where the result breaks the contract, and what `put` raises.
    """
    put(compose(result), directory, formats)


def put(
    composed: Composed,
    directory: Path,
    formats: Collection[str] = FORMATS,
    first: Callable[[], None] = lambda: None,
) -> None:
    """Write the set to a folder, which is created where it is missing.

    `NAMES` in it are replaced as one set, all other files in it stay; `first` is called just before. Raises OutputError
    where the folder cannot be written; a previous output is untouched then.
    """
    replace_set(directory, files(composed, formats), NAMES, first)


def render(result: Result, formats: Collection[str] = FORMATS) -> dict[str, bytes]:
    """The files of the output set by name. The same result gives the same bytes, whatever the order of its members.

    Raises CheckFailed where the result breaks the contract.
    """
    return {name: b"".join(pieces) for name, pieces in files(compose(result), formats)}


def compose(result: Result) -> Composed:
    """The tables of a run. Raises CheckFailed where the result breaks the contract."""
    try:
        nested, articles = document(replace(result, articles=())), Articles(result)
        rows = {**tables(nested), "articles": articles}
        faults = broken_keys(rows)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_url=False)]
        raise _breach(faults) from error
    if faults:
        raise _breach(faults)
    return Composed(nested, articles, rows, result.versions)


def files(composed: Composed, formats: Collection[str]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of the output set, in pieces; each is to be taken whole before the next, as the last tells of all."""
    made: dict[str, Fingerprint] = {}
    for name, pieces in _tables(composed, formats):
        made[name] = Fingerprint()
        yield name, made[name].passing(pieces)
    counted = counts(composed.document.events, composed.articles, composed.rows)
    yield MANIFEST, [json_bytes(manifest(composed.versions, counted, made))]


def _tables(composed: Composed, formats: Collection[str]) -> Iterator[tuple[str, Iterable[bytes]]]:
    if "csv" in formats:
        for table in TABLES:
            yield f"{table.name}.csv", csv_pieces(table.columns, composed.rows[table.name])
        yield PACKAGE, [json_bytes(descriptor())]
    if "json" in formats:
        yield EVENTS, document_pieces(composed.document, composed.articles)


def _breach(faults: list[str], shown: int = 20) -> CheckFailed:
    more = [f"and {len(faults) - shown} more"] if len(faults) > shown else []
    lines = "\n".join(f"  {line}" for line in [*faults[:shown], *more])
    return CheckFailed(f"nothing published: the result breaks the output contract\n{lines}")
