"""`aifund aliases`: proposals that can be pasted, and a check of what was pasted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Aifund

NEWS = [
    {
        "id": "a",
        "published": "2024-03-05",
        "text": "Quilletstone raised $40 million led by Ferrostat Capital.",
    },
    {
        "id": "b",
        "published": "2024-03-06",
        "text": "Quilletstones raised $45 million led by Ferrostat Capital.",
    },
]


def targets(folder: Path) -> list[str]:
    events = json.loads((folder / "events.json").read_text(encoding="utf-8"))["events"]
    return [event["target"]["id"] for event in events]


def test_what_is_proposed_can_be_pasted_and_then_holds(aifund: Aifund, tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, NEWS)), encoding="utf-8")
    assert aifund("extract", tmp_path / "news.jsonl", "--output", tmp_path / "before").returncode == 0
    assert targets(tmp_path / "before") == ["quilletstone", "quilletstones"]

    proposals = aifund("aliases", "suggest", "--output", tmp_path / "before")
    assert proposals.returncode == 0, proposals.stderr
    assert "# 100: Quilletstones (b) may be Quilletstone: likeness 96, both have deals with" in proposals.stdout
    (tmp_path / "mine/entities").mkdir(parents=True)
    (tmp_path / "mine/entities/names.yaml").write_text(proposals.stdout, encoding="utf-8")

    assert aifund("aliases", "check", "--rules", tmp_path / "mine").returncode == 0
    again = ("extract", tmp_path / "news.jsonl", "--output", tmp_path / "after", "--rules", tmp_path / "mine")
    assert aifund(*again).returncode == 0
    assert targets(tmp_path / "after") == ["quilletstone"]
    assert (
        "organisations: []"
        in aifund("aliases", "suggest", "--output", tmp_path / "after", "--rules", tmp_path / "mine").stdout
    )


def test_faults_are_named_with_their_place(aifund: Aifund, tmp_path: Path) -> None:
    (tmp_path / "entities").mkdir()
    quux, flub = "{id: quux, name: Quux, parent: flub}", "{id: flub, name: Flub, aliases: [Quux], parent: quux}"
    text = f"organisations:\n- {quux}\n- {flub}\n"
    (tmp_path / "entities/names.yaml").write_text(text, encoding="utf-8")
    done = aifund("aliases", "check", "--rules", tmp_path)
    assert done.returncode == 5
    said = done.stdout.splitlines()
    assert [line.partition(" ")[0] for line in said] == [
        "entities/names.yaml:2:",
        "entities/names.yaml:3:",
        "entities/names.yaml:3:",
    ]
    assert all(word in done.stdout for word in ("a cycle of parents", "'Quux' is also 'Quux' of quux"))


def test_the_shipped_organisations_hold(aifund: Aifund) -> None:
    done = aifund("aliases", "check")
    assert done.returncode == 0, done.stdout


def test_suggest_needs_tables(aifund: Aifund, tmp_path: Path) -> None:
    done = aifund("aliases", "suggest", "--output", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")


NAMESAKES = [
    ("a", "Quillet, a maker of humanoid robots, raised $600 million in a Series B round led by Ferrostat Capital."),
    ("b", "Quillet, a lender to home owners, raised $60 million in a Series B round led by Oakmoss Capital."),
]


def test_two_organisations_of_one_name_are_told_apart_until_the_catalogue_says_otherwise(
    aifund: Aifund, tmp_path: Path
) -> None:
    rows = [{"id": id_, "published": "2024-03-05", "text": text} for id_, text in NAMESAKES]
    news, output = tmp_path / "news.jsonl", tmp_path / "output"
    news.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert aifund("extract", news, "--output", output).returncode == 0
    assert targets(output) == ["quillet-2", "quillet"]

    proposals = aifund("aliases", "suggest", "--output", output).stdout
    assert "0 likely merges and 1 likely split" in proposals
    assert "Quillet may be two organisations: taken for another one than quillet" in proposals
    assert "b and a tell a series_b of very different sums without a common investor" in proposals

    (tmp_path / "mine/entities").mkdir(parents=True)
    (tmp_path / "mine/entities/names.yaml").write_text("organisations: [{id: quillet, name: 'Quillet'}]\n")
    assert aifund("extract", news, "--output", output, "--rules", tmp_path / "mine").returncode == 0
    assert targets(output) == ["quillet", "quillet"]
