"""Examples and counterexamples are tests: `check` runs them and names the rule that breaks its word."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from aifund.rules import audit, check, default_rules_dir, kinds, load

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


@pytest.fixture
def shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind "shape" is one that aifund reads."""
    monkeypatch.setattr(kinds, "KINDS", kinds.KINDS | {"shape"})


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


@pytest.mark.usefixtures("shapes")
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


@pytest.mark.usefixtures("shapes")
@pytest.mark.parametrize(
    ("pattern", "unshown"),
    [
        (r"square", []),
        (r"square|sqaure", ["alternative 'sqaure'"]),
        (r"square|\bsquares?\b", []),
        (r"square|(?:cube|box)", ["alternative '(?:cube|box)'"]),
        (r"square|uare", ["alternative 'uare'"]),  # it matches, but not what the example quotes
        (r"(?:square|box)", []),  # a list of words
        (r"square[|(]?|\||\(", [r"alternative '\\('", r"alternative '\\|'"]),
        (r"square(?P<tail> deal)?", ["group 'tail'"]),
        (r"a (?P<quote>square)", []),
    ],
)
def test_every_alternative_and_every_named_group_of_a_pattern_has_an_example(
    tmp_path: Path, pattern: str, unshown: list[str]
) -> None:
    found = checked(tmp_path, "shapes.yaml", ("words: [square]", f"pattern: '{pattern}'"))
    assert found == [f"shapes.yaml:3: shape.square: no example shows the {part} of its pattern" for part in unshown]


@pytest.mark.usefixtures("shapes")
def test_money_rules_are_checked_within_their_grammar(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, "money.yaml", ("'raised HK$1 billion'", "'raised HK$2 billion'"))
    assert "money.hkd: 'raised HK$2 billion' must emit" in found
    assert "but emits 'HK$2 billion': 2000000000 HKD exact" in found


@pytest.mark.usefixtures("shapes")
def test_date_rules_are_checked_too(tmp_path: Path) -> None:
    rules = load()
    rule = next(iter(rules.dates.rules()))
    quote = next(iter(rule.examples[0].emits.values()))
    assert checked(tmp_path, "dates.yaml", (quote, "1066"))


@pytest.fixture
def unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    """No examples are run."""
    monkeypatch.setattr("aifund.rules.checks.check", lambda rules: [])


ORGANISATIONS = """\
organisations:
  - id: oakmoss
    name: Oakmoss
    aliases: [Oakmoss Motors]
  - id: zorblat
    name: Zorblat
    kind: person
    parent: oakmoss
"""


@pytest.mark.usefixtures("unproven")
@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        pytest.param(("id: zorblat", "id: oakmoss"), 5, "oakmoss: duplicate id, first in entities/zz.yaml:2", id="id"),
        pytest.param(("kind: person", "kin: person"), 7, "zorblat: unknown key 'kin'", id="key"),
        pytest.param(("[Oakmoss Motors]", "[Oakmoss Motors"), 5, "not valid YAML", id="YAML"),
        pytest.param(("name: Zorblat", "name: Oakmoss Motors"), 6, "'Oakmoss Motors' is also 'Oakmoss", id="alias"),
        pytest.param(("parent: oakmoss", "parent: oakmos"), 8, "unknown parent 'oakmos'", id="parent"),
        pytest.param(("kind: person", "kind: persom"), 7, "unknown 'persom', .*; did you mean 'person'?", id="kind"),
        pytest.param(("kind: person", "kind: spaceship"), 7, "unknown 'spaceship', known are company, ", id="no kind"),
    ],
)
def test_the_catalogue_is_checked_too(tmp_path: Path, change: tuple[str, str], line: int, message: str) -> None:
    shutil.copytree(default_rules_dir(), tmp_path, dirs_exist_ok=True)
    assert change[0] in ORGANISATIONS
    (tmp_path / "entities/zz.yaml").write_text(ORGANISATIONS, encoding="utf-8")
    assert audit(tmp_path) == []
    (tmp_path / "entities/zz.yaml").write_text(ORGANISATIONS.replace(*change), encoding="utf-8")
    found = str(audit(tmp_path)[0])
    assert re.match(rf"entities/zz\.yaml:{line}: .*{message}", found), found


@pytest.mark.usefixtures("unproven")
def test_a_set_of_rules_has_a_catalogue(tmp_path: Path) -> None:
    shutil.copytree(default_rules_dir(), tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("entities"))
    assert [problem.message for problem in audit(tmp_path)] == ["no such folder of organisations"]
    (tmp_path / "entities").mkdir()
    assert [problem.message for problem in audit(tmp_path)] == ["no files of organisations (*.yaml) in this folder"]


def test_faults_of_rules_and_catalogue_are_told_together(tmp_path: Path) -> None:
    shutil.copytree(default_rules_dir(), tmp_path, dirs_exist_ok=True)
    (tmp_path / "entities/zz.yaml").write_text("organisation: []\n", encoding="utf-8")
    (tmp_path / "rounds.yaml").unlink()
    assert [problem.message for problem in audit(tmp_path)] == [
        "no rules of the kind 'round' in this folder",
        "unknown key 'organisation'",
    ]
