"""What keeps the project tidy: types, lint, cheap imports, a top level without surprises, one test command."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ALLOWED = {
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "output",
    "pyproject.toml",
    "requirements.lock",
    "rules",
    "seeds",
    "src",
    "tests",
}


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_ruff(root: Path) -> None:
    run(sys.executable, "-m", "ruff", "check", "--quiet", ".", cwd=root)


def test_mypy_strict(root: Path) -> None:
    run(sys.executable, "-m", "mypy", "--strict", "src", cwd=root)


def test_the_command_line_imports_nothing_heavy(root: Path) -> None:
    heavy = "{'spacy', 'pandas', 'numpy', 'pydantic', 'rich', 're2', 'yaml', 'rapidfuzz'}"
    assert run(sys.executable, "-c", f"import sys, aifund.cli; print(*{heavy} & set(sys.modules))", cwd=root) == "\n"


def test_a_run_over_plain_text_imports_no_formats_library(root: Path) -> None:
    heavy = (
        "{'trafilatura', 'lxml', 'feedparser', 'pyarrow', 'warcio', 'pypdf', 'ijson', 'zstandard', 'ftfy', 'py3langid'}"
    )
    verbs = "aifund.publish(aifund.extract([Path('seeds')], aifund.load_rules()), Path(tempfile.mkdtemp()))"
    script = f"import sys, tempfile, aifund; from pathlib import Path; {verbs}; print(*{heavy} & set(sys.modules))"
    assert run(sys.executable, "-c", script, cwd=root) == "\n"


def test_only_the_language_stage_imports_spacy_and_only_output_imports_pandas(root: Path) -> None:
    home = {"spacy": {"language/parse.py", "language/mentions.py"}, "pandas": {"output/"}}
    for module, places in home.items():
        for path in sorted((root / "src/aifund").rglob("*.py")):
            name = path.relative_to(root / "src/aifund").as_posix()
            if re.search(rf"^\s*(?:import|from) {module}\b", path.read_text(encoding="utf-8"), re.MULTILINE):
                assert any(name.startswith(place) for place in places), f"{name} imports {module}"


def test_the_top_level_holds_only_what_belongs_there(root: Path) -> None:
    assert {path.name for path in root.iterdir() if not path.name.startswith(".")} - ALLOWED <= {"dist", "build"}


def test_ci_runs_the_readmes_test_command(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    (test_command,) = re.findall(r"^python3 -m venv .*pytest$", readme, re.MULTILINE)
    script = root / ".ci/run"
    assert test_command in script.read_text(encoding="utf-8").splitlines()
    assert script.stat().st_mode & 0o111


def test_the_lock_pins_every_dependency_and_nothing_else(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.+!-]+", line)] == []
    locked = {normal(line.partition("==")[0]) for line in lines}
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {normal(re.split(r"[<>=\[]", requirement)[0]) for requirement in wanted} <= locked
    assert "aifund" not in locked


def normal(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
