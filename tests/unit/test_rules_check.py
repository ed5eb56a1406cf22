"""Examples and counterexamples are tests: `check` runs them and names the rule that breaks its word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aifund.rules import check, default_rules_dir, load

SHAPES = """\
kind: shape
rules:
  - id: shape.square
    description: Squares.
    words: [square]
    value: square
    examples:
      - text: 'a square'
        emits: {square: square}
    counterexamples:
      - 'a circle'
"""


def checked(folder: Path, name: str, change: tuple[str, str]) -> list[str]:
    """The problems of the rules that come with aifund and a rule for squares, after a change in one file."""
    shutil.copytree(default_rules_dir(), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("entities"))
    (folder / "shapes.yaml").write_text(SHAPES, encoding="utf-8")
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert change[0] in content
    path.write_text(content.replace(*change, 1), encoding="utf-8")
    return [str(problem) for problem in check(load(folder)) if problem.path == name]


def test_the_rules_that_come_with_aifund_keep_their_word() -> None:
    assert [str(problem) for problem in check(load())] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            ("'a square'", "'a triangle'"),
            "'a triangle' must emit 'square': square, but emits nothing",
            id="an example that does not come out",
        ),
        pytest.param(
            ("{square: square}", "{square: box}"),
            "'a square' must emit 'square': box, but emits 'square': square",
            id="an example with another value",
        ),
        pytest.param(
            ("'a circle'", "'no square'"),
            "'no square' must emit nothing, but emits 'square': square",
            id="a counterexample that is not silent",
        ),
    ],
)
def test_a_broken_promise_is_told_with_file_line_and_rule(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    assert checked(tmp_path, "shapes.yaml", change) == [f"shapes.yaml:3: shape.square: {message}"]


def test_money_rules_are_checked_within_their_grammar(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, "money.yaml", ("'raised HK$1 billion'", "'raised HK$2 billion'"))
    assert "money.hkd: 'raised HK$2 billion' must emit" in found
    assert "but emits 'HK$2 billion': 2000000000 HKD exact" in found


def test_date_rules_are_checked_too(tmp_path: Path) -> None:
    rules = load()
    rule = next(iter(rules.dates.rules()))
    quote = next(iter(rule.examples[0].emits.values()))
    assert checked(tmp_path, "dates.yaml", (quote, "1066"))
