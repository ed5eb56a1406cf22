"""Packed files and archives as streams: nothing is written anywhere, and bombs end at a limit."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from aifund.sources.encoding import well_formed
from aifund.sources.form import Refused, Source
from aifund.sources.limits import Limits

_BUFFER = 64 * 1024
Member = tuple[str, Callable[[], io.BufferedReader] | None]


def _zstd(stream: BinaryIO) -> BinaryIO:
    from zstandard import ZstdDecompressor

    return cast(BinaryIO, ZstdDecompressor().stream_reader(stream, read_across_frames=True))


# The first bytes of a packed file, its endings (".tgz" is short for ".tar.gz"), and what unpacks it.
_PACKED: tuple[tuple[bytes, dict[str, str], Callable[[BinaryIO], Any]], ...] = (
    (b"\x1f\x8b", {".gz": "", ".tgz": ".tar"}, lambda stream: gzip.GzipFile(fileobj=stream)),
    (b"BZh", {".bz2": "", ".tbz2": ".tar"}, bz2.BZ2File),
    (b"\xfd7zXZ\x00", {".xz": "", ".txz": ".tar"}, lzma.LZMAFile),
    (b"\x28\xb5\x2f\xfd", {".zst": "", ".tzst": ".tar"}, _zstd),
)
ENDINGS = (*(ending for _, endings, _ in _PACKED for ending in endings), ".zip", ".tar")


class Budget:
    """How much one input file may unpack to, over all its layers and members; `size` is its own, in bytes."""

    def __init__(self, size: int, limits: Limits) -> None:
        self._most = max(limits.unpacked, limits.ratio * size)
        self._taken = 0

    def take(self, count: int) -> None:
        """Raises Refused where the file unpacks to too much."""
        self._taken += count
        if self._taken > self._most:
            raise Refused(f"unpacks to more than {self._most} bytes: a bomb? (--limit ratio, --limit unpacked)")


class _Metered(io.RawIOBase):
    """The bytes of another stream, charged to a budget. What was read before a fault is given before it is raised."""

    def __init__(self, inner: Any, budget: Budget | None) -> None:
        self._inner = inner
        self._budget = budget
        self._fault: Exception | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._budget is None and bool(self._inner.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._inner.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and self._fault is None:
            try:
                data = self._inner.read(len(view) - filled)
                if self._budget:
                    self._budget.take(len(data))
            except Exception as fault:
                self._fault = fault
                break
            if not data:
                break
            view[filled : filled + len(data)] = data
            filled += len(data)
        if self._fault and not filled:
            raise self._fault
        return filled


def buffered(stream: Any, budget: Budget | None = None) -> io.BufferedReader:
    """A stream that can be looked into (`peek`), whatever it comes from."""
    return io.BufferedReader(_Metered(stream, budget), _BUFFER)


def unpacked(name: str, stream: io.BufferedReader, budget: Budget) -> tuple[str, io.BufferedReader]:
    """A file's name without the endings of what packs it, and the bytes in it; as they are where nothing does."""
    for magic, endings, opener in _PACKED:
        if stream.peek(len(magic)).startswith(magic):
            ending = next((ending for ending in endings if name.lower().endswith(ending)), "")
            bare = name[: len(name) - len(ending)] + endings.get(ending, "")
            return unpacked(bare, buffered(opener(cast(BinaryIO, stream)), budget), budget)
    return name, stream


def archive(name: str, head: bytes) -> str:
    """The kind of an archive, zip or tar, else ""; a document that is a zip inside (.docx) is none."""
    kind = "zip" if head.startswith((b"PK\3\4", b"PK\5\6")) else "tar" if head[257:262] == b"ustar" else ""
    ending = PurePosixPath(name).suffix.lower()
    return kind if ending in ("", f".{kind}") else ""


def members(kind: str, source: Source, budget: Budget) -> Iterator[Member]:
    """The files in an archive, in its order, under paths that lead nowhere outside; hidden files are left out.

    Each comes with what opens it, before the next one is asked for; None for a link or a device.
    """
    found = _zip(source.seekable()) if kind == "zip" else _tar(source.stream)
    for path, opener in found:
        parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if parts and not any(part.startswith((".", "__MACOSX")) for part in parts):
            yield well_formed("/".join(parts)), opener and partial(_opened, opener, budget)


def _opened(opener: Callable[[], Any], budget: Budget) -> io.BufferedReader:
    return buffered(opener(), budget)


def _zip(stream: Any) -> Iterator[tuple[str, Callable[[], Any] | None]]:
    with zipfile.ZipFile(stream) as file:
        for info in file.infolist():
            if not info.is_dir():
                yield info.filename, partial(file.open, info)


def _tar(stream: Any) -> Iterator[tuple[str, Callable[[], Any] | None]]:
    with tarfile.open(fileobj=stream, mode="r|") as file:
        for info in file:
            if not info.isdir():
                yield info.name, partial(file.extractfile, info) if info.isreg() else None
