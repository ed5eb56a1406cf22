"""`extract --changes FILE`: what changed since the last run, for people and as JSON Lines."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Aifund

TALKS = "Quillet Robotics is in talks to raise $30 million in a Series A round led by Kestrel Capital, sources say."
CLOSED = "Quillet Robotics raised $45 million in a Series A round led by Kestrel Capital."
OTHER = "Marrowby AI raised $5 million in a seed round led by Fernhill Ventures."
FSIZE = resource.RLIMIT_FSIZE
ID = "quillet-robotics-series-a-2024"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    return tmp_path


class Desk:
    """A folder of news, and the changes that each run over it tells."""

    def __init__(self, place: Path, aifund: Aifund) -> None:
        self.place = place
        self.aifund = aifund
        self.said = ""

    def __call__(self, *more: object, **texts: str) -> list[dict[str, Any]]:
        """Adds articles (`monday="…"`), runs and returns the changes."""
        for day, (name, text) in enumerate(texts.items(), 1):
            row = {"id": name, "text": text, "published": f"2024-03-{day:02}"}
            (self.place / f"news/{name}.jsonl").write_text(json.dumps(row) + "\n")
        done = self.aifund("extract", "news", "-o", "out", "--changes", "c.jsonl", *more, cwd=self.place)
        assert done.returncode == 0, done.stderr
        self.said = done.stderr
        return [json.loads(line) for line in (self.place / "c.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def run(place: Path, aifund: Aifund) -> Desk:
    return Desk(place, aifund)


def test_at_the_first_run_every_event_is_new(run: Desk) -> None:
    (item,) = run(monday=CLOSED)
    assert (item["change"], item["event_id"], item["target"]) == ("new", ID, "Quillet Robotics")
    assert (item["round"], item["amount"]["min"], item["articles"]) == ("series_a", 45_000_000, ["monday"])
    assert item["message"].startswith(f"new: {ID}: Quillet Robotics, series_a, closed, 45,000,000 USD")
    assert "since the last run" not in run.said


def test_status_values_and_conflicts(run: Desk) -> None:
    run(monday=TALKS)
    found = {(item["change"], item.get("field")): item for item in run(tuesday=CLOSED, wednesday=OTHER)}
    assert found["status", "status"]["message"] == f"{ID}: status in_talks → closed"
    assert (found["status", "status"]["old"], found["status", "status"]["new"]) == ("in_talks", "closed")
    assert found["value", "amount"]["new"]["min"] == 45_000_000
    assert found["value", "amount"]["message"] == f"{ID}: amount 30,000,000 USD → 45,000,000 USD"
    conflict = found["conflict", "amount"]
    assert [value["articles"] for value in conflict["values"]] == [["tuesday"], ["monday"]]
    assert conflict["message"] == f"{ID}: articles disagree on its amount: 30,000,000 USD or 45,000,000 USD"
    assert found["new", None]["target"] == "Marrowby AI"
    assert re.search(r"^since the last run: 1 new, 1 of another status, \d other values, \d new conf", run.said, re.M)
    assert f"\n  {ID}: status in_talks → closed\n" in run.said


def test_an_id_that_follows_another(run: Desk) -> None:
    run(monday=CLOSED.replace(" in a Series A round", ""))
    found = run(tuesday=CLOSED)
    (follows,) = (item for item in found if item["change"] == "follows")
    assert (follows["earlier"], follows["event_id"]) == ("quillet-robotics-funding-2024", ID)
    assert [item["message"] for item in found if item.get("field") == "round"] == [f"{ID}: round unknown → series_a"]


def test_an_event_that_nobody_tells_any_more(run: Desk, place: Path) -> None:
    run(monday=CLOSED, tuesday=OTHER)
    (place / "news/monday.jsonl").unlink()
    (item,) = run()
    assert (item["change"], item["event_id"]) == ("gone", ID)


def test_nothing_new_leaves_an_empty_file(run: Desk) -> None:
    run(monday=CLOSED)
    assert run() == []
    assert "since the last run: nothing has changed" in run.said


def test_machines_get_the_counts(run: Desk) -> None:
    run(monday=CLOSED, tuesday=OTHER)
    run("--log-format", "json", wednesday=OTHER.replace("Marrowby", "Ostrander"))
    assert json.loads(run.said)["changes"] == dict.fromkeys(("status", "value", "conflict", "follows", "gone"), 0) | {
        "new": 1
    }


def test_many_changes_are_cut_on_a_terminal(run: Desk) -> None:
    run(monday=CLOSED)
    names = (
        "Tarn",
        "Ostrander",
        "Vexley",
        "Brindle",
        "Halloway",
        "Pellbrook",
        "Skarn",
        "Umberly",
        "Wrenfield",
        "Yarrow",
    )
    texts = {name: OTHER.replace("Marrowby", name) for name in (*names, "Zephrim")}
    assert len(run(**texts)) == 11
    assert "… and 1 more, see --verbose or --changes FILE" in run.said


@pytest.mark.parametrize("content", ["{", '{"schema_version": "0.9"}'])
def test_earlier_tables_that_cannot_be_read_are_told(content: str, run: Desk, place: Path) -> None:
    run(monday=CLOSED)
    (place / "out/events.json").write_text(content)
    assert [item["change"] for item in run()] == ["new"]
    assert "warning: every event counts as new: " in run.said


def test_a_run_that_is_killed_before_its_tables_are_there_loses_no_news(run: Desk, place: Path) -> None:
    run(monday=CLOSED)
    (place / "news/tuesday.txt").write_text(OTHER)
    dies = "from aifund.output import replace; import os; replace._swap = lambda *_: os.kill(os.getpid(), 9)"
    program = f"{dies}; from aifund.cli import main; main()"
    command = [sys.executable, "-c", program, "extract", "news", "-o", "out", "--changes", "c.jsonl"]
    assert subprocess.run(command, cwd=place, capture_output=True).returncode == -signal.SIGKILL
    assert (place / "c.jsonl").read_text().count("Marrowby AI, seed") == 1
    assert [item["target"] for item in run()] == ["Marrowby AI"]


@pytest.mark.parametrize("room", [10, 2000])  # neither for all of the changes, nor for the tables
def test_6_a_disk_that_is_full_leaves_the_earlier_changes_as_they_were(room: int, run: Desk, place: Path) -> None:
    run(monday=CLOSED)
    before = (place / "c.jsonl").read_bytes()
    (place / "news/tuesday.txt").write_text(OTHER)
    command = [sys.executable, "-m", "aifund", "extract", "news", "-o", "out", "--changes", "c.jsonl"]
    limit = (room, resource.RLIM_INFINITY)
    done = subprocess.run(command, cwd=place, capture_output=True, preexec_fn=lambda: resource.setrlimit(FSIZE, limit))
    assert done.returncode == 6, done.stderr
    assert (place / "c.jsonl").read_bytes() == before
    assert {path.name for path in place.iterdir()} == {"c.jsonl", "news", "out"}


def test_the_file_keeps_its_rights(run: Desk, place: Path) -> None:
    run(monday=CLOSED)
    (place / "c.jsonl").chmod(0o640)
    run(tuesday=OTHER)
    assert stat.S_IMODE((place / "c.jsonl").stat().st_mode) == 0o640


def test_changes_to_a_pipe(run: Desk, place: Path, aifund: Aifund) -> None:
    run(monday=CLOSED)
    (place / "news/tuesday.txt").write_text(OTHER)
    done = aifund("extract", "news", "-o", "out", "--changes", "/dev/stdout", "--quiet", cwd=place)
    assert [json.loads(line)["target"] for line in done.stdout.splitlines()] == ["Marrowby AI"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--changes", "news/c.jsonl"), "--changes news/c.jsonl lies in "),
        (("--changes", "out/events.json"), "--changes out/events.json lies in "),
        (("--changes", "c.jsonl", "--format", "csv"), "--changes compares events.json — leave json in --format"),
    ],
)
def test_2_places_that_will_not_do(arguments: tuple[str, ...], why: str, place: Path, aifund: Aifund) -> None:
    done = aifund("extract", "news", "-o", "out", *arguments, cwd=place)
    assert (done.returncode, why in done.stderr) == (2, True), done.stderr


def test_6_a_file_that_cannot_be_written_leaves_the_old_tables(run: Desk, place: Path, aifund: Aifund) -> None:
    run(monday=CLOSED)
    before = (place / "out/events.json").read_bytes()
    (place / "news/tuesday.txt").write_text(OTHER)
    done = aifund("extract", "news", "-o", "out", "--changes", "no/such/c.jsonl", cwd=place)
    assert done.returncode == 6
    assert (place / "out/events.json").read_bytes() == before


@pytest.mark.skipif(not shutil.which("jq"), reason="needs jq")
def test_the_readmes_way_to_mail_and_to_a_webhook(root: Path, place: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"^```sh\n([^`]*--changes changes\.jsonl[^`]*)^```$", readme, re.MULTILINE)
    (place / "feeds").mkdir()
    (place / "feeds/monday.txt").write_text(CLOSED)
    (place / "changes.jsonl").write_text('{"message": "of a night that was cut short"}\n')
    tools = place / "bin"
    tools.mkdir()
    for name in ("mail", "curl"):
        (tools / name).write_text(f'#!/bin/sh\necho "$@" > {place}/{name}.arguments\ncat >> {place}/{name}\n')
        (tools / name).chmod(0o755)
    path = f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run(["sh", "-e", "-c", script], cwd=place, env={**os.environ, "PATH": path}, check=True)
    earlier, new = (place / "mail").read_text().splitlines()
    assert earlier == "of a night that was cut short"
    assert new.startswith("new: quillet-robotics-series-a-undated: Quillet Robotics, ")
    posted = json.loads("[{}]".format((place / "curl").read_text().replace("}\n{", "},{")))
    assert [one["text"] for one in posted] == [earlier, new]
    assert not (place / "changes.jsonl").exists()
    assert "1 changes" in (place / "mail.arguments").read_text()
