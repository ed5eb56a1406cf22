"""What every input format has in common: what a reader gets, and what it gives."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from aifund.model import Article, Unreadable
from aifund.sources.fields import Fields
from aifund.sources.limits import Limits

HEAD = 4096  # bytes by which a format is known


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was left out on purpose, and why."""

    id: str
    reason: str
    path: str


Item = Article | Unreadable | Skipped


class Refused(ValueError):
    """An input that is not read, or not further; the message says why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read: within which limits, and which fields of rows hold what."""

    limits: Limits = field(default_factory=Limits)
    fields: Fields = field(default_factory=Fields)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, unpacked. `id` is what an article is called that bears no id of its own, `path` is where the
    bytes come from as people are told it (`news.zip/a.html`).
    """

    id: str
    path: str
    stream: io.BufferedReader
    reading: Reading

    @property
    def limits(self) -> Limits:
        return self.reading.limits

    def unreadable(self, reason: str, id: str = "") -> Unreadable:
        return Unreadable(id or self.id, reason, self.path)

    def skipped(self, reason: str) -> Skipped:
        return Skipped(self.id, reason, self.path)

    def head(self) -> bytes:
        """The first bytes, without reading on."""
        return self.stream.peek(HEAD)[:HEAD]

    def whole(self) -> bytes:
        """All bytes of a file that is one article; raises Refused where they are too many."""
        data = self.stream.read(self.limits.article + 1)
        if len(data) > self.limits.article:
            raise Refused(f"larger than {self.limits.article} bytes (--limit article)")
        return data

    def seekable(self) -> io.BufferedReader | io.BytesIO:
        """The bytes for libraries that jump in them: the file itself, or a copy in memory of one that was packed."""
        return self.stream if self.stream.seekable() else io.BytesIO(self.whole())

    def lines(self) -> Iterator[bytes]:
        """The lines, of which one that is too long is cut just beyond the limit (the rest of it is passed over)."""
        most = self.limits.article + 1
        while line := self.stream.readline(most):
            yield line
            while len(line) == most and not line.endswith(b"\n"):
                line = self.stream.readline(most)


@dataclass(frozen=True, slots=True)
class Form:
    """An input format: its name, what it is for people, the endings of its files (lower case, with the dot), whether
    a file's first bytes look like it, and its reader.

    A reader yields articles and what could not become one; what it raises costs the rest of its file.
    """

    name: str
    about: str
    endings: tuple[str, ...]
    looks: Callable[[bytes], bool]
    read: Callable[[Source], Iterator[Item]]
