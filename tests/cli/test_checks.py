"""Checks before publishing: a breach publishes nothing and says which row, why and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Aifund

FINE = "Quillet Robotics raised $45 million in a Series A round led by Kestrel Capital."
WILD = "Marrowby AI raised $10 trillion in a seed round led by Fernhill Ventures."
ID = "marrowby-ai-seed-undated"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/fine.txt").write_text(FINE)
    return tmp_path


@pytest.fixture
def stopped(place: Path, aifund: Aifund) -> Path:
    """A folder whose tables are there, and whose news have got an article that breaks a check since."""
    assert aifund("extract", "news", "-o", "out", "-q", cwd=place).returncode == 0
    (place / "news/wild.txt").write_text(WILD)
    return place


def test_4_a_breach_publishes_nothing_and_says_what_to_do(stopped: Path, aifund: Aifund) -> None:
    before = (stopped / "out/manifest.json").read_bytes()
    done = aifund("extract", "news", "-o", "out", "--changes", "c.jsonl", cwd=stopped)
    assert done.returncode == 4
    assert done.stderr == (
        "error: nothing published, the tables break a check\n"
        f"  most_amount_usd is 9,000,000,000,000: {ID} has the amount 10,000,000,000,000 USD, "
        'says wild ("$10 trillion")\n'
        "Where a row is right, put its id under `accept` in a checks.yaml, or set the bound there (--checks FILE);\n"
        "where an article is wrong, take it out (of a ledger with 'aifund ledger forget')\n"
    )
    assert (stopped / "out/manifest.json").read_bytes() == before
    assert not (stopped / "c.jsonl").exists()


def test_what_the_message_says_helps(stopped: Path, aifund: Aifund) -> None:
    (stopped / "checks.yaml").write_text(f"accept: [{ID}]\n")
    assert aifund("extract", "news", "-o", "out", "--checks", "checks.yaml", cwd=stopped).returncode == 0
    command = ("extract", "news", "-o", "out", "--ledger", "l.db", "-q")
    assert aifund(*command, cwd=stopped).returncode == 4
    assert aifund("ledger", "forget", "wild", "--ledger", "l.db", cwd=stopped).returncode == 0
    assert aifund(*command, cwd=stopped).returncode == 0


def test_settings_and_a_folder_of_rules_can_bring_checks(place: Path, aifund: Aifund) -> None:
    (place / "own").mkdir()
    (place / "own/checks.yaml").write_text("least_events: 2\n")
    done = aifund("extract", "news", "-o", "out", "--rules", "own", cwd=place)
    assert (done.returncode, "least_events is 2: events.csv has 1 rows" in done.stderr) == (4, True)
    (place / "aifund.toml").write_text('checks = "own/checks.yaml"\n')
    assert aifund("extract", "news", "-o", "out", cwd=place).returncode == 4


def test_other_checks_are_no_other_rules(place: Path, aifund: Aifund) -> None:
    (place / "own").mkdir()
    (place / "own/checks.yaml").write_text("least_events: 1\n")
    command = ("extract", "news", "-o", "out", "--ledger", "l.db")
    aifund(*command, cwd=place)
    before = (place / "out/manifest.json").read_bytes()
    assert "searched anew" not in aifund(*command, "--rules", "own", cwd=place).stderr
    assert (place / "out/manifest.json").read_bytes() == before


def test_5_faulty_checks(place: Path, aifund: Aifund) -> None:
    (place / "checks.yaml").write_text("least_event: 2\n")
    done = aifund("extract", "news", "-o", "out", "--checks", "checks.yaml", cwd=place)
    assert (done.returncode, "checks.yaml:1: unknown key 'least_event'" in done.stderr) == (5, True)
    done = aifund("rules", "check", "--rules", ".", cwd=place)
    assert (done.returncode, done.stdout) == (5, "checks.yaml:1: unknown key 'least_event'\n")
    done = aifund("extract", "news", "-o", "out", "--checks", "nowhere.yaml", cwd=place)
    assert (done.returncode, "nowhere.yaml: cannot be read: No such file" in done.stderr) == (5, True)


def test_machines_hear_it_too(stopped: Path, aifund: Aifund) -> None:
    done = aifund("extract", "news", "-o", "out", "--log-format", "json", cwd=stopped)
    said = json.loads(done.stderr)
    assert (said["level"], said["exit_code"]) == ("error", 4)
