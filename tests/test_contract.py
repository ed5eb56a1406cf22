"""The promises of the output, on the seeds and on a sample of odd articles: grounded, complete, the same bytes again.

`samples/odd.jsonl` holds invented news with what breaks offsets and tables: titles apart from the text, characters
beyond the first plane, combining accents, curly quotes, no-break spaces, lines that end in CR LF, cells like formulas.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from aifund.model import Article
from aifund.sources import read

if TYPE_CHECKING:
    from conftest import Aifund

Json = dict[str, Any]

SAMPLE = Path(__file__).parent / "samples/odd.jsonl"
TABLES = ("events", "investments", "reports", "evidence", "entities", "articles")


@pytest.fixture(scope="module", params=["seeds", "odd"])
def run(
    request: pytest.FixtureRequest,
    aifund: Aifund,
    seeds: Path,
    seed_tables: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Path]:
    """What was read, and the folder of its tables."""
    if request.param == "seeds":
        return seeds, seed_tables
    folder = tmp_path_factory.mktemp("odd") / "output"
    done = aifund("extract", SAMPLE, "--output", folder)
    assert done.returncode == 3, done.stderr  # one of its lines is no JSON
    return SAMPLE, folder


@pytest.fixture
def document(run: tuple[Path, Path]) -> Json:
    return json.loads((run[1] / "events.json").read_text(encoding="utf-8"))


def reports(document: Json) -> Iterator[Json]:
    for event in document["events"]:
        yield from event["reports"]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_tells_of_every_field(aifund: Aifund, tmp_path: Path) -> None:
    """Else the tests below would prove little."""
    aifund("extract", SAMPLE, "--output", tmp_path / "out")
    found = json.loads((tmp_path / "out/events.json").read_text(encoding="utf-8"))
    evidence = [
        (one["field"].partition(".")[0], one["part"]) for report in reports(found) for one in report["evidence"]
    ]
    kinds = {"target", "investor", "lead", "round", "status", "amount", "valuation", "compute", "date"}
    assert {field for field, _ in evidence} == kinds
    assert {part for _, part in evidence} == {"text", "title", "published"}
    assert {report["status"] for report in reports(found)} == {"closed", "in_talks", "rumored", "denied"}


def test_every_quote_stands_where_it_is_said_to_stand(run: tuple[Path, Path], document: Json) -> None:
    articles = {item.id: item for item in read([run[0]]) if isinstance(item, Article)}
    checked = 0
    for report in reports(document):
        article = articles[report["article"]]
        for one in report["evidence"]:
            if one["part"] == "published":
                assert (one["start"], one["end"]) == (None, None)
                continue
            assert article.part(one["part"])[one["start"] : one["end"]] == one["quote"] != "", (report["article"], one)
            checked += 1
    assert checked > 20


def test_every_value_of_every_report_has_its_quote(document: Json) -> None:
    missing = []
    for event in document["events"]:
        for report in event["reports"]:
            told = {one["field"] for one in report["evidence"]}
            missing += [
                f"{event['event_id']} in {report['article']}: {field}" for field in values(report) if field not in told
            ]
    assert missing == []


def values(report: Json) -> Iterator[str]:
    """The fields of a report that hold a value taken from its article, as evidence names them."""
    yield "target"
    for field in ("round", "amount", "valuation", "compute", "date"):
        if report[field] is not None:
            yield field
    if report["status"] != "closed":
        yield "status"
    for investor in report["investors"]:
        yield f"investor.{investor['id']}"
        if investor["role"] == "lead":
            yield f"lead.{investor['id']}"
        for field in ("amount", "compute"):
            if investor[field] is not None:
                yield f"{field}.{investor['id']}"


def test_every_value_of_an_event_is_one_of_its_reports(document: Json) -> None:
    for event in document["events"]:
        for field in ("round", "status", "valuation"):
            told = [report[field] for report in event["reports"]]
            assert event[field] is None or without_usd(event[field]) in map(without_usd, told), (
                event["event_id"],
                field,
            )
        told = [investor["id"] for report in event["reports"] for investor in report["investors"]]
        assert {investor["id"] for investor in event["investors"]} == set(told), event["event_id"]
        assert event["articles"] == sorted({report["article"] for report in event["reports"]})


def without_usd(value: Any) -> Any:
    return {key: part for key, part in value.items() if key != "usd"} if isinstance(value, dict) else value


def test_the_document_fits_the_published_schema(aifund: Aifund, document: Json) -> None:
    jsonschema.Draft202012Validator(json.loads(aifund("schema").stdout)).validate(document)


def test_nothing_vanishes(run: tuple[Path, Path], document: Json) -> None:
    """Every input has one row with an outcome, and all counts tell the same."""
    source, folder = run
    rows = table(folder, "articles")
    assert sorted(row["article"] for row in document["articles"]) == sorted(item.id for item in read([source]))
    events = Counter(article for event in document["events"] for article in event["articles"])
    assert {row["article"]: row["events"] for row in document["articles"] if row["events"]} == events
    for row in rows:
        assert (row["outcome"] == "events") == (row["events"] != "0"), row
        assert (row["outcome"] in ("unreadable", "skipped")) == bool(row["reason"]), row
    counts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["counts"]
    outcomes = Counter(row["outcome"] for row in rows)
    assert {name: count for name, count in counts["outcomes"].items() if count} == outcomes
    assert sum(counts["outcomes"].values()) == counts["articles"] == len(rows)
    assert {name: counts[name] for name in TABLES} == {name: len(table(folder, name)) for name in TABLES}


def test_the_tables_say_what_the_document_says(run: tuple[Path, Path], document: Json) -> None:
    ids = [event["event_id"] for event in document["events"]]
    assert [row["event_id"] for row in table(run[1], "events")] == ids
    investments = [(event["event_id"], one["id"]) for event in document["events"] for one in event["investors"]]
    assert sorted((row["event_id"], row["investor_id"]) for row in table(run[1], "investments")) == sorted(investments)
    assert len(table(run[1], "evidence")) == sum(len(report["evidence"]) for report in reports(document))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def readable_lines() -> list[str]:
    """Without those whose row in articles.csv names the line."""
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line.startswith("{") and '"empty"' not in line]


@pytest.mark.parametrize("seed", [0, 1, 20240307])
def test_the_same_bytes_over_hash_seeds_and_orders_of_lines(aifund: Aifund, tmp_path: Path, seed: int) -> None:
    lines = readable_lines()
    for name, order in (("given", lines), ("mixed", random.Random(seed).sample(lines, len(lines)))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "odd.jsonl").write_text("\n".join(order), encoding="utf-8")
        done = aifund(
            "extract", tmp_path / name, "-o", tmp_path / f"{name}-out",
            env={"PYTHONHASHSEED": str(seed if name == "mixed" else 7)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "mixed-out") == contents(tmp_path / "given-out")


def test_the_same_bytes_over_portions(aifund: Aifund, tmp_path: Path) -> None:
    """One file or several, in whatever order they are named."""
    lines = readable_lines()
    parts = [tmp_path / f"{number}.jsonl" for number in range(3)]
    for number, part in enumerate(parts):
        part.write_text("\n".join(lines[number::3]), encoding="utf-8")
    for name, order in (("ab", parts), ("ba", parts[::-1])):
        assert aifund("extract", *order, "-o", tmp_path / name).returncode == 0
    (tmp_path / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert aifund("extract", tmp_path / "all.jsonl", "-o", tmp_path / "all").returncode == 0
    assert contents(tmp_path / "ab") == contents(tmp_path / "ba") == contents(tmp_path / "all")
