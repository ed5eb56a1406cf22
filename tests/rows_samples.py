"""A JSON Lines file of rows, for tests that run on one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path


def rows_file(folder: Path, rows: Iterable[object]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path
