"""Nights in a row: `python tests/soak.py [RUNS [SEED]]` (500) feeds a ledger from a growing folder; things go wrong.

Between runs articles arrive, change and leave, files are broken and mended, their times jump by years. Runs are killed
at random moments and while they write the ledger, stopped, started twice at once, cut short by --max-seconds, or find
the disk full. After each the tables must be whole; after the last they must be those of one clean run over everything.

A run is a fork of a process that has the parser loaded, which spares a second each.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from aifund.cli import main
from aifund.cli import run as command_line
from aifund.output.verify import verify
from aifund.signals import STOPS

CORPUS = Path(__file__).resolve().parent / "corpus/own/articles.jsonl"
SIZE = 300  # characters of an article, more or less
YEARS = (0, 946_684_800, 4_102_444_800)  # what clocks that are off say: 1970, 2000, 2100
GOOD = {0, 3}
UNKNOWN = 99  # exit code of what ends in no way that aifund knows


class Feed:
    """A folder of articles. What has left it since it was read lies in `gone`."""

    def __init__(self, place: Path, chance: random.Random) -> None:
        self.folder, self.gone = place / "feeds", place / "gone"
        self.folder.mkdir()
        self.gone.mkdir()
        self._chance = chance
        rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
        self._rows = [{**row, "text": row["text"][: row["text"].find(". ", SIZE) + 1 or None]} for row in rows]
        self._count = 0
        self._broken: set[str] = set()
        self.unread: set[str] = set()  # names of files that no whole run has seen as they are

    def night(self) -> None:
        """What happens until the next run."""
        for happening in self._chance.choices((self._add, self._append, self._change, self._leave, self._break), k=2):
            happening()
        if self._broken and self._chance.random() < 0.3:
            self._broken.remove(name := self._chance.choice(sorted(self._broken)))
            self._write(name)
        for path in sorted(self.folder.iterdir()):
            os.utime(path, (self._chance.choice(YEARS),) * 2)

    def _add(self) -> None:
        self._write(self._new_name())

    def _append(self) -> None:
        name = f"wire-{self._count // 40}.jsonl"
        self._count += 1
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(self._row(f"wire-{self._count}")) + "\n")
        self.unread.add(name)

    def _change(self) -> None:
        if names := self._single() - self._broken:
            self._write(self._chance.choice(sorted(names)))

    def _leave(self) -> None:
        if names := self._single() - self.unread - self._broken:
            shutil.move(self.folder / (name := self._chance.choice(sorted(names))), self.gone / name)

    def _break(self) -> None:
        name = self._new_name()
        broken = {".txt": b"\x00\x01" * 50, ".jsonl": b'{"id": "x", "text": "cut o', ".gz": b"\x1f\x8b\x08\x00 no"}
        (self.folder / name).write_bytes(broken[Path(name).suffix])
        self._broken.add(name)
        self.unread.add(name)

    def _new_name(self) -> str:
        self._count += 1
        return f"{self._chance.randrange(1000):03}-{self._count}{self._chance.choice(('.txt', '.jsonl', '.html.gz'))}"

    def _single(self) -> set[str]:
        return {path.name for path in self.folder.iterdir() if not path.name.startswith("wire")}

    def _row(self, id: str) -> dict[str, str]:
        return {**self._chance.choice(self._rows), "id": id}

    def _write(self, name: str) -> None:
        row = self._row(name.partition(".")[0])
        page = f"<html><head><title>{row['title']}</title></head><body><p>{row['text']}</p></body></html>"
        forms = {".txt": row["text"].encode(), ".jsonl": json.dumps(row).encode(), ".gz": gzip.compress(page.encode())}
        (self.folder / name).write_bytes(forms[Path(name).suffix])
        self.unread.add(name)

    def whole(self, folder: Path) -> None:
        """Everything that has ever been in the folder, as it was last."""
        shutil.copytree(self.gone, folder)
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)


class Soak:
    """The runs in `place`, and what has come of them."""

    def __init__(self, place: Path, seed: int) -> None:
        self.place = place
        (place / "talk").touch()
        self.chance = random.Random(seed)
        self.feed = Feed(place, self.chance)
        self.ledger = place / "funds.db"
        self.faults: list[str] = []
        self.tried: Counter[str] = Counter()
        self.ended: Counter[int] = Counter()
        self.memory: list[int] = []  # peaks of whole runs, KiB
        self._seconds = 1.0  # that a whole run takes

    def night(self) -> None:
        self.feed.night()
        ways = (self._whole, self._killed, self._killed_writing, self._stopped, self._twice, self._hasty, self._full)
        way = self.chance.choices(ways, weights=(30, 25, 15, 10, 10, 5, 5))[0]
        self.tried[way.__name__.strip("_")] += 1
        way()
        if (self.place / "out").exists() and (wrong := verify(self.place / "out")):
            self.faults.append(f"{way.__name__}: {wrong}")

    def _start(self, *more: str, before: Callable[[], None] | None = None) -> int:
        """The process id of a new run."""
        if pid := _fork():
            return pid
        talk = os.open(self.place / "talk", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(talk, 2)
        sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
        if before:
            before()
        arguments = ["extract", "feeds", "--ledger", "funds.db", "-o", "out", "--changes", "changes.jsonl", "-q", *more]
        sys.argv = ["aifund", *arguments]
        code: object = None
        try:
            main()
        except SystemExit as end:
            code = end.code
        finally:  # nothing of the process that forked goes on here
            os._exit(code if isinstance(code, int) else UNKNOWN)

    def _end(self, pid: int, expected: set[int]) -> int:
        """The exit code of a run, the negative number of the signal that killed it."""
        _, status, usage = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        self.ended[code] += 1
        if code not in expected:
            self.faults.append(f"exit code {code}: {(self.place / 'talk').read_text(errors='replace')[-500:]}")
        if code in GOOD:
            self.memory.append(usage.ru_maxrss)
            if left := [path.name for path in self.place.glob(".*")]:
                self.faults.append(f"left behind: {left}")
        return code

    def _whole(self) -> None:
        began = time.monotonic()
        if self._end(self._start(), GOOD) in GOOD:
            self._seconds = time.monotonic() - began
            self.feed.unread.clear()

    def _killed(self) -> None:
        pid = self._start()
        time.sleep(self.chance.uniform(0, self._seconds * 1.1))
        self._kill(pid, signal.SIGKILL, {-signal.SIGKILL})

    def _killed_writing(self) -> None:
        pid, log = self._start(), Path(f"{self.ledger}-wal")
        until = time.monotonic() + self._seconds
        while time.monotonic() < until and not (log.exists() and log.stat().st_size):
            time.sleep(0.001)
        time.sleep(self.chance.uniform(0, 0.05))
        self._kill(pid, signal.SIGKILL, {-signal.SIGKILL})

    def _stopped(self) -> None:
        pid = self._start()
        time.sleep(self.chance.uniform(0, self._seconds * 1.1))
        number = self.chance.choice(STOPS[::-1])
        began = time.monotonic()
        self._kill(pid, number, {128 + number, -number})
        if time.monotonic() - began > 3:
            self.faults.append(f"{number!r} took {time.monotonic() - began:.1f} s")

    def _kill(self, pid: int, number: int, expected: set[int]) -> None:
        os.kill(pid, number)
        self._end(pid, expected | GOOD)

    def _twice(self) -> None:
        pids = [self._start() for _ in range(self.chance.choice((2, 3)))]
        codes = [self._end(pid, {*GOOD, 75}) for pid in pids]
        if not GOOD & {*codes}:
            self.faults.append(f"of several at once none came through: {codes}")

    def _hasty(self) -> None:
        self._end(self._start("--max-seconds", "0"), GOOD)

    def _full(self) -> None:
        size = self.chance.choice((0, 1_000, 30_000, 1_000_000))
        limit = (size, resource.RLIM_INFINITY)
        self._end(self._start(before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)), {*GOOD, 6})

    def last(self) -> None:
        """One more run, and one without a ledger over everything: their tables must be the same."""
        self._whole()
        self.feed.whole(self.place / "clean/feeds")
        os.chdir(self.place / "clean")
        if command_line(["extract", "feeds", "-o", "out", "-q"]) not in GOOD:
            self.faults.append("the clean run failed")
        for path in sorted((self.place / "clean/out").iterdir()):
            if path.read_bytes() != (self.place / "out" / path.name).read_bytes():
                self.faults.append(f"{path.name} is not that of one clean run")

    def report(self) -> str:
        rows = json.loads((self.place / "out/manifest.json").read_text())["counts"]
        lost = rows["outcomes"]["unreadable"]
        texts = sum(path.stat().st_size for path in (self.place / "clean/feeds").iterdir())
        first, last = (statistics.median(part) / 1024 for part in (self.memory[:20], self.memory[-20:]))
        return "\n".join(
            (
                f"tried: {', '.join(f'{count} {way}' for way, count in self.tried.most_common())}",
                f"exit codes: {', '.join(f'{count}x {code}' for code, count in self.ended.most_common())}",
                f"tables: {rows['articles']} articles, {lost} unreadable, {rows['events']} events",
                f"memory: {first:.0f} MiB at first, {last:.0f} MiB at last (median of 20 peaks)",
                f"ledger: {self.ledger.stat().st_size:,} bytes for files of {texts:,}",
                *(f"FAULT {fault}" for fault in self.faults),
                f"{sum(self.tried.values())} runs, {len(self.faults)} faults",
            )
        )


def _fork() -> int:
    """As os.fork; the child meets signals like a process that has just begun, not as this one does."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    pid = os.fork()
    if not pid:
        for number in STOPS:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    return pid


def soaked(runs: int, seed: int) -> int:
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        (Path(place) / "a.txt").write_text("Quillet Robotics raised $45 million.")
        command_line(["extract", "a.txt", "-q", "-o", "warm/out"])
        shutil.rmtree("warm")
        soak = Soak(Path(place), seed)
        for _ in range(runs):
            soak.night()
        soak.last()
        print(soak.report())
        os.chdir("/")
    return 1 if soak.faults else 0


if __name__ == "__main__":
    runs, seed = (*map(int, sys.argv[1:]), *(500, 1)[len(sys.argv) - 1 :])
    sys.exit(soaked(runs, seed))
