"""`aifund eval`: the table on stdout, floors, and clear words for a gold file that cannot be used."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aifund.output.publish import publish
from gold_samples import ERRORS, GOLD, TABLE, TOLD, write_gold

if TYPE_CHECKING:
    from conftest import Aifund


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample's gold and its output set."""
    publish(TOLD, tmp_path / "output")
    write_gold(tmp_path / "gold.jsonl", GOLD)
    return tmp_path


def test_the_table_stands_on_stdout(aifund: Aifund, folder: Path) -> None:
    done = aifund("eval", "gold.jsonl", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, TABLE, "")
    done = aifund("eval", folder / "gold.jsonl", "--output", folder / "output", "--errors")
    assert (done.returncode, done.stdout, done.stderr) == (0, ERRORS + TABLE, "")


def test_the_seeds_against_their_gold(aifund: Aifund, seed_tables: Path, root: Path) -> None:
    done = aifund("eval", root / "tests/corpus/seeds.gold.jsonl", "--output", seed_tables)
    assert done.returncode == 0, done.stderr
    assert re.search(
        r"^micro F1 \d\.\d{3}   macro F1 \d\.\d{3}   record exact \d\.\d{3} \(\d+/30\)$", done.stdout, re.MULTILINE
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.jsonl"], "cannot read nowhere.jsonl: No such file or directory — give a gold file"),
        (["gold.jsonl", "--output", "nowhere"], "nowhere does not exist; give a folder"),
        (["broken.jsonl"], r"mend these lines.*\nbroken\.jsonl:2: events\[0\]\.investors is missing"),
        (["gold.jsonl", "--update"], "--update needs --floors FILE"),
        (["gold.jsonl", "--floors", "nowhere.json"], "cannot read nowhere.json.* — take floors with --update"),
    ],
)
def test_2_usage(aifund: Aifund, folder: Path, arguments: list[str], message: str) -> None:
    write_gold(folder / "broken.jsonl", [GOLD[0], {"id": "x", "events": [{"target": ["X"]}]}])
    done = aifund("eval", *arguments, cwd=folder)
    assert done.returncode == 2
    assert re.search(f"^error: .*{message}", done.stderr, re.MULTILINE), done.stderr
    assert "Traceback" not in done.stderr


def test_floors_are_taken_kept_and_never_lowered(aifund: Aifund, folder: Path) -> None:
    command = ("eval", "gold.jsonl", "--floors", "floors.json")
    assert aifund(*command, "--update", cwd=folder).returncode == 0
    taken = (folder / "floors.json").read_text()
    assert aifund(*command, cwd=folder).returncode == 0
    higher = json.loads(taken)
    higher["gold.jsonl"]["f1"]["lead"] = 0.9
    (folder / "floors.json").write_text(json.dumps(higher))
    for options in ((), ("--update",)):
        done = aifund(*command, *options, cwd=folder)
        assert done.returncode == 4
        assert done.stdout == TABLE
        assert re.search(
            r"^error: gold.jsonl is below its floor.*\n  lead 0.500, floor 0.900$", done.stderr, re.MULTILINE
        )
    assert json.loads((folder / "floors.json").read_text()) == higher


def test_6_floors_that_cannot_be_written(aifund: Aifund, folder: Path) -> None:
    done = aifund("eval", "gold.jsonl", "--floors", "nowhere/floors.json", "--update", cwd=folder)
    assert done.returncode == 6
    assert "cannot write nowhere/floors.json" in done.stderr
