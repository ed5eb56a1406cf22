"""A time budget: what it leaves is told, and with a ledger the next run takes it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Aifund, Completed

TEXT = "{} raised $45 million in a Series A round led by Kestrel Capital."
NAMES = ("Quillet Robotics", "Marrowby AI", "Ostrander Labs", "Vexley Systems")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Two files of one article each, and one of two articles and a broken row."""
    news = tmp_path / "news"
    news.mkdir()
    for name, company in zip("ab", NAMES, strict=False):
        (news / f"{name}.txt").write_text(TEXT.format(company))
    rows = [{"id": company, "text": TEXT.format(company)} for company in NAMES[2:]]
    (news / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in (*rows, {"id": "empty"})))
    return tmp_path


class Hasty:
    """Runs with no time at all, so that each searches one input."""

    def __init__(self, place: Path, aifund: Aifund) -> None:
        self.place = place
        self.aifund = aifund

    def __call__(self, *more: object) -> Completed:
        return self.aifund("extract", "news", "-o", "out", "--max-seconds", 0, *more, cwd=self.place)

    def events(self) -> int:
        return len(json.loads((self.place / "out/events.json").read_text())["events"])


@pytest.fixture
def run(place: Path, aifund: Aifund) -> Hasty:
    return Hasty(place, aifund)


def test_what_is_left_is_taken_next_time(run: Hasty, place: Path, aifund: Aifund) -> None:
    first = run("--ledger", "l.db")
    assert (first.returncode, run.events()) == (0, 1)
    left = "2 files are not read to the end, first news/b.txt; the next run takes them"
    assert f"warning: time is up: {left}\n" in first.stderr
    second, third = run("--ledger", "l.db"), run("--ledger", "l.db")
    assert "1 file is not read to the end, first news/c.jsonl; the next run takes them" in second.stderr
    assert "1 file is not read to the end, first news/c.jsonl; the next run takes them" in third.stderr
    assert (third.returncode, run.events()) == (0, 3)
    assert run("--ledger", "l.db").returncode == 0
    last = run("--ledger", "l.db")
    assert (last.returncode, "time is up" in last.stderr) == (3, False)
    aifund("extract", "news", "-o", "whole", cwd=place)
    for path in (place / "whole").iterdir():
        assert (place / "out" / path.name).read_bytes() == path.read_bytes()


def test_a_fault_behind_the_cut_is_not_forgotten(run: Hasty, place: Path, aifund: Aifund) -> None:
    assert aifund("extract", "news", "-o", "out", "--ledger", "l.db", cwd=place).returncode == 3
    (place / "news/a.txt").write_text(TEXT.format(NAMES[0]).replace("45", "50"))
    assert run("--ledger", "l.db").returncode == 3
    (place / "news/c.jsonl").write_text((place / "news/c.jsonl").read_text().replace("45", "50"))
    assert run("--ledger", "l.db").returncode == 3


def test_other_rules_are_applied_bit_by_bit(run: Hasty, place: Path, aifund: Aifund, root: Path) -> None:
    aifund("extract", "news", "-o", "out", "--ledger", "l.db", cwd=place)
    with (shutil.copytree(root / "rules", place / "rules") / "gate.yaml").open("a") as file:
        file.write("\n# another version\n")
    for left in (4, 3, 2, 1):
        said = run("--ledger", "l.db", "--rules", "rules").stderr
        assert f"warning: time is up: {left} inputs stay as earlier versions found them; the next run goes on" in said
    run("--ledger", "l.db", "--rules", "rules")
    assert "time is up" not in run("--ledger", "l.db", "--rules", "rules").stderr


def test_without_a_ledger_the_tables_say_what_they_lack(run: Hasty, place: Path) -> None:
    done = run()
    left = "2 files are not read to the end, first news/b.txt; the tables lack them, and without a ledger"
    assert (done.returncode, run.events()) == (0, 1)
    assert f"warning: time is up: {left} the next run begins anew\n" in done.stderr
    with (place / "out/articles.csv").open(newline="") as file:
        rows = {row["article"]: (row["outcome"], row["reason"]) for row in csv.DictReader(file)}
    why = ("skipped", "not read to its end: time was up (--max-seconds)")
    assert rows == {"a": ("events", ""), "b": why, "c": why}


def test_enough_time_is_not_talked_about(place: Path, aifund: Aifund) -> None:
    done = aifund("extract", "news", "-o", "out", "--max-seconds", 1000, cwd=place)
    assert (done.returncode, "time is up" in done.stderr) == (3, False)


def test_2_no_number(place: Path, aifund: Aifund) -> None:
    for wrong in ("-1", "soon"):
        done = aifund("extract", "news", f"--max-seconds={wrong}", cwd=place)
        assert (done.returncode, "--max-seconds" in done.stderr) == (2, True)
