"""A process that publishes two small sets in turn, for tests that kill it or let its system calls fail.

`python tests/publisher.py FOLDER [ROUNDS]` says `ready`, waits for a line, then publishes ROUNDS times, else for ever.
Exit code 6 where publishing was refused. It writes and reads nothing else meanwhile.
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

import aifund
from aifund.errors import OutputError
from aifund.output.publish import render
from output_samples import RESULT, with_event

OTHER = with_event(status="in_talks")


def whole(folder: Path) -> bool:
    """Whether the folder holds one of the two sets, and nothing else."""
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    return found in (render(RESULT), render(OTHER))


def main(folder: Path, rounds: int | None) -> None:
    render(OTHER)
    aifund.publish(RESULT, folder)  # all modules are loaded then
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        for result, _ in zip(itertools.cycle((OTHER, RESULT)), itertools.count() if rounds is None else range(rounds)):
            aifund.publish(result, folder)
    except OutputError:
        os._exit(OutputError.exit_code)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
