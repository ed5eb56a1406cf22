"""Sums as the closing table shows them, and output that no terminal can break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aifund.console import amount
from aifund.model import Money

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Aifund


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (None, ""),
        (Money(800_000_000, 800_000_000, "USD"), "USD 800m"),
        (Money(1_000_000_000, None, "USD", "more_than"), "> USD 1bn"),
        (Money(None, 2_000_000_000, "USD", "up_to"), "≤ USD 2bn"),
        (Money(11_700_000_000, 11_700_000_000, "EUR", "about"), "~EUR 11.7bn"),
        (Money(10_000_000, 99_000_000, "CNY", "vague"), "CNY 10m to 99m"),
        (Money(999, 999, "INR"), "INR 999"),
    ],
)
def test_amount(money: Money | None, shown: str) -> None:
    assert amount(money) == shown


def test_control_characters_of_an_input_do_not_reach_the_terminal(aifund: Aifund, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": "\\u001b[31m[red]", "text": ""}\n')
    done = aifund("extract", tmp_path / "x.jsonl", "--output", tmp_path / "out")
    assert done.returncode == 3
    assert "\ufffd[31m[red]: line 1: empty" in done.stderr
    assert "\x1b" not in done.stderr


def test_an_ascii_terminal_gets_escapes_and_no_error(
    aifund: Aifund, seeds: Path, seed_tables: Path, tmp_path: Path
) -> None:
    assert aifund("extract", sorted(seeds.iterdir())[0], "--output", tmp_path / "out").returncode == 0
    done = aifund("diff", seed_tables, tmp_path / "out", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 4, done.stderr
    assert r"\u2192" in done.stdout  # the arrow between an old and a new cell
