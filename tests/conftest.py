"""What all tests share: the checkout's folders and a way to run the command line as users do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

Completed = subprocess.CompletedProcess[str]
Aifund = Callable[..., Completed]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="rewrite what failing cases expect, and still fail")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five seed articles."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def aifund() -> Aifund:
    """`aifund("extract", path, env={...}, cwd=...)` runs the command line in its own process."""

    def run(*arguments: object, env: dict[str, str] | None = None, cwd: Path = ROOT) -> Completed:
        return subprocess.run(
            [sys.executable, "-m", "aifund", *map(str, arguments)],
            env={**os.environ, **(env or {})},
            cwd=cwd,
            text=True,
            encoding="utf-8",
            capture_output=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def seed_tables(aifund: Aifund, seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `aifund extract seeds/` writes, made once for all tests: look, do not touch."""
    folder = tmp_path_factory.mktemp("seeds") / "output"
    done = aifund("extract", seeds, "--output", folder)
    assert done.returncode == 0, done.stderr
    return folder
