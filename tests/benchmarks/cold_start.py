"""How long a fresh process takes: `python tests/benchmarks/cold_start.py` prints the medians of five runs.

Wall time is what users feel. Where other programs use the cores too, processor time (user and system) tells more.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5


def seconds(*arguments: str) -> tuple[float, float]:
    """Wall and processor time of one run of the command line."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "aifund", *arguments], check=True, capture_output=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        extract = ("extract", str(ROOT / "seeds"), "--output", str(Path(folder) / "output"))
        for name, arguments, bar in (("aifund --help", ("--help",), 0.3), ("aifund extract seeds/", extract, 2.5)):
            walls, processor = zip(*(seconds(*arguments) for _ in range(RUNS)), strict=True)
            print(
                f"{name:24}{statistics.median(walls):6.2f} s (bar {bar} s; {min(walls):.2f} to {max(walls):.2f} s),"
                f" {statistics.median(processor):.2f} s on the processor"
            )


if __name__ == "__main__":
    main()
