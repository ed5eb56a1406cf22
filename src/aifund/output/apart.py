"""Tables and articles stay apart: a run must not read its own tables at its next turn, nor write over an input."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from aifund.errors import UsageError


def keep_file_apart(inputs: Sequence[Path], output: Path, file: Path, what: str) -> None:
    """Raises UsageError where `file` (called `what`) would be read as input, or lies in the folder that is replaced."""
    place = Path(os.path.realpath(file))
    folders = [Path(os.path.realpath(path)) for path in inputs if os.path.isdir(path)]
    for folder in (Path(os.path.realpath(output)), *folders):
        if place.is_relative_to(folder):
            raise UsageError(f"{what} {file} lies in {folder} — keep it outside of the input and output folders")


def keep_apart(inputs: Sequence[Path], output: Path, names: Collection[str]) -> None:
    """Raises UsageError where the output folder would be read as input, or where its files are inputs.

    `names` are the files that a set can have. A hidden folder in an input folder is never read, so it may hold the
    output, and an output folder may hold inputs that are no files of a set.
    """
    folder = Path(os.path.realpath(output))
    for path in inputs:
        place = Path(os.path.realpath(path))
        if os.path.isdir(place) and folder.is_relative_to(place):
            if not any(part.startswith(".") for part in folder.relative_to(place).parts):
                where = "is" if folder == place else "lies in"
                raise UsageError(
                    f"the output folder {output} {where} the input folder {path}, so its tables would be read as "
                    "articles — give a folder outside of it with --output"
                )
        elif place.parent == folder and place.name in names:
            raise UsageError(f"{path} would be replaced by the tables — give another folder with --output")
