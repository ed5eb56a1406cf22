"""A process that publishes small sets in turn, for tests that kill it or let its system calls fail.

`python tests/publisher.py FOLDER [ROUNDS]` says `ready`, waits for a line, then publishes ROUNDS times, else for ever.
With each set goes the file of changes beside FOLDER, which says its number. Exit code 6 where publishing was refused.
It writes and reads nothing else meanwhile.
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

from aifund.errors import OutputError
from aifund.output.lock import alone
from aifund.output.publish import compose, put, render
from aifund.output.staged import staged
from output_samples import RESULT, with_event

SETS = (RESULT, with_event(status="in_talks"), with_event(status="rumored"))
CHANGES = "changes.jsonl"


def publish(number: int, folder: Path) -> None:
    """Publishes one of the sets, as a run does."""
    with alone(folder), staged(folder.with_name(CHANGES), account(number)) as replace:
        put(compose(SETS[number % len(SETS)]), folder, first=replace)


def account(number: int) -> str:
    """What the changes say of a set."""
    return f"the changes of set {number % len(SETS)}\n" * 100


def whole(folder: Path) -> bool:
    """Whether the folder holds one of the sets and nothing else, and the changes are its own, or already the next's."""
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    told = folder.with_name(CHANGES).read_text()
    return any(found == render(one) and told in (account(n), account(n + 1)) for n, one in enumerate(SETS))


def main(folder: Path, rounds: int | None) -> None:
    for number in range(len(SETS)):
        publish(number, folder)  # all modules are loaded then
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        for number in itertools.count() if rounds is None else range(rounds):
            publish(number, folder)
    except OutputError:
        os._exit(OutputError.exit_code)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
