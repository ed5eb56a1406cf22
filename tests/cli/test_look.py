"""The commands that look at tables: `diff`, `why`, `schema`, `rules check`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import jsonschema

if TYPE_CHECKING:
    from conftest import Aifund


def test_diff_of_equal_sets(aifund: Aifund, seed_tables: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_tables, tmp_path / "copy")
    done = aifund("diff", seed_tables, tmp_path / "copy", "--junit", tmp_path / "report.xml")
    assert done.returncode == 0, done.stdout
    assert ElementTree.parse(tmp_path / "report.xml").findall(".//failure") == []


def test_diff_names_what_is_lost_and_gained(aifund: Aifund, seeds: Path, seed_tables: Path, tmp_path: Path) -> None:
    assert aifund("extract", sorted(seeds.iterdir())[0], "--output", tmp_path / "one").returncode == 0
    lost = aifund("diff", seed_tables, tmp_path / "one", "--junit", tmp_path / "report.xml")
    gained = aifund("diff", tmp_path / "one", seed_tables)
    assert lost.returncode == gained.returncode == 4
    assert "lost" in lost.stdout
    assert "gained" in gained.stdout
    assert ElementTree.parse(tmp_path / "report.xml").findall(".//failure") != []


def test_why_prints_the_quotes_behind_each_event(aifund: Aifund, seed_tables: Path) -> None:
    for event in json.loads((seed_tables / "events.json").read_text(encoding="utf-8"))["events"][:3]:
        done = aifund("why", event["event_id"], "--output", seed_tables)
        assert done.returncode == 0, done.stderr
        said = " ".join(done.stdout.split())
        quotes = {" ".join(one["quote"].split()) for report in event["reports"] for one in report["evidence"]}
        assert [quote for quote in quotes if quote not in said] == []


def test_why_of_one_field_is_shorter(aifund: Aifund, seed_tables: Path) -> None:
    events = json.loads((seed_tables / "events.json").read_text(encoding="utf-8"))["events"]
    event = next(event["event_id"] for event in events if event["amount"])
    whole = aifund("why", event, "--output", seed_tables)
    part = aifund("why", event, "amount", "--output", seed_tables)
    assert part.returncode == 0, part.stderr
    assert 0 < len(part.stdout) < len(whole.stdout)


def test_the_schema_holds_for_the_seeds(aifund: Aifund, seed_tables: Path) -> None:
    schema = json.loads(aifund("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads((seed_tables / "events.json").read_text(encoding="utf-8")), schema)


def test_all_rules_hold(aifund: Aifund) -> None:
    done = aifund("rules", "check")
    assert done.returncode == 0, done.stdout
