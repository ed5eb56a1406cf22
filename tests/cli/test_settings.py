"""Settings: a file, outweighed by the environment, outweighed by flags."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aifund.settings import SETTINGS, variable

if TYPE_CHECKING:
    from conftest import Aifund


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an aifund.toml and one article of which only a limit of characters leaves nothing."""
    (tmp_path / "aifund.toml").write_text('output = "from-file"\nformat = ["json"]\n[limit]\ncharacters = 10\n')
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text("Rain is expected in the north.")
    return tmp_path


def test_a_file_sets_what_flags_would(place: Path, aifund: Aifund) -> None:
    assert aifund("extract", "news", cwd=place).returncode == 0
    assert sorted(os.listdir(place / "from-file")) == ["events.json", "manifest.json"]
    (article,) = json.loads((place / "from-file/events.json").read_text())["articles"]
    assert article["reason"] == "only the first 10 of 30 characters were searched"


def test_the_environment_outweighs_the_file_and_flags_the_environment(place: Path, aifund: Aifund) -> None:
    environment = {"AIFUND_OUTPUT": "from-environment", "AIFUND_QUIET": "1", "AIFUND_LIMIT": "characters=20 pages=1"}
    assert aifund("extract", "news", cwd=place, env=environment).stderr == ""
    (article,) = json.loads((place / "from-environment/events.json").read_text())["articles"]
    assert "the first 20 " in article["reason"]
    done = aifund("extract", "news", "-o", "from-flag", "--no-quiet", cwd=place, env=environment)
    assert "written to from-flag" in done.stderr


def test_other_commands_follow_them_too(place: Path, aifund: Aifund) -> None:
    done = aifund("why", "some-event", cwd=place)
    assert "from-file does not exist" in done.stderr


def test_the_nearest_file_counts_and_its_paths_are_relative_to_it(place: Path, aifund: Aifund) -> None:
    assert aifund("extract", ".", cwd=place / "news").returncode == 0
    assert (place / "from-file/events.json").exists()
    (place / "news/pyproject.toml").write_text("[project]\nname = 'other'\n[tool.aifund]\noutput = '../nearer'\n")
    shown = aifund("settings", cwd=place / "news").stdout
    assert re.search(r"^output +\.\./nearer +pyproject.toml$", shown, re.MULTILINE), shown
    assert re.search(r"^limit +- +default$", shown, re.MULTILINE), shown


def test_a_pyproject_of_others_is_passed_over(place: Path, aifund: Aifund) -> None:
    (place / "news/pyproject.toml").write_text("this is = no TOML")
    assert "../aifund.toml" in aifund("settings", cwd=place / "news").stdout


def test_settings_tells_each_value_and_where_it_comes_from(place: Path, aifund: Aifund) -> None:
    shown = aifund("settings", cwd=place, env={"AIFUND_ONLY_AI": "true"}).stdout
    assert [re.split("  +", line) for line in shown.splitlines()] == [
        ["output", "from-file", "aifund.toml"],
        ["ledger", "-", "default"],
        ["changes", "-", "default"],
        ["max-seconds", "-", "default"],
        ["format", "json", "aifund.toml"],
        ["rules", "-", "default"],
        ["checks", "-", "default"],
        ["only-ai", "true", "environment, AIFUND_ONLY_AI"],
        ["field", "-", "default"],
        ["limit", "characters=10", "aifund.toml"],
        ["quiet", "false", "default"],
        ["log-format", "text", "default"],
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("quiet = true\noutptu = 'x'\n", r"aifund\.toml:2: outptu: no setting — known are output, ledger, changes, "),
        ("\n\nquiet = 'yes'\n", r"aifund\.toml:3: quiet: must be true or false$"),
        ("max-seconds = 'ten'\n", r"aifund\.toml:1: max-seconds: must be a number$"),
        ("format = [1]\n", r"aifund\.toml:1: format: must be a string, or a list of strings"),
        ("quiet = true\n[limit]\npages = [1]\n", r"aifund\.toml:2: limit: must be a table of names and strings"),
        ("output = 3", r"aifund\.toml:1: output: must be a path, as a string$"),
        ("quiet =\n", r"aifund\.toml:1: not TOML: Invalid value"),
    ],
)
def test_5_a_fault_is_told_with_its_line(content: str, problem: str, tmp_path: Path, aifund: Aifund) -> None:
    (tmp_path / "aifund.toml").write_text(content)
    done = aifund("extract", ".", cwd=tmp_path)
    assert done.returncode == 5
    assert done.stderr.startswith("error: the settings cannot be used — mend these places")
    assert re.search(f"^{problem}", done.stderr, re.MULTILINE), done.stderr


def test_5_a_variable_that_is_no_setting(tmp_path: Path, aifund: Aifund) -> None:
    done = aifund("settings", cwd=tmp_path, env={"AIFUND_OUTPTU": "x"})
    assert done.returncode == 5
    assert "environment: AIFUND_OUTPTU: no setting — known are AIFUND_CHANGES, " in done.stderr


def test_every_setting_is_a_flag_with_its_variable(aifund: Aifund) -> None:
    said = " ".join(aifund("extract", "--help").stdout.split())
    assert [name for name in SETTINGS if f"--{name}" not in said or variable(name) not in said] == []


def test_the_readme_shows_every_setting(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("## Settings\n")[2].partition("\n## ")[0]
    assert [name for name in SETTINGS if not re.search(rf"^\[?{name}\b", shown, re.MULTILINE)] == []
