"""A folder holds the old set or the new one, whatever happens; a few of what kills.py, faults.py and soak.py try."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import aifund
import faults
import kills
import publisher
from aifund.errors import Busy, OutputError
from aifund.output.lock import alone
from aifund.output.verify import verify
from output_samples import RESULT

if TYPE_CHECKING:
    from conftest import Aifund


@pytest.mark.parametrize("seed", range(5))
def test_a_kill_while_publishing(seed: int, tmp_path: Path) -> None:
    assert kills.kill_publishing(tmp_path / "output", random.Random(seed)) == []


def test_a_kill_during_a_run(tmp_path: Path) -> None:
    assert kills.kill_run(tmp_path / "output", random.Random(1)) == []


def test_a_few_nights_in_a_row() -> None:
    command = [sys.executable, str(Path(__file__).parent / "soak.py"), "8", "4"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.endswith("8 runs, 0 faults\n"), done.stdout


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.parametrize(
    ("call", "number", "error"),
    [
        ("openat", 3, "EACCES"),
        ("flock", 1, "EIO"),
        ("write", 5, "ENOSPC"),
        ("close", 4, "EIO"),
        ("close", 14, "EIO"),  # of the lock
        ("renameat2", 1, "EIO"),
        ("fsync", 11, "EIO"),
        ("unlink", 4, "EACCES"),
    ],
)
def test_a_system_call_that_fails(call: str, number: int, error: str, tmp_path: Path) -> None:
    assert faults.fail(tmp_path / "output", call, number, error) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 80 KiB, on which one set has room and two have not."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80k", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("only root may mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    folder = small_disk / "output"
    publisher.publish(0, folder)
    with pytest.raises(OutputError, match="No space left on device; a previous output is untouched"):
        publisher.publish(1, folder)
    assert publisher.whole(folder)
    assert {*os.listdir(small_disk)} == {"output", publisher.CHANGES}


def test_a_reader_finds_one_whole_set_at_any_time(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    aifund.publish(RESULT, folder)
    with kills.publishing(folder, "40") as process:
        assert process.stdin
        process.stdin.write(b"go\n")
        process.stdin.close()
        while process.poll() is None:
            assert verify(folder) == []
    assert process.returncode == 0


def test_two_programs_do_not_publish_at_once(tmp_path: Path) -> None:
    with alone(tmp_path / "output"), pytest.raises(Busy, match=f"process {os.getpid()} on"):
        aifund.publish(RESULT, tmp_path / "output")
    aifund.publish(RESULT, tmp_path / "output")
    assert os.listdir(tmp_path) == ["output"]


class TestVerify:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        aifund.publish(RESULT, tmp_path / "output")
        (tmp_path / "output/notes.txt").write_text("mine")
        return tmp_path / "output"

    def test_a_whole_set(self, aifund: Aifund, folder: Path) -> None:
        done = aifund("verify", folder)
        assert (done.returncode, done.stdout) == (0, f"{folder}: all files are as they were written\n")

    def test_every_difference_is_told(self, aifund: Aifund, folder: Path) -> None:
        events = (folder / "events.csv").read_bytes()
        (folder / "events.csv").write_bytes(events[:-20])
        (folder / "articles.csv").write_bytes((folder / "articles.csv").read_bytes().replace(b"moonrise", b"moonfall"))
        (folder / "reports.csv").unlink()
        done = aifund("verify", folder)
        assert done.returncode == 4
        assert done.stdout.splitlines() == [
            "articles.csv: not as it was written (other content of the same size)",
            f"events.csv: not as it was written ({len(events) - 20} bytes instead of {len(events)})",
            "reports.csv: missing",
        ]

    def test_a_file_of_another_set(self, folder: Path, tmp_path: Path) -> None:
        aifund.publish(RESULT, tmp_path / "json", {"json"})
        shutil.copy(folder / "events.csv", tmp_path / "json")
        assert verify(tmp_path / "json") == ["events.csv: no file of this set"]

    def test_counts_that_the_files_do_not_bear_out(self, folder: Path) -> None:
        manifest = folder / "manifest.json"
        manifest.write_text(manifest.read_text().replace('"events": 1,', '"events": 2,', 1))
        assert verify(folder) == [
            "events.csv: events 1, manifest.json says 2",
            "events.json: events 1, manifest.json says 2",
        ]

    @pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": {"events.csv": 1}, "counts": {}}', "\x00"])
    def test_a_broken_manifest(self, folder: Path, content: str) -> None:
        (folder / "manifest.json").write_text(content)
        assert verify(folder) == ["manifest.json: not what `aifund extract` writes"]

    def test_no_set_at_all(self, aifund: Aifund, tmp_path: Path) -> None:
        done = aifund("verify", tmp_path)
        assert done.returncode == 2
        assert "holds no manifest.json — give a folder that `aifund extract` has written" in done.stderr
