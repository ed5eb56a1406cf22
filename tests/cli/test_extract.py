"""`aifund extract`: the golden tables of the seeds, and the promises that hold for any run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Aifund

TABLES = {"articles.csv", "entities.csv", "events.csv", "evidence.csv", "investments.csv", "reports.csv"}
FILES = {*TABLES, "datapackage.json", "events.json", "manifest.json"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_seeds_give_the_committed_tables(aifund: Aifund, seed_tables: Path, root: Path) -> None:
    done = aifund("diff", root / "output", seed_tables)
    assert done.returncode == 0, f"`aifund extract seeds/` gives other tables than output/:\n{done.stdout}{done.stderr}"
    golden, now = contents(root / "output"), contents(seed_tables)
    assert golden.keys() == now.keys() == FILES
    assert [name for name in golden if name != "manifest.json" and golden[name] != now[name]] == []


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_bytes_over_hash_seeds_and_input_order(
    aifund: Aifund, seeds: Path, seed_tables: Path, tmp_path: Path, seed: str
) -> None:
    files = sorted(seeds.iterdir(), reverse=seed == "1")
    done = aifund("extract", *files, "--output", tmp_path / "out", env={"PYTHONHASHSEED": seed})
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "out") == contents(seed_tables)


def test_json_lines_give_the_same_events_as_text_files(
    aifund: Aifund, seeds: Path, seed_tables: Path, tmp_path: Path
) -> None:
    rows = [{"id": path.stem, "text": path.read_text(encoding="utf-8")} for path in sorted(seeds.iterdir())]
    (tmp_path / "seeds.jsonl").write_text("".join(json.dumps(row) + "\n" for row in reversed(rows)))
    assert aifund("extract", tmp_path / "seeds.jsonl", "--output", tmp_path / "out").returncode == 0
    assert aifund("diff", seed_tables, tmp_path / "out").returncode == 0


def test_a_second_run_replaces_the_first(aifund: Aifund, seeds: Path, seed_tables: Path, tmp_path: Path) -> None:
    assert aifund("extract", sorted(seeds.iterdir())[0], "--output", tmp_path / "out").returncode == 0
    assert contents(tmp_path / "out") != contents(seed_tables)
    assert aifund("extract", seeds, "--output", tmp_path / "out").returncode == 0
    assert contents(tmp_path / "out") == contents(seed_tables)


@pytest.mark.parametrize(
    ("formats", "present", "absent"),
    [("csv", TABLES, {"events.json"}), ("json", {"events.json"}, TABLES), ("json,csv", FILES, set())],
)
def test_format(aifund: Aifund, seeds: Path, tmp_path: Path, formats: str, present: set[str], absent: set[str]) -> None:
    assert aifund("extract", seeds, "--output", tmp_path / "out", "--format", formats).returncode == 0
    names = set(contents(tmp_path / "out"))
    assert names >= present | {"manifest.json"}
    assert not names & absent


def test_only_ai_keeps_events_of_ai_companies(aifund: Aifund, tmp_path: Path) -> None:
    ai = "PARIS, March 5, 2024 - Lumivox AI, an artificial intelligence startup, raised $5 million in a seed round."
    other = "PARIS, March 5, 2024 - Brotkorb, a bakery chain, raised $5 million in a seed round."
    rows = [{"id": "ai", "text": ai}, {"id": "other", "text": other}]
    path = tmp_path / "x.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for options, targets in (((), {"Lumivox AI", "Brotkorb"}), (("--only-ai",), {"Lumivox AI"})):
        assert aifund("extract", path, "--output", tmp_path / "out", *options).returncode == 0
        events = json.loads((tmp_path / "out/events.json").read_text())["events"]
        assert {event["target"]["name"] for event in events} == targets
