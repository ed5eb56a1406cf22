"""The file of a ledger: SQLite with a write-ahead log, one process at a time, its schema brought up to date."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from aifund.errors import OutputError, UsageError
from aifund.output.lock import alone

MIGRATIONS = (  # the n-th leads from schema version n to n + 1; none is ever changed
    """
    CREATE TABLE inputs (
        place TEXT NOT NULL,          -- the file, below the ledger's folder
        id TEXT NOT NULL,             -- as the file gives it
        copy INTEGER NOT NULL,        -- how many of this id stood before it in the file
        position INTEGER NOT NULL,    -- its place in the file when last read
        kind TEXT NOT NULL,           -- article, unreadable or skipped
        item TEXT NOT NULL,           -- as it was read, JSON; empty: forgotten
        made_by TEXT NOT NULL,        -- the versions by which it was searched, JSON
        finding TEXT NOT NULL,        -- what was found, JSON
        PRIMARY KEY (place, id, copy)
    ) STRICT, WITHOUT ROWID
    """,
)


@contextlib.contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """The ledger's database while the block runs; what is not committed in it is rolled back.

    Raises Busy where another process has it open, UsageError for a file that is no ledger or of a later version, and
    OutputError where it cannot be read or written.
    """
    if not create and not path.exists():
        raise UsageError(f"{path} does not exist — 'aifund extract PATHS --ledger {path}' makes a ledger")
    with alone(path), _told(path), contextlib.closing(sqlite3.connect(path, isolation_level="IMMEDIATE")) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = FULL")
        _migrate(base, path)
        yield base


def _migrate(base: sqlite3.Connection, path: Path) -> None:
    (version,) = base.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise UsageError(f"{path} is of schema version {version}, of a later aifund — update aifund")
    if version == 0 and base.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise UsageError(f"{path} is another program's database — give another file with --ledger")
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        with base:
            base.execute("BEGIN IMMEDIATE")
            base.execute(script)
            base.execute(f"PRAGMA user_version = {number}")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:  # no room, no rights, no folder
        raise OutputError(f"cannot use the ledger {path}: {error}; a previous output is untouched") from error
    except sqlite3.DatabaseError as error:
        raise UsageError(f"{path} is no ledger: {error} — give another file with --ledger") from error
