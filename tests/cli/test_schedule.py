"""Runs that nobody watches: one at a time, stopped by signals, heard by machines; the README's recipes, tried out."""

from __future__ import annotations

import configparser
import grp
import json
import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from aifund.output.publish import NAMES

if TYPE_CHECKING:
    from conftest import Aifund

Process = subprocess.Popen[str]


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Process]:
    """A run into tmp_path/out that has the lock and waits for articles on stdin."""
    command = [sys.executable, "-m", "aifund", "extract", "-", "--output", str(tmp_path / "out"), "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        lock = tmp_path / ".out.aifund.lock"
        until = time.monotonic() + 30
        while not (lock.exists() and lock.stat().st_size) and time.monotonic() < until:
            time.sleep(0.02)
        yield process
        process.kill()


class TestLock:
    def test_a_second_run_ends_with_75_and_says_who_is_at_work(
        self, holder: Process, aifund: Aifund, seeds: Path, tmp_path: Path
    ) -> None:
        done = aifund("extract", seeds, "--output", tmp_path / "out")
        assert (done.returncode, done.stdout) == (75, "")
        who = f"process {holder.pid} on {os.uname().nodename}, at work since "
        assert done.stderr.startswith(f"error: {tmp_path}/out is being written by {who}")
        assert aifund("extract", seeds, "--output", tmp_path / "other").returncode == 0
        holder.communicate("", timeout=30)
        assert holder.returncode == 3  # nothing on stdin
        assert aifund("extract", seeds, "--output", tmp_path / "out").returncode == 0

    def test_a_link_to_the_folder_is_the_folder(self, holder: Process, aifund: Aifund, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "link").symlink_to("out")
        done = aifund("extract", "seeds", "--output", tmp_path / "link")
        assert done.returncode == 75
        assert f"process {holder.pid} " in done.stderr

    def test_the_lock_of_a_killed_run_blocks_nobody(
        self, holder: Process, aifund: Aifund, seeds: Path, tmp_path: Path
    ) -> None:
        holder.kill()
        holder.wait()
        assert (tmp_path / ".out.aifund.lock").exists()
        assert aifund("extract", seeds, "--output", tmp_path / "out").returncode == 0
        assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_waits_for_its_input_can_be_stopped(
    holder: Process, sent: signal.Signals, code: int, tmp_path: Path
) -> None:
    holder.send_signal(sent)
    _, talk = holder.communicate(timeout=30)
    assert holder.returncode == code
    assert talk == f"error: stopped by {sent.name} — the previous output is untouched\n"
    assert os.listdir(tmp_path) == []


SLOW = """
import os, sys, time
from aifund.output import replace
def slowly(function):
    def call(*arguments):
        time.sleep(0.5)
        return function(*arguments)
    return call
def says(function):
    def call(*arguments):
        print("replacing", file=sys.stderr, flush=True)
        return slowly(function)(*arguments)
    return call
replace._swap, replace._settle = says(replace._swap), slowly(replace._settle)
from aifund.cli import main
main()
"""


def test_a_signal_while_the_tables_are_replaced_takes_effect_behind_it(seeds: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SLOW, "extract", str(seeds), "--output", str(tmp_path / "out"), "--quiet"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert process.stderr.readline() == "replacing\n"
        process.send_signal(signal.SIGTERM)
        _, talk = process.communicate(timeout=30)
    assert (process.returncode, talk) == (143, "error: stopped by SIGTERM — the new output is in place\n")
    assert os.listdir(tmp_path) == ["out"]
    assert set(os.listdir(tmp_path / "out")) == NAMES


LINGERS = """
import aifund, time
class Lingering:
    def __del__(self):
        time.sleep(1.5)
aifund.lingering = Lingering()  # what the interpreter tidies up at its end
def extract(*_, **__):
    print("at work", flush=True)
    time.sleep(60)
aifund.extract = extract
from aifund.cli import main
main()
"""


def test_a_stop_does_not_wait_for_the_interpreter_to_tidy_up(seeds: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", LINGERS, "extract", str(seeds), "--output", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "at work\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 143


DEAF = """
import aifund, time
def extract(*_, **__):
    while True:
        try:
            print("at work", flush=True)
            time.sleep(60)
        except BaseException:
            pass
aifund.extract = extract
from aifund.cli import main
main()
"""


WRAPS = """
import aifund, time
def extract(*_, **__):
    print("at work", flush=True)
    try:
        time.sleep(60)
    except BaseException as error:
        raise ValueError("broken") from error
aifund.extract = extract
from aifund.cli import main
main()
"""


def test_a_library_that_makes_another_error_of_the_stop_makes_it_no_bug(seeds: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRAPS, "extract", str(seeds), "--output", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "at work\n"
        process.send_signal(signal.SIGTERM)
        _, talk = process.communicate(timeout=30)
    assert (process.returncode, talk) == (143, "error: stopped by SIGTERM — the previous output is untouched\n")


def test_a_library_that_swallows_the_stop_does_not_keep_the_process(seeds: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", DEAF, "extract", str(seeds), "--output", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "at work\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 143


class TestJson:
    def test_every_line_is_an_object(self, aifund: Aifund, tmp_path: Path) -> None:
        path = tmp_path / "x.jsonl"
        path.write_text('{"id": "a", "text": "Nothing happened.", "published": "some day"}\n{"id": "b", "text": ""}\n')
        done = aifund("extract", path, "--output", tmp_path / "out", "--log-format", "json")
        assert (done.returncode, done.stdout) == (3, "")
        warning, unreadable, end = map(json.loads, done.stderr.splitlines())
        assert (warning["level"], warning["event"]) == ("warning", "log")
        assert "some day" in warning["message"]
        assert (unreadable["event"], unreadable["article"], unreadable["reason"]) == (
            "unreadable",
            "b",
            "line 2: empty",
        )
        assert (end["event"], end["articles"], end["outcomes"]["no_event"]) == ("done", 2, 1)
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", one["time"]) for one in (warning, unreadable, end))

    def test_an_error_has_its_exit_code(self, aifund: Aifund, tmp_path: Path) -> None:
        done = aifund("extract", "nowhere", "--log-format", "json", "--output", tmp_path / "out")
        said = json.loads(done.stderr)
        assert (done.returncode, said["level"], said["event"], said["exit_code"]) == (2, "error", "error", 2)
        assert said["message"].startswith("nowhere does not exist")

    def test_quiet_says_only_errors(self, aifund: Aifund, seeds: Path, tmp_path: Path) -> None:
        assert aifund("extract", seeds, "-q", "--log-format", "json", "-o", tmp_path / "out").stderr == ""

    def test_an_unknown_form_is_refused(self, aifund: Aifund, seeds: Path, tmp_path: Path) -> None:
        done = aifund("extract", seeds, "--log-format", "xml", "--output", tmp_path / "out")
        assert done.returncode == 2
        assert done.stderr == "error: --log-format 'xml' is not known — give text or json\n"


class TestRights:
    @pytest.mark.parametrize(("umask", "folder", "file"), [(0o027, 0o750, 0o640), (0o077, 0o700, 0o600)])
    def test_new_tables_have_the_rights_that_the_umask_leaves(
        self, umask: int, folder: int, file: int, seeds: Path, tmp_path: Path
    ) -> None:
        command = [sys.executable, "-m", "aifund", "extract", str(seeds), "-q", "-o", str(tmp_path / "out")]
        subprocess.run(command, umask=umask, check=True)
        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == folder
        assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {file}

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder to somebody else")
    def test_the_folder_keeps_its_owner_and_its_group_s_files(
        self, seeds: Path, aifund: Aifund, tmp_path: Path
    ) -> None:
        out, group = tmp_path / "out", grp.getgrnam("daemon").gr_gid
        out.mkdir()
        os.chown(out, 1, group)
        out.chmod(0o2770)  # what is made in it belongs to its group
        assert aifund("extract", seeds, "--output", out).returncode == 0
        assert (out.stat().st_uid, out.stat().st_gid, stat.S_IMODE(out.stat().st_mode)) == (1, group, 0o2770)
        assert {path.stat().st_gid for path in out.iterdir()} == {group}


class TestRecipes:
    @pytest.fixture
    def place(self, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A folder as the recipes expect it, and `aifund` on the path."""
        for name in ("inbox", "news"):
            shutil.copytree(seeds, tmp_path / name)
        monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        return tmp_path

    @pytest.fixture
    def blocks(self, root: Path) -> list[tuple[str, str]]:
        readme = (root / "README.md").read_text(encoding="utf-8")
        return re.findall(r"^```(\w+)\n(.*?)^```$", readme.partition("## On a schedule")[2], re.MULTILINE | re.DOTALL)

    def test_the_crontab_line(self, blocks: list[tuple[str, str]], place: Path) -> None:
        (line,) = (text for kind, text in blocks if kind == "crontab")
        *when, command = line.split(maxsplit=5)
        assert len(when) == 5
        assert "%" not in command  # which cron takes for the end of the line
        bare = {
            "HOME": str(place),
            "PATH": "/usr/bin:/bin",
            "SHELL": "/bin/sh",
            "LOGNAME": "news",
        }  # all that cron gives
        aifund = shlex.quote(str(shutil.which("aifund")))
        command = command.replace("/srv/news", shlex.quote(str(place))).replace("/usr/local/bin/aifund", aifund)
        done = subprocess.run(["/bin/sh", "-c", command], env=bare, capture_output=True, stdin=subprocess.DEVNULL)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert set(os.listdir(place / "ledger")) == NAMES

    def test_the_systemd_units(self, blocks: list[tuple[str, str]], place: Path) -> None:
        service, timer = (text for kind, text in blocks if kind == "ini")
        unit = configparser.ConfigParser()
        unit.read_string(service)
        program, *arguments = shlex.split(unit["Service"]["ExecStart"])
        done = subprocess.run([Path(program).name, *arguments], cwd=place, capture_output=True, text=True)
        assert done.returncode == 0
        assert json.loads(done.stderr)["event"] == "done"
        if shutil.which("systemd-analyze"):
            local = service.replace(program, str(shutil.which("aifund"))).replace("User=news", "User=root")
            (place / "aifund.service").write_text(local)
            (place / "aifund.timer").write_text(timer)
            units = [str(place / "aifund.service"), str(place / "aifund.timer")]
            told = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
            assert [line for line in told.stderr.splitlines() if "aifund" in line] == []

    def test_the_ci_job(self, blocks: list[tuple[str, str]], place: Path, seed_tables: Path) -> None:
        (workflow,) = (yaml.safe_load(text) for kind, text in blocks if kind == "yaml" and "jobs:" in text)
        shutil.copytree(seed_tables, place / "ledger")
        steps = [step["run"] for step in workflow["jobs"]["ledger"]["steps"] if "run" in step]
        install, *work = steps
        assert "pip install" in install
        for step in work:
            subprocess.run(["bash", "-e", "-c", step], cwd=place, check=True)
        assert "<testsuite" in (place / "report.xml").read_text()
