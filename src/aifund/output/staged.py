"""One file that is replaced as a whole, when its writer says so: a reader finds the old one or the new one."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from aifund.errors import OutputError
from aifund.output.replace import sync

T = TypeVar("T")


@contextlib.contextmanager
def staged(path: Path, text: str) -> Iterator[Callable[[], None]]:
    """Writes `text` to the disk beside `path`; calling what the block gets puts it in the place of `path`.

    The file keeps its owner and access rights. A pipe or device is written to at that moment instead. What a killed run
    leaves beside the file is overwritten by the next one. Raises OutputError.
    """
    if _told(path, lambda: _special(path)):
        yield lambda: _told(path, lambda: _pour(path, text))
        return
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.aifund")
    try:
        _told(path, lambda: _write(beside, text, like=target))
        yield lambda: _told(path, lambda: _replace(beside, target))
    finally:
        with contextlib.suppress(OSError):  # it is in its place, or could not be written
            beside.unlink()


def _pour(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _special(path: Path) -> bool:
    """Whether `path` is a pipe or device."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


def _told(path: Path, step: Callable[[], T]) -> T:
    try:
        return step()
    except OSError as problem:
        raise OutputError(f"cannot write {path}: {problem.strerror} — name a file in a folder you can write") from None


def _write(beside: Path, text: str, like: Path) -> None:
    with beside.open("wb") as handle:
        if like.exists():
            owner = like.stat()
            with contextlib.suppress(PermissionError):  # only root gives away; a group of one's own may be given
                os.chown(beside, owner.st_uid if os.geteuid() == 0 else -1, owner.st_gid)
            shutil.copymode(like, beside)
        handle.write(text.encode("utf-8", "backslashreplace"))
        handle.flush()
        os.fsync(handle.fileno())


def _replace(beside: Path, target: Path) -> None:
    os.replace(beside, target)
    sync(target.parent)
