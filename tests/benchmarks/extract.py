"""How a run grows with its input: `python tests/benchmarks/extract.py [--ledger] [ARTICLES…]` prints time and memory.

The news is generated: short articles of which one in fifty tells of a deal and one in twenty is another outlet's copy;
the rest has other subjects. Each size runs in a process of its own, as a user runs it. Bar: peak memory grows by less
than a kilobyte an article that tells of no event, whatever its length, and time with the number of articles.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SIZES = (10_000, 50_000, 100_000)
SUBJECTS = ("council", "mayor", "court", "museum", "orchestra", "harvest", "ferry", "library", "weather", "bakery")
VERBS = ("opened", "praised", "visited", "repaired", "painted", "moved", "described", "measured", "delayed")
THINGS = ("bridge", "season", "concert", "garden", "match", "tower", "novel", "recipe", "timetable", "roof", "bench")
PLACES = ("in the north", "by the harbour", "after a long winter", "before the summer", "near the old mill")
SYLLABLES = ("ba", "do", "fen", "gri", "ka", "lom", "mer", "nas", "pel", "quin", "ros", "sta", "tul", "ver", "zor")
DEAL = "{name} has raised ${sum} million in a Series {round} round led by {lead}, it said on Tuesday."
SENTENCES = 12


def main(sizes: list[int], ledger: bool) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            news = Path(folder, "news.jsonl")
            with news.open("w", encoding="utf-8") as file:
                file.writelines(f"{json.dumps(row)}\n" for row in articles(size))
            more = ["--ledger", str(Path(folder, "funds.db"))] if ledger else []
            print(measured(news, Path(folder, "output"), size, more), flush=True)


def measured(news: Path, output: Path, size: int, more: list[str]) -> str:
    """One run of the command line, in words."""
    command = [sys.executable, "-m", "aifund", "extract", str(news), "--output", str(output), "--quiet", *more]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    assert status == 0
    peak = used.ru_maxrss * 1024
    return (
        f"{size:>9,} articles, {news.stat().st_size / 1e6:5.0f} MB: {wall:6.1f} s, processor {used.ru_utime:6.1f} s,"
        f" peak {peak / 2**20:6.0f} MiB"
    )


def articles(size: int) -> Iterator[dict[str, object]]:
    """Rows of JSON Lines."""
    chance = random.Random(size)
    text = ""
    for number in range(size):
        if not text or chance.random() > 0.05:
            text = " ".join(sentence(chance) for _ in range(SENTENCES))
            if number % 50 == 0:
                text = f"{deal(chance)} {text}"
        day = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
        publisher = f"The {chance.choice(SUBJECTS).title()} Post {chance.randrange(100)}"
        yield {
            "id": f"news-{number:07}",
            "title": sentence(chance),
            "text": text,
            "published": day.isoformat(),
            "publisher": publisher,
            "url": f"https://news.example/{day}/{number}",
        }


def sentence(chance: random.Random) -> str:
    one, other = chance.choice(SUBJECTS), chance.choice(SUBJECTS)
    place, verb, thing = chance.choice(PLACES), chance.choice(VERBS), chance.choice(THINGS)
    return f"The {one} {verb} the {thing} of the {other} {place}, {chance.randrange(9999)} people said."


def deal(chance: random.Random) -> str:
    name, lead = ("".join(chance.choice(SYLLABLES) for _ in range(3)).title() for _ in range(2))
    return DEAL.format(name=name, lead=f"{lead} Capital", sum=chance.randint(2, 400), round=chance.choice("ABCD"))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:] if size.isdigit()] or list(SIZES), "--ledger" in sys.argv)
