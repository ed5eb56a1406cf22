"""Which files the given paths hold, in one order whatever the order they were given in."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aifund.errors import UsageError
from aifund.model import Unreadable
from aifund.sources.encoding import well_formed
from aifund.sources.form import Skipped


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `id` is its name below the given folder, with POSIX slashes; `named`: the user gave it itself."""

    id: str
    path: Path
    named: bool


Entry = Found | Unreadable | Skipped
STDIN = Path("-")


def find(paths: Sequence[Path]) -> list[Entry]:
    """The files of all paths, sorted by absolute path; a file reached twice stands once, under its longest name.

    Hidden files below a folder are left out. Links and special files below a folder come as Skipped (so that no
    loop, no way out of the folder and no endless device is followed), folders that may not be read as Unreadable.
    Raises UsageError when a path does not exist and is no pattern that files fit.
    """
    absolute = cache(os.path.realpath)
    best: dict[tuple[str, ...], Entry] = {}
    for entry in (entry for given in paths for path in _meant(given) for entry in _below(path)):
        parent, name = os.path.split(os.path.abspath(entry.path))
        key = Path(absolute(parent), name).parts
        held = best.get(key)
        if held is None or (len(entry.id), entry.id) > (len(held.id), held.id):
            best[key] = entry
    return [best[key] for key in sorted(best)]


def _meant(path: Path) -> list[Path]:
    """The path, or the files and folders that fit it where it is a pattern (`news/**/*.html`)."""
    if path == STDIN or os.path.lexists(path):
        return [path]
    fitting = glob.glob(str(path), recursive=True) if glob.has_magic(str(path)) else []
    if not fitting:
        raise UsageError(f"{path} does not exist — give the folder or file that holds the articles")
    return [Path(name) for name in fitting]


def _below(path: Path) -> Iterator[Entry]:
    if path == STDIN:
        yield Found("stdin", path, named=True)
        return
    if path.is_file():
        yield Found(_name(path.name), path, named=True)
        return
    if not path.is_dir():
        yield Unreadable(_name(path.name), "not a regular file", str(path))
        return
    folders = [(path, "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            yield Unreadable(prefix.rstrip("/") or _name(folder.name), error.strerror or str(error), str(folder))
            continue
        for entry in entries:
            name = prefix + _name(entry.name)
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                yield Skipped(name, "symbolic link, not followed", entry.path)
            elif entry.is_dir():
                folders.append((Path(entry.path), name + "/"))
            elif entry.is_file():
                yield Found(name, Path(entry.path), named=False)
            else:
                yield Skipped(name, "not a regular file", entry.path)


def _name(name: str) -> str:
    """A file name as text that any output can hold (a name need not be valid Unicode, nor free of line ends)."""
    return " ".join(well_formed(name).splitlines())
