"""A ledger keeps what was read: any portions in any order give the tables of one run over all."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import tracemalloc
from collections import deque
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import aifund as verbs
from aifund.entities.catalogue import Catalogue
from aifund.finding import Finder, Finding
from aifund.ledger.book import Book
from aifund.ledger.store import opened
from aifund.model import Article, ArticleRow
from aifund.output.publish import render
from aifund.rules import Rules

if TYPE_CHECKING:
    from conftest import Aifund

SPLITS = 100
SAYS_NEW = "Quillet Robotics raised $30 million in a Series A round led by Kestrel Capital."


@pytest.fixture(scope="module")
def rules() -> Rules:
    return verbs.load_rules()


@pytest.fixture(scope="module")
def files(seeds: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Articles that repeat and contradict each other, claim each other's ids, or cannot be read."""
    folder = shutil.copytree(seeds, tmp_path_factory.mktemp("ledger") / "feeds")
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.iterdir())]
    row = {"id": "001_2c257177839bfc2c", "title": "A copy", "text": texts[1], "published": "2024-03-09"}
    other = {"id": "x", "text": "Rain is expected in the north.", "published": "2024-03-01"}
    for name, rows in (("copies", [row, other, row]), ("more", [other, {"id": "x"}, {**row, "text": texts[4]}])):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows))
    (folder / "quillet.txt").write_text(SAYS_NEW)
    (folder / "broken.html").write_bytes(b"\x00\x01\x02" * 50)
    return sorted(folder.iterdir())


def test_any_portions_give_the_tables_of_one_run(
    files: list[Path], rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = render(verbs.extract(files, rules))
    find = cache(Finder.find)  # what is found in an article alone is the same each time
    monkeypatch.setattr(Catalogue, "load", cache(Catalogue.load))
    monkeypatch.setattr(Finder, "__init__", once(Finder.__init__, shared := {}))
    monkeypatch.setattr(Finder, "find", lambda self, item: find(shared["first"], item))
    for seed in range(SPLITS):
        chance = random.Random(seed)
        portions = split(files, chance)
        for portion in portions:
            result = verbs.extract(portion, rules, ledger=tmp_path / f"{seed}.db")
        assert render(result) == expected, (seed, portions)


def once(make: object, shared: dict[str, Finder]) -> object:
    """A constructor that does its work for the first object only."""

    def construct(self: Finder, *arguments: object) -> None:
        if "first" not in shared:
            make(self, *arguments)  # type: ignore[operator]
            shared["first"] = self

    return construct


def split(files: list[Path], chance: random.Random) -> list[list[Path]]:
    """The files in one to four portions, in any order, some of them twice."""
    portions: list[list[Path]] = [[] for _ in range(chance.randint(1, 4))]
    for file in chance.sample(files, len(files)):
        for portion in chance.sample(portions, min(len(portions), chance.choice((1, 1, 2)))):
            portion.append(file)
    return [portion for portion in portions if portion]


class TestRuns:
    @pytest.fixture
    def place(self, seeds: Path, tmp_path: Path) -> Path:
        """A folder with feeds/ of which a ledger has been made."""
        (tmp_path / "feeds").mkdir()
        for path in sorted(seeds.iterdir())[:2]:
            shutil.copy(path, tmp_path / "feeds")
        return tmp_path

    @pytest.fixture
    def run(self, place: Path, aifund: Aifund) -> Aifund:
        def extract(*more: object, output: str = "out", **settings: object) -> object:
            return aifund("extract", "feeds", "--ledger", "funds.db", "-o", output, *more, cwd=place, **settings)

        assert extract().returncode == 0  # type: ignore[attr-defined]
        return extract  # type: ignore[return-value]

    def test_what_is_known_is_not_searched_again(self, run: Aifund, place: Path) -> None:
        (place / "feeds/quillet.txt").write_text(SAYS_NEW)
        done = run("--verbose")
        assert "info: ledger funds.db: 2 known, 1 new" in done.stderr
        assert "Quillet" in (place / "out/events.csv").read_text()

    def test_articles_that_left_the_folder_stay(self, run: Aifund, place: Path) -> None:
        before = (place / "out/events.json").read_bytes()
        for path in (place / "feeds").iterdir():
            path.unlink()
        assert run().returncode == 0
        assert (place / "out/events.json").read_bytes() == before

    def test_a_changed_article_takes_the_place_of_what_it_was(self, run: Aifund, place: Path) -> None:
        (place / "feeds/quillet.txt").write_text(SAYS_NEW)
        run()
        (place / "feeds/quillet.txt").write_text(SAYS_NEW.replace("30", "45"))
        assert "1 changed, 2 known" in run("--verbose").stderr
        assert "45000000" in (place / "out/events.csv").read_text()
        assert ",30000000,USD" not in (place / "out/events.csv").read_text()

    def test_an_article_that_cannot_be_read_any_more_stays(self, run: Aifund, place: Path) -> None:
        before = (place / "out/events.json").read_bytes()
        first = sorted((place / "feeds").iterdir())[0]
        first.write_bytes(b"\x00" * 100)
        done = run()
        assert done.returncode == 0
        assert f"warning: {first.stem}: cannot be read now (" in done.stderr
        assert (place / "out/events.json").read_bytes() == before

    def test_a_file_that_can_be_read_again_is(self, run: Aifund, place: Path) -> None:
        (place / "feeds/a.jsonl").write_text("{broken\n")
        assert run().returncode == 3
        (place / "feeds/a.jsonl").write_text(json.dumps({"id": "q", "text": SAYS_NEW}) + "\n")
        assert run().returncode == 0

    def test_other_rules_search_everything_anew_and_say_so(self, run: Aifund, place: Path, root: Path) -> None:
        rules = shutil.copytree(root / "rules", place / "rules")
        with (rules / "gate.yaml").open("a") as file:
            file.write("\n# another version\n")
        done = run("--rules", "rules")
        assert "warning: rules, model or version have changed: 2 inputs of the ledger are searched anew" in done.stderr
        assert re.search(
            "^ledger +2 known, 2 searched anew by other rules, model or version$", done.stderr, re.MULTILINE
        )
        assert "searched anew" not in run("--rules", "rules").stderr
        said = run("--log-format", "json").stderr.splitlines()
        assert json.loads(said[-1])["ledger"] == {"known": 2, "renewed": 2}

    def test_ledger_and_folder_move_together(self, run: Aifund, place: Path, aifund: Aifund) -> None:
        moved = place / "moved"
        moved.mkdir()
        for name in ("feeds", "funds.db"):
            (place / name).rename(moved / name)
        done = aifund("extract", "feeds", "--ledger", "funds.db", "--verbose", cwd=moved)
        assert "ledger funds.db: 2 known" in done.stderr

    def test_a_killed_run_loses_nothing(self, run: Aifund, place: Path, seeds: Path) -> None:
        texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.iterdir())]
        rows = [{"id": f"{number}", "text": f"{number}. {texts[number % 5][:600]}"} for number in range(150)]
        (place / "feeds/many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        command = [sys.executable, "-m", "aifund", "extract", "feeds", "--ledger", "funds.db", "-o", "out", "-q"]
        with subprocess.Popen(command, cwd=place) as process:
            until = time.monotonic() + 60
            while inputs(place / "funds.db") < 100 and time.monotonic() < until:
                time.sleep(0.05)
            process.send_signal(signal.SIGKILL)
        done = run("--verbose")
        assert done.returncode == 0
        assert re.search(r"ledger funds\.db: 10\d known, \d+ new", done.stderr)
        assert run(output="again").returncode == 0
        command[4:7] = ["feeds"]
        subprocess.run([*command[:-3], "-o", "plain", "-q"], cwd=place, check=True)
        for name in os.listdir(place / "plain"):
            assert (place / "out" / name).read_bytes() == (place / "plain" / name).read_bytes()


def test_what_is_searched_anew_is_not_held_in_memory(tmp_path: Path) -> None:
    articles = [Article(f"{number:03}", "Rain. " * 20_000) for number in range(600)]
    with opened(tmp_path / "funds.db", create=True) as base:
        deque(Book(base, tmp_path, {"rules": "old"}).take(tmp_path / "news.jsonl", articles, found), 0)
    with opened(tmp_path / "funds.db") as base:
        book = Book(base, tmp_path, {"rules": "new"})
        tracemalloc.start()
        assert book.renew(found, lambda: False) == 0
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert book.renew(lambda _: pytest.fail("searched twice"), lambda: False) == 0
    assert book.tally["renewed"] == 600
    assert peak < 60_000_000  # a portion of them; all are twice as much


def found(item: object) -> Finding:
    assert isinstance(item, Article)
    return Finding(item, ArticleRow(item.id, "no_event"))


def inputs(ledger: Path) -> int:
    base = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    try:
        (count,) = base.execute("SELECT count(*) FROM inputs").fetchone()
        return int(count)
    finally:
        base.close()


class TestCommands:
    @pytest.fixture
    def ledger(self, aifund: Aifund, seeds: Path, tmp_path: Path) -> Path:
        assert aifund("extract", seeds, "--ledger", tmp_path / "f.db", "-o", tmp_path / "out", "-q").returncode == 0
        return tmp_path / "f.db"

    def test_stats(self, aifund: Aifund, ledger: Path) -> None:
        lines = aifund("ledger", "stats", "--ledger", ledger).stdout.splitlines()
        assert [line.split() for line in lines[:4]] == [
            ["article", "5"],
            ["unreadable", "0"],
            ["skipped", "0"],
            ["forgotten", "0"],
        ]

    def test_what_is_exported_gives_the_same_events(self, aifund: Aifund, ledger: Path, tmp_path: Path) -> None:
        (tmp_path / "all.jsonl").write_text(aifund("ledger", "export", env={"AIFUND_LEDGER": str(ledger)}).stdout)
        aifund("extract", tmp_path / "all.jsonl", "-o", tmp_path / "again")
        assert (tmp_path / "again/events.csv").read_bytes() == (tmp_path / "out/events.csv").read_bytes()

    def test_forget_is_for_good(self, aifund: Aifund, ledger: Path, seeds: Path, tmp_path: Path) -> None:
        first = sorted(seeds.iterdir())[0]
        assert aifund("ledger", "forget", first.stem, "--ledger", ledger).returncode == 0
        assert aifund("ledger", "vacuum", "--ledger", ledger).returncode == 0
        assert first.read_bytes()[:60] not in ledger.read_bytes()
        aifund("extract", seeds, "--ledger", ledger, "-o", tmp_path / "out")
        assert first.stem not in (tmp_path / "out/articles.csv").read_text()
        done = aifund("ledger", "forget", "nowhere", "--ledger", ledger)
        assert (done.returncode, "no article 'nowhere' in the ledger" in done.stderr) == (2, True)

    def test_2_files_that_are_no_ledgers(self, aifund: Aifund, tmp_path: Path) -> None:
        (tmp_path / "text.db").write_text("no database at all, but long enough to look like one " * 20)
        other = sqlite3.connect(tmp_path / "other.db")
        other.execute("CREATE TABLE mine (a)")
        other.close()
        later = sqlite3.connect(tmp_path / "later.db")
        later.execute("PRAGMA user_version = 99")
        later.close()
        for name, why in (
            ("text", "is no ledger: file is not a database"),
            ("other", "is another program's database"),
            ("later", "is of schema version 99, of a later aifund"),
            ("missing", "does not exist"),
        ):
            done = aifund("ledger", "stats", "--ledger", tmp_path / f"{name}.db")
            assert (done.returncode, why in done.stderr) == (2, True), done.stderr

    @pytest.mark.parametrize("where", ["news/funds.db", "out/funds.db"])
    def test_2_a_ledger_among_articles_or_tables(self, aifund: Aifund, tmp_path: Path, where: str) -> None:
        (tmp_path / "news").mkdir()
        done = aifund("extract", "news", "-o", "out", "--ledger", where, cwd=tmp_path)
        assert done.returncode == 2
        assert f"the ledger {where} lies in {tmp_path}" in done.stderr

    def test_6_a_ledger_that_cannot_be_written(self, aifund: Aifund, seeds: Path, tmp_path: Path) -> None:
        (tmp_path / "funds.db").mkdir()
        done = aifund("extract", seeds, "--ledger", tmp_path / "funds.db", "-o", tmp_path / "out")
        assert done.returncode == 6
        assert "cannot use the ledger" in done.stderr
