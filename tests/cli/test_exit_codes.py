"""Every exit code of the command line, seen from outside: one clear line says what is wrong, never a traceback."""

from __future__ import annotations

import csv
import json
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Aifund, Completed


def assert_clear(done: Completed, code: int, message: str) -> None:
    """The exit code, an error that matches `message`, no traceback, and nothing on stdout."""
    assert done.returncode == code, done.stderr
    assert re.search(f"^error: .*{message}", done.stderr, re.MULTILINE), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def outcomes(folder: Path) -> Counter[str]:
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as file:
        return Counter(row["outcome"] for row in csv.DictReader(file))


def test_0_complete(aifund: Aifund, seeds: Path, tmp_path: Path) -> None:
    done = aifund("extract", seeds, "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert outcomes(tmp_path / "out") == {"events": 5}


def test_0_an_empty_folder_is_a_complete_run_with_empty_tables(aifund: Aifund, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    done = aifund("extract", tmp_path / "news", "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out/events.json").read_text())["events"] == []
    assert (tmp_path / "out/events.csv").read_text().count("\n") == 1


def test_1_a_bug_is_one_line_and_a_traceback_only_on_demand(tmp_path: Path) -> None:
    broken = "import sys, aifund\ndef load_rules(folder): raise KeyError('oops')\naifund.load_rules = load_rules\n"
    program = f"{broken}from aifund.cli import main; sys.argv[0] = 'aifund'; main()"
    command = [sys.executable, "-c", program, "extract", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert_clear(done, 1, "a bug in aifund: KeyError: 'oops' — .*--verbose")
    done = subprocess.run([*command, "--verbose"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "nowhere"], "nowhere does not exist — give the folder or file"),
        (["extract"], "Missing argument .* — see 'aifund extract --help'"),
        (["extract", "seeds", "--colour"], "No such option: --colour"),
        (["extract", "seeds", "--format", "xml"], "--format 'xml' is not known — give csv, json or csv,json"),
        (["extrakt"], "No such command 'extrakt'.* — see 'aifund --help'"),
        (["diff", "nowhere", "output"], "nowhere"),
        (["why", "no-such-event", "--output", "output"], "no-such-event"),
        (["why", "no-such-event", "--output", "nowhere"], "nowhere"),
    ],
)
def test_2_usage(aifund: Aifund, root: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "seeds").symlink_to(root / "seeds")
    (tmp_path / "output").symlink_to(root / "output")
    before = sorted(tmp_path.iterdir())
    assert_clear(aifund(*arguments, cwd=tmp_path), 2, message)
    assert sorted(tmp_path.iterdir()) == before


APART = "give (a folder outside of it|another folder) with --output"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["news", "-o", "news"], 2, "the output folder news is the input folder news, "),
        (["news/", "-o", "./other/../news/x"], 2, "the output folder other/../news/x lies in the input folder news, "),
        (["."], 2, r"the output folder output lies in the input folder \., "),
        (["link", "-o", "news/x"], 2, "the output folder news/x lies in the input folder link, "),
        (["news/a.txt", "news/events.json", "-o", "news"], 2, "news/events.json would be replaced by the tables"),
        (["news/a.txt", "-o", "news"], 0, None),
        (["news", "-o", "news/.ledger"], 0, None),
        (["news", "-o", "newsletter"], 0, None),
        (["news/below", "-o", "news"], 0, None),
    ],
)
def test_2_tables_are_not_mixed_into_the_input(
    aifund: Aifund, tmp_path: Path, arguments: list[str], code: int, message: str | None
) -> None:
    (tmp_path / "news/below").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "link").symlink_to("news")
    for name in ("a.txt", "events.json", "below/b.txt"):
        (tmp_path / "news" / name).write_text('{"text": "No news."}' if name.endswith(".json") else "No news.")
    before = sorted(tmp_path.rglob("*"))
    done = aifund("extract", *arguments, cwd=tmp_path)
    if message:
        assert_clear(done, 2, f"{message}.*{APART}")
        assert sorted(tmp_path.rglob("*")) == before
    assert done.returncode == code, done.stderr


def test_3_a_binary_file_costs_only_itself(aifund: Aifund, seeds: Path, tmp_path: Path) -> None:
    shutil.copytree(seeds, tmp_path / "news")
    (tmp_path / "news/program.txt").write_bytes(b"\x7fELF\0\0\xff")
    done = aifund("extract", tmp_path / "news", "--output", tmp_path / "out")
    assert done.returncode == 3, done.stderr
    assert "unreadable: program: binary, not text (it holds NUL bytes)" in done.stderr
    assert outcomes(tmp_path / "out") == {"events": 5, "unreadable": 1}


def test_4_sets_that_differ(aifund: Aifund, seeds: Path, seed_tables: Path, tmp_path: Path) -> None:
    one = sorted(seeds.iterdir())[0]
    assert aifund("extract", one, "--output", tmp_path / "out").returncode == 0
    assert aifund("diff", seed_tables, tmp_path / "out").returncode == 4


RULE = """\
kind: round
rules:
  - id: round.test
    description: A test.
    pattern: 'test round'
    value: seed
    examples:
      - text: a test round
        emits: {test round: seed}
    counterexamples:
      - a round test
"""


@pytest.mark.parametrize(
    ("broken", "line", "message"),
    [
        (RULE.replace("pattern:", "patern:"), 5, "patern"),
        (RULE + RULE[RULE.index("  - id") :], 12, "round.test"),
        (RULE.replace("'test round'", "'(test round'"), 3, "bad pattern: missing"),
        (RULE.replace("    value: seed\n", "    value: seed\n    value: angel\n"), 7, "value"),
        (RULE[: RULE.index("    counter")], 3, "counterexamples"),
        ("rules: [\n", 2, ""),
    ],
    ids=["typo in a key", "duplicate id", "bad pattern", "duplicate key", "no counterexamples", "no YAML"],
)
def test_5_broken_rules(aifund: Aifund, root: Path, tmp_path: Path, broken: str, line: int, message: str) -> None:
    shutil.copytree(root / "rules", tmp_path / "rules")
    (tmp_path / "rules/broken.yaml").write_text(broken)
    done = aifund("extract", root / "seeds", "--rules", tmp_path / "rules", "--output", tmp_path / "out")
    assert_clear(done, 5, "rules")
    assert re.search(rf"broken\.yaml:{line}: .*{message}", done.stderr), done.stderr
    assert not (tmp_path / "out").exists()

    checked = aifund("rules", "check", "--rules", tmp_path / "rules")
    assert checked.returncode == 5
    assert re.search(rf"broken\.yaml:{line}: .*{message}", checked.stdout), checked.stdout


def test_5_a_rule_that_breaks_its_own_example(aifund: Aifund, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "rules", tmp_path / "rules")
    (tmp_path / "rules/broken.yaml").write_text(RULE.replace("text: a test round", "text: a rest round"))
    checked = aifund("rules", "check", "--rules", tmp_path / "rules")
    assert checked.returncode == 5
    assert re.search(r"broken\.yaml:\d+: .*round\.test", checked.stdout), checked.stdout
    assert checked.stderr == "error: 1 problem in the rules — mend the place above\n"


def test_5_a_broken_catalogue(aifund: Aifund, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "rules", tmp_path / "rules")
    (tmp_path / "rules/entities/broken.yaml").write_text("organisations:\n  - {id: zorb, nam: Zorb}\n")
    checked = aifund("rules", "check", "--rules", tmp_path / "rules")
    assert checked.returncode == 5
    assert "entities/broken.yaml:2: zorb: unknown key 'nam'\n" in checked.stdout
    assert checked.stderr == "error: 2 problems in the rules — mend the places above\n"


def test_5_a_rules_folder_that_does_not_exist(aifund: Aifund, root: Path, tmp_path: Path) -> None:
    done = aifund("extract", root / "seeds", "--rules", tmp_path / "nowhere", "--output", tmp_path / "out")
    assert done.returncode in (2, 5)
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_6_an_output_that_cannot_be_written(aifund: Aifund, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    assert_clear(aifund("extract", seeds, "--output", tmp_path / "out"), 6, "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_text() == "a file where the folder should be"


@pytest.mark.parametrize("output", ["file/x", "file/x/y"])
def test_6_an_output_below_a_file(aifund: Aifund, seeds: Path, tmp_path: Path, output: str) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    one = sorted(seeds.iterdir())[0]
    assert_clear(aifund("extract", one, "-o", output, cwd=tmp_path), 6, f"cannot write to {output}: a file .* give")


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")


@FULL
@pytest.mark.parametrize("arguments", [["schema"], ["--help"], ["extract", "--help"], ["--version"], []])
def test_6_a_stdout_that_cannot_be_written(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "aifund", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 6
    assert re.fullmatch("error: cannot write to stdout: No space left on device — .*\n", done.stderr)


@FULL
def test_a_stderr_that_cannot_be_written_costs_no_tables(seeds: Path, tmp_path: Path) -> None:
    """The run warns (of a date) and ends with its table and counts: none of it is data."""
    row = {"text": sorted(seeds.iterdir())[0].read_text(encoding="utf-8"), "published": "some day"}
    (tmp_path / "x.jsonl").write_text(json.dumps(row))
    command = [sys.executable, "-m", "aifund", "extract", str(tmp_path / "x.jsonl"), "-o", str(tmp_path / "out")]
    with Path("/dev/full").open("w") as full:
        assert subprocess.run(command, stderr=full, check=False).returncode == 0
    assert outcomes(tmp_path / "out") == {"events": 1}
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert process.stderr
        process.stderr.close()
        assert process.wait(timeout=60) == 0


def test_6_a_junit_file_that_cannot_be_written(aifund: Aifund, seed_tables: Path, tmp_path: Path) -> None:
    done = aifund("diff", seed_tables, seed_tables, "--junit", tmp_path / "nowhere/report.xml")
    assert_clear(done, 6, "report.xml")


@pytest.fixture
def busy(root: Path, seeds: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A long run into tmp_path/out (where an earlier set stands) that is surely at work: it has warned of a date."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/events.csv").write_text("the earlier set")
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.iterdir())]
    rows = [{"id": f"{number}", "text": f"{number}. {texts[number % 5]}"} for number in range(5000)]
    rows[0]["published"] = "some day"
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = [sys.executable, "-m", "aifund", "extract", str(tmp_path / "many.jsonl"), "-o", str(tmp_path / "out")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "some day" in process.stderr.readline()
        yield process
        process.kill()


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_130_143_a_signal_leaves_the_previous_output(
    busy: subprocess.Popen[str], tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    busy.send_signal(sent)
    _, talk = busy.communicate(timeout=30)
    assert busy.returncode == code, talk
    assert "Traceback" not in talk
    assert "the previous output is untouched" in talk
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many.jsonl", "out"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["events.csv"]


@pytest.mark.parametrize("arguments", [["schema"], ["--help"], ["why", "moonshot-ai-series-b-2024"]])
def test_141_a_reader_that_goes_away_is_no_error(root: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "aifund", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=30) == 141
