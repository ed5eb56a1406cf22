"""Runs that are killed: `python tests/kills.py [KILLS]` (200) kills at random moments and counts what was not whole.

Nine of ten kills hit a process that does nothing but publish, so that most fall into the replacing of a set; every
tenth hits a whole `aifund extract`. After each, the folder must hold the old set or the new one, the file of changes
must not lag behind it, and the next run go on.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aifund.output.verify import verify
from publisher import CHANGES, whole

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"
PUBLISHING, RUN = 0.05, 3.0  # seconds within which a publishing process, and a run, is killed


def publishing(*arguments: object) -> subprocess.Popen[bytes]:
    """A process of publisher.py that waits for its `go`."""
    command = [sys.executable, str(HERE / "publisher.py"), *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def kill_publishing(folder: Path, chance: random.Random) -> list[str]:
    """What is wrong in `folder` after a process that publishes into it again and again was killed, and at the next."""
    with publishing(folder) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        process.stdin.write(b"go\n")
        process.stdin.flush()
        time.sleep(chance.uniform(0, PUBLISHING))
        process.kill()
    faults = [] if whole(folder) else ["neither the old nor the new set"]
    with publishing(folder, "1") as process:
        process.communicate(b"go\n")
    if process.returncode or not whole(folder):
        faults.append("the next run did not go on")
    if {*os.listdir(folder.parent)} != {folder.name, CHANGES}:
        faults.append(f"left behind: {sorted(os.listdir(folder.parent))}")
    return faults


def kill_run(folder: Path, chance: random.Random) -> list[str]:
    """The same for a whole run over the seeds, whose set takes the place of an earlier one over a single seed."""
    extract = [sys.executable, "-m", "aifund", "extract", "--quiet", "--output", str(folder)]
    subprocess.run([*extract, str(sorted(SEEDS.iterdir())[0])], check=True)
    with subprocess.Popen([*extract, str(SEEDS)]) as process:
        time.sleep(chance.uniform(0, RUN))
        process.kill()
    faults = verify(folder)
    subprocess.run([*extract, str(SEEDS)], check=True)
    return faults + verify(folder)


def main(kills: int) -> int:
    chance = random.Random(kills)
    failed = 0
    for number in range(kills):
        with tempfile.TemporaryDirectory() as place:
            kill = kill_publishing if number % 10 else kill_run
            faults = kill(Path(place) / "output", chance)
        failed += bool(faults)
        for fault in faults:
            print(f"kill {number} ({kill.__name__}): {fault}")
    print(f"{kills} kills, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
