"""Rule files are read strictly: what does not fit is refused with the file, the line and what is wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from aifund.errors import RulesError
from aifund.rules import default_rules_dir, kinds, load

GOOD = """\
kind: shape
rules:
  - id: shape.square
    description: Squares.
    words: [square, four corners]
    value: square
    examples:
      - text: 'a square and its four corners'
        emits: {square: square, four corners: square}
    counterexamples:
      - 'a circle'
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what every set of rules needs, if aifund read nothing but shapes: the two grammars."""
    monkeypatch.setattr(kinds, "KINDS", frozenset(("shape", "corner", "a")))
    monkeypatch.setattr(kinds, "_REQUIRED", frozenset())
    for name in ("money.yaml", "dates.yaml"):
        shutil.copy(default_rules_dir() / name, tmp_path / name)
    return tmp_path


def problems(folder: Path, content: str, name: str = "shapes.yaml") -> list[str]:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load(folder)
    assert str(caught.value) == "\n".join(str(problem) for problem in caught.value.problems)
    return [str(problem) for problem in caught.value.problems]


def test_a_good_file_gives_its_rules_by_kind_with_their_place(folder: Path) -> None:
    (folder / "shapes.yaml").write_text(GOOD, encoding="utf-8")
    rules = load(folder)
    (rule,) = rules.patterns["shape"]
    assert (rule.id, rule.value, rule.kind) == ("shape.square", "square", "shape")
    assert (rules.places["shape.square"].path, rules.places["shape.square"].line) == ("shapes.yaml", 3)
    assert rules.directory == folder


def test_a_rule_may_have_a_kind_of_its_own(folder: Path) -> None:
    (folder / "shapes.yaml").write_text(GOOD.replace("    value", "    kind: corner\n    value"), encoding="utf-8")
    assert [rule.id for rule in load(folder).patterns["corner"]] == ["shape.square"]


def test_scalars_stay_what_is_written(folder: Path) -> None:
    """YAML would make false, 90 and 10 of these words."""
    words = GOOD.replace("[square, four corners]", "[NO, 1:30, 012, null]")
    (folder / "shapes.yaml").write_text(words, encoding="utf-8")
    (rule,) = load(folder).patterns["shape"]
    assert rule.words == ("NO", "1:30", "012", "null")


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        pytest.param(("words:", "wrods:"), 5, "unknown key 'wrods'", id="typo in a key"),
        pytest.param(("kind: shape", "knid: shape"), 1, "unknown key 'knid'", id="typo at the top"),
        pytest.param(("    value: square", "    value: '{corner}'"), 3, "refers to corner", id="unknown reference"),
        pytest.param(("    value", "    description: Again.\n    value"), 6, "duplicate key 'description'", id="key"),
        pytest.param(("words: [square, four corners]", "pattern: '(square'"), 3, "bad pattern", id="bad pattern"),
        pytest.param(("words: [square, four corners]", "pattern: '(?=a)'"), 3, "bad pattern", id="no look-ahead"),
        pytest.param(("words: [square, four corners]", "pattern: 'x*'"), 3, "empty text", id="matches nothing"),
        pytest.param(("[square, four corners]", "[' ']"), 3, "empty phrase", id="empty phrase"),
        pytest.param(("    words", "    pattern: x\n    words"), 3, "either 'pattern' or 'words'", id="both"),
        pytest.param(("    value", "    veto: true\n    value"), 3, "a veto has no 'value'", id="veto with a value"),
        pytest.param(("[square, four", "&s [square, four"), 5, "anchors (&)", id="anchor"),
        pytest.param(("value: square", "value: *s"), 6, "aliases (*)", id="alias"),
        pytest.param(("value: square", "value: !!int 3"), 6, "tags (!)", id="tag"),
        pytest.param(("    counterexamples:\n      - 'a circle'\n", ""), 3, "'counterexamples' is missing", id="none"),
        pytest.param(
            ("      - 'a circle'\n", "      []\n"),
            10,
            "counterexamples must not be empty",
            id="no counterexample in the list",
        ),
        pytest.param(("'a circle'\n", "'a circle'\n---\nkind: b\n"), 12, "second document", id="two documents"),
        pytest.param(("kind: shape", "kind: [shape"), 2, "not valid YAML", id="unreadable"),
        pytest.param(("shape.square", "Shape Square"), 3, "id: String should match", id="an id that is no id"),
        pytest.param(("id: shape.square", "id: money.eur"), 3, "duplicate id, first in money.yaml", id="duplicate id"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(
    folder: Path, change: tuple[str, str], place: int, message: str
) -> None:
    assert change[0] in GOOD
    found = [text for text in problems(folder, GOOD.replace(*change, 1)) if message in text]
    assert found
    assert found[0].startswith(f"shapes.yaml:{place}: ")
    assert len(found) == 1


def test_every_problem_of_every_file_is_told_at_once(folder: Path) -> None:
    (folder / "a.yaml").write_text("kind: a\nrules: []\n", encoding="utf-8")
    found = problems(folder, GOOD.replace("words:", "wrods:"))
    assert {line.split(":")[0] for line in found} == {"a.yaml", "shapes.yaml"}


def test_a_file_that_is_no_mapping_or_no_text_is_refused(folder: Path) -> None:
    assert problems(folder, "- a\n") == ["shapes.yaml:1: must be a mapping (key: value)"]
    assert problems(folder, "") == ["shapes.yaml:1: the file is empty"]
    (folder / "shapes.yaml").write_bytes(b"kind: a\nrules: \xff\n")
    with pytest.raises(RulesError, match=r"shapes\.yaml:2: not UTF-8 text"):
        load(folder)


def test_rules_without_a_grammar_or_with_two_are_refused(folder: Path) -> None:
    shutil.copy(folder / "money.yaml", folder / "other.yaml")
    with pytest.raises(RulesError, match=r"other\.yaml:\d+: a second file of the kind 'money'"):
        load(folder)
    (folder / "other.yaml").unlink()
    (folder / "money.yaml").unlink()
    with pytest.raises(RulesError, match="no file of the kind 'money'"):
        load(folder)


def test_a_folder_that_is_missing_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no such folder"):
        load(tmp_path / "none")
    with pytest.raises(RulesError, match="no rule files"):
        load(tmp_path)


def test_the_digest_covers_every_byte_also_of_the_catalogue(folder: Path) -> None:
    digests = [load(folder).digest, load(folder).digest]
    (folder / "entities").mkdir()
    for content in ("anything: at all\n", "anything: at All\n"):  # not read here, only counted
        (folder / "entities" / "names.yaml").write_text(content, encoding="utf-8")
        digests.append(load(folder).digest)
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


ROUNDS = """\
kind: round
rules:
  - id: round.zorb
    description: Zorb rounds.
    pattern: 'zorb (?P<letter>[a-z])'
    value: 'series_{letter}'
    examples:
      - text: 'a zorb a'
        emits: {zorb a: series_a}
    counterexamples:
      - 'a zorb'
"""
STATUS = """\
kind: status
rules:
  - id: status.zorb
    description: Zorbed deals.
    words: [zorbed]
    value: denied
    examples:
      - text: 'it zorbed'
        emits: {zorbed: denied}
    counterexamples:
      - 'a zorb'
"""


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A copy of the rules that come with aifund, without the catalogue."""
    shutil.copytree(default_rules_dir(), tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("entities"))
    return tmp_path


@pytest.mark.parametrize(
    ("content", "change", "place", "message"),
    [
        (ROUNDS, ("kind: round", "kind: roundz"), 1, "unknown kind 'roundz': no stage reads it; did you mean 'round'?"),
        (ROUNDS, ("kind: round", "kind: mony"), 1, "unknown kind 'mony': no stage reads it; did you mean 'money'?"),
        (ROUNDS, ("kind: round", "kind: qqqqqqqq"), 1, "unknown kind 'qqqqqqqq': no stage reads it"),
        (ROUNDS, ("    value", "    kind: statis\n    value"), 6, "round.zorb: unknown kind 'statis': .*'status'?"),
        (ROUNDS, ("'series_{letter}'", "series_z"), 6, "round.zorb: 'series_z' is no value that a round can have"),
        (ROUNDS, ("zorb a: series_a", "zorb a: sereis_a"), 9, "round.zorb: 'sereis_a' is no value that a round can"),
        (ROUNDS, ("    value: 'series_{letter}'\n", ""), 3, "round.zorb: 'round.zorb' is no value that a round can"),
        (STATUS, ("value: denied", "value: finished"), 6, "status.zorb: 'finished' is no value that a status can have"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(
    whole: Path, content: str, change: tuple[str, str], place: int, message: str
) -> None:
    (whole / "zorb.yaml").write_text(content, encoding="utf-8")
    assert load(whole).places["status.zorb" if content is STATUS else "round.zorb"].path == "zorb.yaml"
    assert change[0] in content
    (found,) = problems(whole, content.replace(*change, 1), "zorb.yaml")
    assert found.startswith(f"zorb.yaml:{place}: ")
    assert re.search(message, found), found


def test_a_set_of_rules_that_lacks_a_kind_is_refused(whole: Path) -> None:
    (whole / "rounds.yaml").rename(whole / "rounds.yml")
    with pytest.raises(RulesError, match="no rules of the kind 'round' in this folder"):
        load(whole)


def test_the_kinds_are_those_of_the_rules_that_come_with_aifund() -> None:
    assert set(load().patterns) == kinds.KINDS
