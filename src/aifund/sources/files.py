"""One input file, however it is packed: unpacked, told by format and read, each fault kept to what it breaks."""

from __future__ import annotations

import io
import logging
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from aifund.model import Unreadable
from aifund.sources import unpack
from aifund.sources.encoding import NotText
from aifund.sources.form import Item, Reading, Refused, Skipped, Source
from aifund.sources.registry import ENDINGS, form_of
from aifund.sources.unpack import Budget
from aifund.sources.walk import STDIN, Entry, Found

log = logging.getLogger(__name__)


def items(entry: Entry, reading: Reading) -> Iterator[Item]:
    """What the file holds; it costs only itself where it can't be read."""
    if not isinstance(entry, Found):
        yield entry
        return
    try:
        with closing(_open(entry.path)) as file:
            size = 0 if entry.path == STDIN else os.fstat(file.fileno()).st_size
            yield from opened(entry.id, str(entry.path), file, reading, size=size, named=entry.named)
    except OSError as error:
        yield Unreadable(article_id(entry), error.strerror or str(error), str(entry.path))


def article_id(entry: Entry) -> str:
    """What a file is called as an article, as long as nobody has looked into it."""
    return _stem(entry.id) if isinstance(entry, Found) else entry.id


def opened(
    name: str, path: str, file: BinaryIO, reading: Reading, *, size: int = 0, named: bool = True
) -> Iterator[Item]:
    """What the bytes of a file hold; `size` is how many they are, 0 where nobody knows."""
    yield from _File(named, reading, Budget(size, reading.limits)).items(name, path, unpack.buffered(file))


def _open(path: Path) -> BinaryIO:
    """The file; what has become a pipe or a device since it was found is not waited for."""
    if path == STDIN:
        return io.BufferedReader(io.FileIO(sys.stdin.fileno(), closefd=False))
    file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError("not a regular file")
    return file


def _stem(name: str) -> str:
    """What an article is called in a file whose content could not be asked for its format."""
    for ending in unpack.ENDINGS:
        name = name.removesuffix(ending) or name
    return form_of(name, b"")[1]


class _File:
    """One input file with all that is packed in it; `named` tells that the user gave it itself."""

    def __init__(self, named: bool, reading: Reading, budget: Budget) -> None:
        self._named = named
        self._reading = reading
        self._budget = budget

    def items(self, name: str, path: str, stream: io.BufferedReader, depth: int = 0) -> Iterator[Item]:
        """The items of a file or member; whatever its reader stumbles over costs the rest of it and no more."""
        source = Source(_stem(name), path, stream, self._reading)
        try:
            name, stream = unpack.unpacked(name, stream, self._budget)
            source = replace(source, stream=stream)
            if kind := unpack.archive(name, source.head()):
                yield from self._members(kind, replace(source, id=name.removesuffix(f".{kind}")), depth)
            else:
                yield from self._articles(name, source, self._named and not depth)
        except (Refused, NotText, OSError, EOFError) as error:
            yield source.unreadable(getattr(error, "strerror", None) or str(error) or "cut off")
        except Exception as error:  # the formats' libraries raise anything on a broken file
            log.info("%s: %s", path, error, exc_info=True)
            yield source.unreadable(" ".join(f"broken: {type(error).__name__}: {error}".split())[:300])

    @staticmethod
    def _articles(name: str, source: Source, named: bool) -> Iterator[Item]:
        form, stem = form_of(name, source.head())
        if form is None:
            reason = f"no reader for .{name.rpartition('.')[2]} (known: {', '.join(sorted(ENDINGS))})"
            yield source.unreadable(reason) if named else source.skipped(reason)
            return
        yield from form.read(replace(source, id=stem))

    def _members(self, kind: str, source: Source, depth: int) -> Iterator[Item]:
        if depth == source.limits.nesting:
            raise Refused(f"archives nested deeper than {depth} (--limit nesting)")
        for name, opener in unpack.members(kind, source, self._budget):
            id, path = f"{source.id}/{name}", f"{source.path}/{name}"
            if opener is None:
                yield Skipped(id, "not a regular file", path)
                continue
            try:
                member = opener()
            except Exception as error:  # encrypted, or packed in a way that is not known
                yield Unreadable(_stem(id), str(error) or type(error).__name__, path)
                continue
            yield from self.items(id, path, member, depth + 1)
