"""Settings that need no flag: in aifund.toml or [tool.aifund] of pyproject.toml, outweighed by AIFUND_* variables.

Flags outweigh both. The nearest file counts, from the current folder upwards; each setting is named like its flag.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aifund.errors import Problem, SettingsError

if TYPE_CHECKING:
    import tomllib

Value = str | bool | list[str]  # as the command line has it

OWN, SHARED = "aifund.toml", "pyproject.toml"
SECTION = re.compile(r"^\s*\[\s*tool\s*\.\s*aifund\b", re.MULTILINE)


def _word(value: object, _folder: Path) -> Value | None:
    return value if isinstance(value, str) else None


def _path(value: object, folder: Path) -> Value | None:
    return str(folder / value) if isinstance(value, str) else None


def _flag(value: object, _folder: Path) -> Value | None:
    return value if isinstance(value, bool) else None


def _number(value: object, _folder: Path) -> Value | None:
    return str(value) if type(value) in (int, float) else None


def _words(value: object, _folder: Path) -> Value | None:
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return ",".join(value)
    return value if isinstance(value, str) else None


def _pairs(value: object, _folder: Path) -> Value | None:
    if isinstance(value, dict) and all(type(part) in (str, int) for part in value.values()):
        return [f"{name}={part}" for name, part in value.items()]
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """What a setting may hold, in words, and how the command line writes it (None: not of this kind)."""

    words: str
    read: Callable[[object, Path], Value | None]


PATH = Kind("a path, as a string", _path)
FLAG = Kind("true or false", _flag)
PAIRS = Kind("a table of names and strings or numbers", _pairs)
SETTINGS: Mapping[str, Kind] = {
    "output": PATH,
    "ledger": PATH,
    "changes": PATH,
    "max-seconds": Kind("a number", _number),
    "format": Kind('a string, or a list of strings, such as ["csv"]', _words),
    "rules": PATH,
    "checks": PATH,
    "only-ai": FLAG,
    "field": PAIRS,
    "limit": PAIRS,
    "quiet": FLAG,
    "log-format": Kind("a string", _word),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file sets; `file` is None where there is none. Paths in it are relative to the file."""

    file: Path | None
    values: Mapping[str, Value]


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"AIFUND_{name.upper().replace('-', '_')}"


def load(folder: Path, environment: Mapping[str, str]) -> Settings:
    """The settings that hold in a folder. Raises SettingsError, also for a variable AIFUND_* that is no setting."""
    known = {variable(name) for name in SETTINGS}
    if unknown := sorted(name for name in environment if name.startswith("AIFUND_") and name not in known):
        raise SettingsError([Problem("environment", 0, name, _unknown(sorted(known))) for name in unknown])
    for place in (folder, *folder.parents):
        for file in (place / OWN, place / SHARED):
            text = _text(file)
            if text is not None and (file.name == OWN or SECTION.search(text)):
                return Settings(file, _values(file, text, Path() if place == folder else place))
    return Settings(None, {})


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        if file.name != OWN:
            return None  # somebody else's file
        raise SettingsError([Problem(os.path.relpath(file), 0, "", f"cannot be read: {error}")]) from error


def _values(file: Path, text: str, folder: Path) -> dict[str, Value]:
    import tomllib

    path = os.path.relpath(file)
    try:
        content: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([_syntax(path, error)]) from error
    section = content if file.name == OWN else content["tool"]["aifund"]
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, value in section.items():
        kind = SETTINGS.get(name)
        held = kind.read(value, folder) if kind else None
        if held is not None:
            values[name] = held
        else:
            message = f"must be {kind.words}" if kind else _unknown(SETTINGS)
            problems.append(Problem(path, _line(text, name, file.name), name, message))
    if problems:
        raise SettingsError(problems)
    return values


def _unknown(known: Mapping[str, object] | list[str]) -> str:
    return f"no setting — known are {', '.join(known)}"


def _syntax(path: str, error: tomllib.TOMLDecodeError) -> Problem:
    line = re.search(r"at line (\d+)", str(error))
    return Problem(path, int(line[1]) if line else 0, "", f"not TOML: {error}")


def _line(text: str, name: str, file: str) -> int:
    """The line on which a setting stands; 0 where it is written in some other way."""
    section = SECTION.search(text) if file == SHARED else None
    start = section.start() if section else 0
    found = re.compile(rf"^\s*(?:\[.*)?[\"']?{re.escape(name)}[\"']?\s*[=.\]]", re.MULTILINE).search(text, start)
    return text.count("\n", 0, found.end()) + 1 if found else 0


def render(held: Mapping[str, tuple[object, str]], file: Path | None) -> str:
    """For people: each setting, its value and where it comes from, told as click's name of the source."""
    origins = {"DEFAULT_MAP": os.path.relpath(file) if file else "", "DEFAULT": "default"}
    rows = [
        (name, _shown(value), origins.get(source, f"environment, {variable(name)}"))
        for name, (value, source) in held.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(f"{name:{widths[0]}}  {value:{widths[1]}}  {origin}" for name, value, origin in rows)


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(value) or "-"
    return "-" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
