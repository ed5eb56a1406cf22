"""How long a fresh process takes: `python tests/benchmarks/cold_start.py` prints wall times, the median of five."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5


def seconds(*arguments: str) -> float:
    """Wall time of one run of the command line."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "aifund", *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        extract = ("extract", str(ROOT / "seeds"), "--output", str(Path(folder) / "output"))
        for name, arguments, bar in (("aifund --help", ("--help",), 0.3), ("aifund extract seeds/", extract, 2.5)):
            times = [seconds(*arguments) for _ in range(RUNS)]
            print(f"{name:24}{statistics.median(times):6.2f} s (bar {bar} s; {min(times):.2f} to {max(times):.2f} s)")


if __name__ == "__main__":
    main()
