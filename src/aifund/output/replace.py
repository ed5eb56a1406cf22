"""Replacing a folder of files as a whole, so that a reader finds the old set or the new one and never a mixture.

The new set is written and synced beside the folder, in a stage `.<name>.aifund-XXXXXXXX/new`, and then takes the
folder's place: on Linux in one step (renameat2 with RENAME_EXCHANGE), elsewhere by two renames. What was in the folder
and is no file of the set moves over afterwards. A run that is killed leaves its stage behind; the next run finishes or
undoes what it was about, so that nothing is lost.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from aifund import signals
from aifund.errors import OutputError

File = tuple[str, Iterable[bytes]]
AT_FDCWD = -100
RENAME_EXCHANGE = 2


def replace_set(
    directory: Path, files: Iterable[File], names: Collection[str], first: Callable[[], None] = lambda: None
) -> None:
    """Make `files` the set in `directory`, creating it where it is missing. The caller holds `lock.alone(directory)`.

    The files come in pieces. `names` are all names that a set can have: those that `files` lacks vanish, every other
    file stays. `first` is called when all is written, just before the new set takes its place. Raises OutputError;
    the previous set is then untouched, or the message says what else is the case.
    """
    try:
        target = directory.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        _recover(target, names)
        _refuse_unfit(directory, target, names)
        stage = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
        try:
            _write(stage / "new", files, like=target)
        except BaseException:
            _discard(stage, target, names)
            raise
        with signals.held():
            _put_in_place(stage, target, names, directory, first)
    except OSError as error:
        raise OutputError(explain(error, directory)) from error


def _put_in_place(
    stage: Path, target: Path, names: Collection[str], directory: Path, first: Callable[[], None]
) -> None:
    try:
        first()
        _swap(stage, target)
    except BaseException:
        _discard(stage, target, names)
        raise
    try:
        sync(target.parent)  # before the old set goes: a power cut must find one of the two
        _settle(stage, target, names)
    except OSError as error:
        raise OutputError(f"{directory} is written, but not all was tidied up beside it: {error}") from error


def _discard(stage: Path, target: Path, names: Collection[str]) -> None:
    with contextlib.suppress(OSError):
        _settle(stage, target, names)


def _refuse_unfit(directory: Path, target: Path, names: Collection[str]) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"cannot write to {directory}: it is a file; give a folder with --output")
    if not os.access(target, os.W_OK):
        raise OutputError(f"cannot write to {directory}: the folder is read-only; give another one with --output")
    if Path.cwd().is_relative_to(target):
        raise OutputError(
            f"cannot write to {directory}: the folder is replaced as a whole, so it cannot be the one you are in; "
            "give a folder of its own with --output"
        )
    for name in sorted(names):
        if (target / name).is_dir():
            raise OutputError(f"cannot write {directory / name}: it is a folder; move it away")


def explain(error: OSError, directory: Path) -> str:
    """Why the set could not be put into `directory`, and the remedy."""
    reason = error.strerror or str(error)
    if error.errno in (errno.EBUSY, errno.EXDEV):
        return f"cannot replace {directory}: {reason} (a mount point?); give a folder below it with --output"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"cannot write to {directory}: {reason}; the folder is replaced as a whole, which takes the right to write "
            "in the folder above it too. Give another one with --output"
        )
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"cannot write to {directory}: a file stands where a folder above it should; give another with --output"
    return f"cannot write to {directory}: {reason}; a previous output is untouched"


def _prefix(target: Path) -> str:
    return f".{target.name}.aifund-"


def _write(folder: Path, files: Iterable[File], like: Path) -> None:
    """Write the set into a new folder with owner and access rights of the one it replaces, and sync it to the disk."""
    folder.mkdir()
    if like.exists():
        owner = like.stat()
        with contextlib.suppress(PermissionError):  # only root gives away; a group of one's own may be given
            os.chown(folder, owner.st_uid if os.geteuid() == 0 else -1, owner.st_gid)
        shutil.copystat(like, folder)  # with access control lists, which new files inherit
    for name, pieces in files:
        with (folder / name).open("xb") as handle:
            handle.writelines(pieces)
            handle.flush()
            os.fsync(handle.fileno())
    sync(folder)


def _swap(stage: Path, target: Path) -> None:
    """Put `stage/new` in the target's place; the old folder, where there was one, ends in the stage."""
    if not target.exists():
        os.rename(stage / "new", target)
    elif not _exchange(stage / "new", target):
        os.rename(target, stage / "old")
        try:
            os.rename(stage / "new", target)
        except BaseException:
            os.rename(stage / "old", target)
            raise


def _exchange(left: Path, right: Path) -> bool:
    """Swap two folders in one step; False where the system or the file system cannot."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    done: int = renameat2(AT_FDCWD, os.fsencode(left), AT_FDCWD, os.fsencode(right), RENAME_EXCHANGE)
    return done == 0


def _recover(target: Path, names: Collection[str]) -> None:
    """Finish or undo what runs that were killed have left beside the target."""
    for stage in sorted(target.parent.iterdir()):
        if stage.name.startswith(_prefix(target)) and stage.is_dir():
            _settle(stage, target, names)


def _settle(stage: Path, target: Path, names: Collection[str]) -> None:
    """Take a stage away: a replaced folder returns if nothing took its place, else what is no set's file moves on."""
    if not target.exists() and (stage / "old").is_dir():
        os.rename(stage / "old", target)
    for folder in (stage / "new", stage / "old"):
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            if entry.name in names:
                entry.unlink()
            elif not os.path.lexists(target / entry.name):
                os.rename(entry, target / entry.name)
    for folder in (stage / "new", stage / "old", stage):
        with contextlib.suppress(OSError):  # not there, or not empty: the target has got a file of the same name since
            folder.rmdir()


def sync(folder: Path) -> None:
    """Brings to the disk which files a folder holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
