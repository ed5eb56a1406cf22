"""Talk on stderr, an event a line: words for people, or JSON objects for machines (`--log-format json`)."""

from __future__ import annotations

import sys

from aifund.errors import UsageError

FORMATS = ("text", "json")
_chosen = "text"


def choose(form: str) -> None:
    """How the process talks from now on. Raises UsageError for what is none of `FORMATS`."""
    global _chosen
    if form not in FORMATS:
        raise UsageError(f"--log-format {form!r} is not known — give {' or '.join(FORMATS)}")
    _chosen = form


def in_json() -> bool:
    return _chosen == "json"


def say(level: str, event: str, message: str, **facts: object) -> None:
    """One event: its level as in logging, its name, what happened in words; `facts` are for machines alone."""
    if not in_json():
        print(f"{level}: {message}", file=sys.stderr)
        return
    import json
    from datetime import UTC, datetime

    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    record = {"time": time, "level": level, "event": event, "message": message, **facts}
    print(json.dumps(record, ensure_ascii=False, default=str), file=sys.stderr, flush=True)
