"""The measurement: names, values, gold files, scores counted by hand, floors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aifund.errors import CheckFailed, UsageError
from aifund.evaluation import floors
from aifund.evaluation.gold import GoldMoney, GoldPeriod, GoldShare, read
from aifund.evaluation.names import same_name
from aifund.evaluation.report import render
from aifund.evaluation.score import measure, stem
from aifund.evaluation.slots import MATCHES, VALUES, same_bounds
from aifund.evaluation.tally import Tally
from aifund.output.build import document
from aifund.output.document import ComputeNode, DateNode, MoneyNode
from aifund.output.writers import model_bytes
from gold_samples import ERRORS, GOLD, LUNAR_MOONRISE, TABLE, TOLD, ZORBLAT, write_gold

SCORER = Path(__file__).resolve().parents[3] / "shared/tools/score.py"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Moonshot AI", "moonshot", True),
        ("The Lunar Labs Co., Ltd.", "LUNAR LABS", True),
        ("Lightspeed Venture Partners", "Lightspeed", True),
        ("Lightspeed Ventures", "Lightspeed Capital", False),
        ("Nvidia's", "NVIDIA", True),
        ("Nvidia’s", "NVIDIA", True),
        ("Harrow & Finch", "Harrow and Finch", True),
        ("EQ Ventures", "EQ", False),
        ("Capital", "Capital Group", True),
        ("Ａlibaba", "Alibaba", True),
        ("Birch", "Beech", False),
    ],
)
def test_same_name(one: str, other: str, same: bool) -> None:
    assert same_name([one], ["Something else", other]) is same
    assert same_name([other], [one]) is same


def money(low: float | None, high: float | None, currency: str = "USD") -> MoneyNode:
    return MoneyNode(min=low, max=high, currency=currency, qualifier="exact", usd=None)


@pytest.mark.parametrize(
    ("said", "gold", "same", "bounds"),
    [
        (money(100, 100), GoldMoney(min=100, max=100, currency="USD"), True, True),
        (money(100.4, 100.4), GoldMoney(min=100, max=100, currency="USD"), True, True),
        (money(101, 101), GoldMoney(min=100, max=100, currency="USD"), False, False),
        (money(100, None), GoldMoney(min=100, max=100, currency="USD"), True, False),
        (money(None, 200), GoldMoney(min=100, max=200, currency="USD"), True, False),
        (money(100, 100, "EUR"), GoldMoney(min=100, max=100, currency="USD"), False, True),
    ],
)
def test_sums(said: MoneyNode, gold: GoldMoney, same: bool, bounds: bool) -> None:
    assert MATCHES["amount"](said, gold) is same
    assert same_bounds(said, gold) is bounds


@pytest.mark.parametrize(
    ("low", "high", "same"), [(0.8, 0.8, True), (0.85, 0.76, True), (None, None, False), (0.5, None, True)]
)
def test_compute_shares(low: float | None, high: float | None, same: bool) -> None:
    said = ComputeNode(present=True, share_min=low, share_max=high, amount=None, of="round", text="")
    assert MATCHES["compute"](said, [GoldShare(min=0.8, max=0.8), GoldShare(min=0.5, max=1)]) is same


@pytest.mark.parametrize(
    ("first", "last", "same"),
    [("2024-03-01", "2024-03-31", True), ("2024-02-01", "2024-03-31", False), ("2024-03-16", "2024-03-16", False)],
)
def test_dates(first: str, last: str, same: bool) -> None:
    said = DateNode(edtf="2024", min=date.fromisoformat(first), max=date.fromisoformat(last))
    gold = GoldPeriod(min=date(2024, 3, 14), max=date(2024, 3, 15))
    assert MATCHES["date"](said, gold) is same


@pytest.mark.parametrize(
    ("article", "name"),
    [("a", "a"), ("news/2024/a.txt", "a"), ("a.html", "a"), ("a.jsonl", "a"), ("a.v2", "a.v2"), ("a.md.txt", "a.md")],
)
def test_the_gold_names_an_article_without_folder_and_ending(article: str, name: str) -> None:
    assert stem(article) == name


def measured(path: Path) -> Tally:
    return measure(document(TOLD), read(path))


def test_the_table_is_what_was_counted_by_hand(tmp_path: Path) -> None:
    tally = measured(write_gold(tmp_path / "gold.jsonl", GOLD))
    assert render(tally) == TABLE
    assert render(tally, errors=True) == ERRORS + TABLE


@pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not here")
def test_the_reference_scorer_prints_the_same_table(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold.jsonl", GOLD)
    (tmp_path / "events.json").write_bytes(model_bytes(document(TOLD)))
    command = [sys.executable, SCORER, tmp_path / "events.json", gold]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == TABLE


def test_no_gold_event_gives_zeros(tmp_path: Path) -> None:
    assert measured(write_gold(tmp_path / "gold.jsonl", GOLD[2:])).micro_f1 == 0


def test_gold_of_articles_that_are_not_in_the_output_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    measured(write_gold(tmp_path / "gold.jsonl", [{"id": f"far{n}", "events": [ZORBLAT]} for n in range(4)]))
    assert "4 articles of the gold are not in the output" in caplog.text
    assert "far0, far1, far2, …" in caplog.text


def event(**changed: Any) -> dict[str, Any]:
    return {"id": "a", "events": [LUNAR_MOONRISE | changed]}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "no JSON: .*"),
        ("[]", "a row must be an object"),
        ('{"id": "a"}', "events is missing"),
        (event(target=[]), r"events\[0\].target: List should have at least 1 item.*, not \[\]"),
        (event(ammount=None), r"events\[0\].ammount is no known key"),
        (event(amount=5), r"events\[0\].amount must be an object"),
        (event(amount={"min": 5}), r"events\[0\].amount.currency is missing"),
        (event(amount={"currency": "USD"}), r"events\[0\].amount: a sum needs min or max; .*write null"),
        (event(amount={"min": "5", "currency": "USD"}), r'events\[0\].amount.min: Input .* number, not "5"'),
        (event(round="series-b"), r'events\[0\].round: String should match pattern .*, not "series-b"'),
        (event(status=["done"]), r"""events\[0\].status\[0\]: Input should be 'closed', .*, not "done\""""),
        (event(compute=[{"min": 0, "max": 2}]), r"events\[0\].compute\[0\].max: .*less than or equal to 1, not 2"),
        (event(date={"min": "2024-03-02", "max": "2024-03-01"}), r"events\[0\].date: min is after max; swap them"),
        (event(investors=[{"name": "Kestrel"}]), r"events\[0\].investors\[0\].name: .*valid list, not"),
    ],
)
def test_a_broken_row_is_named_by_its_line(tmp_path: Path, row: Any, message: str) -> None:
    path = write_gold(tmp_path / "gold.jsonl", [GOLD[1], "", row, GOLD[2]])
    with pytest.raises(UsageError, match="mend these lines") as caught:
        read(path)
    assert re.fullmatch(f"{re.escape(str(path))}:3: {message}.*", str(caught.value).splitlines()[1])


def test_an_article_on_two_lines_and_many_faults(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r":2: the article 'weather' stands on line 1 already; join the two lines"):
        read(write_gold(tmp_path / "gold.jsonl", [GOLD[2], GOLD[2]]))
    with pytest.raises(UsageError, match="… and 5 more"):
        read(write_gold(tmp_path / "gold.jsonl", ["{"] * 15))


def test_a_gold_file_that_is_empty_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no rows"):
        read(write_gold(tmp_path / "gold.jsonl", [""]))
    with pytest.raises(UsageError, match=r"cannot read .*nowhere"):
        read(tmp_path / "nowhere")


def test_keys_left_out_are_nothing_stated(tmp_path: Path) -> None:
    bare = {"id": "a", "note": "a row may have one", "events": [{"target": ["A"], "investors": []}]}
    [row] = read(write_gold(tmp_path / "gold.jsonl", [bare]))
    assert all(getattr(row.events[0], slot) is None for slot in VALUES)


class Ground:
    """A file of floors beside the sample's gold."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "floors.json"
        self.gold = write_gold(folder / "gold.jsonl", GOLD)
        rows = read(self.gold)
        self.found = floors.taken(measure(document(TOLD), rows), self.gold, rows, document(TOLD))

    def put(self, **changed: Any) -> None:
        """Writes the floor that the sample gives, with some values changed."""
        self.file.write_text(floors.dump({"gold.jsonl": self.found.model_copy(update=changed)}))


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path)


def test_figures_are_rounded_down(ground: Ground) -> None:
    assert (ground.found.micro_f1, ground.found.record_exact) == (0.594, 0.333)
    assert ground.found.f1["event"] == 0.666
    assert ground.found.f1["compute"] == 1


def test_a_floor_holds_and_is_raised(ground: Ground) -> None:
    text = floors.raised(ground.file, ground.gold, ground.found)
    assert list(json.loads(text)) == ["gold.jsonl"]
    ground.put(micro_f1=0.1, f1={"event": 0.666})
    floors.hold(ground.file, ground.gold, ground.found)
    assert floors.raised(ground.file, ground.gold, ground.found) == text


def test_no_floor_is_lowered(ground: Ground) -> None:
    ground.put(record_exact=0.334, f1={"event": 0.6, "lead": 0.9})
    for check in (floors.hold, floors.raised):
        with pytest.raises(CheckFailed, match=r"below its floor .*\n  record exact 0.333, floor 0.334\n  lead 0.500"):
            check(ground.file, ground.gold, ground.found)


@pytest.mark.parametrize(
    ("part", "message"), [("gold", "gold.jsonl has changed since"), ("articles", "articles of gold.jsonl have changed")]
)
def test_another_corpus_is_not_compared(ground: Ground, part: str, message: str) -> None:
    ground.put(**{part: "0" * 64})
    for check in (floors.hold, floors.raised):
        with pytest.raises(UsageError, match=message):
            check(ground.file, ground.gold, ground.found)


def test_a_file_of_floors_that_is_none(ground: Ground) -> None:
    with pytest.raises(UsageError, match="take floors with --update"):
        floors.hold(ground.file, ground.gold, ground.found)
    ground.file.write_text("{}")
    with pytest.raises(UsageError, match=r"has no floor for gold\.jsonl"):
        floors.hold(ground.file, ground.gold, ground.found)
    ground.file.write_text('{"gold.jsonl": 1}')
    with pytest.raises(UsageError, match="is no file of floors"):
        floors.hold(ground.file, ground.gold, ground.found)
