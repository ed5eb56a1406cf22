"""One run at a time into an output folder: a lock that the kernel holds and drops with the process, however it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from aifund.errors import Busy, OutputError
from aifund.output.replace import explain


@contextlib.contextmanager
def alone(directory: Path) -> Iterator[None]:
    """While the block runs, no other run writes to `directory`.

    The lock is on a hidden file beside the folder, which itself is replaced; the file goes with the run, and one that a
    killed run has left behind stops nobody. Raises Busy at once where another run is at work, and OutputError where
    the folder could not be written anyway.
    """
    target = directory.resolve()
    path = target.parent / f".{target.name}.aifund.lock"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = _take(path, directory)
    except OSError as error:
        raise OutputError(explain(error, directory)) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # the lock goes with the process at the latest
            path.unlink()
        with contextlib.suppress(OSError):
            os.close(handle)


def _take(path: Path, directory: Path) -> int:
    """The open and locked file at `path`, which says who holds it."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, handle):  # else its last holder has removed it meanwhile
                os.ftruncate(handle, 0)
                os.write(handle, _self().encode())
                return handle
        except BlockingIOError:
            holder = os.pread(handle, 1000, 0).decode(errors="replace") or "another run"
            os.close(handle)
            raise Busy(f"{directory} is being written by {holder} — try again when it has ended") from None
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _self() -> str:
    return f"process {os.getpid()} on {os.uname().nodename}, at work since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
