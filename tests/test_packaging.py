"""The wheel carries its rules and works outside the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path


def run(*command: str | Path, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_runs_in_an_empty_environment(root: Path, seed_tables: Path, tmp_path: Path) -> None:
    # Without --wheel, `build` makes the source distribution and the wheel out of that: both are proved at once.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path / "dist", root, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")

    venv.create(tmp_path / "env", symlinks=True, with_pip=False)
    python = tmp_path / "env/bin/python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    # The dependencies come from the running environment. A .pth file's folders are searched, their own .pth files are
    # not, so that the checkout of an editable installation stays out of sight.
    here, there = (sysconfig.get_path("purelib", vars=vars) for vars in (None, {"base": str(tmp_path / "env")}))
    Path(there, "dependencies.pth").write_text(f"{here}\n")

    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(root / "seeds", elsewhere / "seeds")
    place = run(python, "-c", "import aifund; print(aifund.__file__)", cwd=elsewhere)
    assert place.startswith(str(tmp_path / "env"))
    run(tmp_path / "env/bin/aifund", "extract", "seeds", cwd=elsewhere)
    for name in ("events.json", "events.csv", "entities.csv"):
        assert (elsewhere / "output" / name).read_bytes() == (seed_tables / name).read_bytes()
