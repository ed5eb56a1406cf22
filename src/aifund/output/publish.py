"""A run's result as one set of files: rendered and checked in memory, then put in place as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from aifund.errors import CheckFailed
from aifund.model import Result
from aifund.output.build import document
from aifund.output.datapackage import descriptor
from aifund.output.document import Document
from aifund.output.manifest import manifest
from aifund.output.replace import replace_set
from aifund.output.tables import TABLES, broken_keys, tables
from aifund.output.writers import csv_bytes, json_bytes, model_bytes

FORMATS = frozenset({"csv", "json"})
EVENTS = "events.json"
PACKAGE = "datapackage.json"
MANIFEST = "manifest.json"
NAMES = frozenset({*(f"{table.name}.csv" for table in TABLES), EVENTS, PACKAGE, MANIFEST})


@dataclass(frozen=True, slots=True)
class Composed:
    """The tables of a run, checked against the contract, before they are files."""

    document: Document
    rows: Mapping[str, Sequence[BaseModel]]
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
    return files(compose(result), formats)


def compose(result: Result) -> Composed:
    """The tables of a run. Raises CheckFailed where the result breaks the contract."""
    try:
        nested = document(result)
        rows = tables(nested)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_url=False)]
        raise _breach(faults) from error
    if faults := broken_keys(rows):
        raise _breach(faults)
    return Composed(nested, rows, result.versions)


def files(composed: Composed, formats: Collection[str]) -> dict[str, bytes]:
    """The files of the output set by name."""
    rows = composed.rows
    made: dict[str, bytes] = {}
    if "csv" in formats:
        made |= {f"{table.name}.csv": csv_bytes(table.columns, rows[table.name]) for table in TABLES}
        made[PACKAGE] = json_bytes(descriptor())
    if "json" in formats:
        made[EVENTS] = model_bytes(composed.document)
    made[MANIFEST] = json_bytes(manifest(composed.versions, composed.document, rows, made))
    return made


def _breach(faults: list[str], shown: int = 20) -> CheckFailed:
    more = [f"and {len(faults) - shown} more"] if len(faults) > shown else []
    lines = "\n".join(f"  {line}" for line in [*faults[:shown], *more])
    return CheckFailed(f"nothing published: the result breaks the output contract\n{lines}")
