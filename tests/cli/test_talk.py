"""What the command line says: help with examples, data on stdout, talk on stderr, colours only where wanted."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Aifund

COMMANDS = (
    ["extract"],
    ["diff"],
    ["why"],
    ["settings"],
    ["ledger", "stats"],
    ["verify"],
    ["schema"],
    ["eval"],
    ["rules", "check"],
)


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_has_examples(aifund: Aifund, command: list[str]) -> None:
    done = aifund(*command, "--help")
    assert done.returncode == 0
    assert re.search(rf"Examples:\n +aifund {' '.join(command)}", done.stdout), done.stdout


def test_no_command_shows_the_help(aifund: Aifund) -> None:
    assert aifund().stdout == aifund("--help").stdout


def test_every_command_stands_in_the_readme(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"aifund {' '.join(command)}" not in readme] == []


def test_version(aifund: Aifund) -> None:
    assert re.fullmatch(r"aifund \d+\.\d+\.\d+\n", aifund("--version").stdout)


def test_extract_closes_with_a_table_on_stderr(aifund: Aifund, seeds: Path, tmp_path: Path) -> None:
    done = aifund("extract", seeds, "--output", tmp_path / "out")
    assert done.stdout == ""
    assert "\x1b" not in done.stderr
    for pattern in (
        r"^articles +5 +5 events$",
        r"^events +\d+",
        r"^conflicts +\d+",
        r"^unreadable +0",
        r"^Moonshot AI +series_b +USD 1bn +Alibaba \(lead\), .* +2024-02",
    ):
        assert re.search(pattern, done.stderr, re.MULTILINE), done.stderr


def test_the_readme_shows_the_closing_table_of_the_seeds(aifund: Aifund, root: Path, tmp_path: Path) -> None:
    said = aifund("extract", root / "seeds", cwd=tmp_path).stderr
    table = "\n".join(line.rstrip() for line in said.splitlines())
    assert table in (root / "README.md").read_text(encoding="utf-8"), f"paste this into README.md:\n{table}"


def test_quiet_says_nothing(aifund: Aifund, seeds: Path, tmp_path: Path) -> None:
    done = aifund("extract", seeds, "--output", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_quiet_still_tells_what_could_not_be_read(aifund: Aifund, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": "a"}\n{"id": "\\u001b[31m", "text": ""}\n')
    done = aifund("extract", tmp_path / "x.jsonl", "--output", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout) == (3, "")
    remedy = "no text (say which field holds it: --field text=NAME); it has id"
    assert done.stderr == f"error: unreadable: \ufffd[31m: line 2: empty\nerror: unreadable: a: line 1: {remedy}\n"


def on_a_terminal(arguments: list[str], env: dict[str, str]) -> str:
    """What the command writes to a stderr that is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "aifund", *arguments], stderr=theirs, env={**os.environ, "TERM": "xterm-256color", **env}
    ) as process:
        os.close(theirs)
        said = b""
        try:
            while chunk := os.read(ours, 65536):
                said += chunk
        except OSError:  # how Linux says that the other end has closed
            pass
        os.close(ours)
        assert process.wait(timeout=60) == 0
    return said.decode()


def test_a_terminal_gets_a_progress_bar_and_no_color_is_respected(seeds: Path, tmp_path: Path) -> None:
    arguments = ["extract", str(seeds), "--output", str(tmp_path / "out")]
    moves, colours = r"\x1b\[\d*[AK]|\x1b\[\?25l", r"\x1b\[(?:\d+;)*(?:3|9|4|10)\d"
    said = on_a_terminal(arguments, {})
    assert re.search(moves, said)
    assert re.search(colours, said)
    said = on_a_terminal(arguments, {"NO_COLOR": "1"})
    assert not re.search(colours, said)
    assert not re.search(moves, on_a_terminal([*arguments, "--quiet"], {}))


def test_many_warnings_alike_are_summarised(aifund: Aifund, tmp_path: Path) -> None:
    path, output = tmp_path / "x.jsonl", tmp_path / "out"
    row = {"text": "Nothing happened.", "published": "some day"}
    path.write_text("".join(json.dumps({"id": str(number), **row}) + "\n" for number in range(1200)))
    said = aifund("extract", path, "--output", output).stderr
    assert said.count("is no ISO date") == 5
    assert "warning: … and 1,195 more like these (--verbose shows all)" in said
    assert aifund("extract", path, "--output", output, "--verbose").stderr.count("is no ISO date") == 1200


def test_warnings_go_to_stderr(aifund: Aifund, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "Nothing happened.", "published": "some day"}))
    done = aifund("extract", path, "--output", tmp_path / "out")
    assert done.returncode == 0
    assert f"warning: {path}:1: `published` is no ISO date: 'some day'" in done.stderr
    assert "warning" not in aifund("extract", path, "--output", tmp_path / "out", "--quiet").stderr
