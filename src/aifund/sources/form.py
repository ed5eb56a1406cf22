"""What every input format has in common: the contract of a reader, and strict decoding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aifund.model import Article, Unreadable

LIMIT = 64 * 1024 * 1024  # bytes of one article; a larger one is no article but an accident or a bomb
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was left out on purpose, and why."""

    id: str
    reason: str
    path: str


Item = Article | Unreadable | Skipped


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read. `id` is what an article is called that bears no id of its own."""

    path: Path
    id: str

    def unreadable(self, reason: str, id: str = "") -> Unreadable:
        return Unreadable(id or self.id, reason, str(self.path))


@dataclass(frozen=True, slots=True)
class Form:
    """An input format: the endings of its files (lower case, with the dot) and its reader.

    A reader yields articles and what could not become one; it may raise OSError, and nothing else.
    """

    endings: tuple[str, ...]
    read: Callable[[Input], Iterator[Item]]


class NotText(ValueError):
    """Bytes that are no UTF-8 text; the message says why."""


def decode(data: bytes) -> str:
    """UTF-8 bytes (a byte order mark is dropped) as text, line ends as they are; raises NotText."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotText("UTF-16, not UTF-8")
    if b"\0" in data:
        raise NotText("binary, not text (it holds NUL bytes)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(f"not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start})") from None


def well_formed(text: str) -> str:
    """The text with each lone surrogate (half of a character, which no file can hold) replaced, length unchanged."""
    return _SURROGATE.sub("\ufffd", text)
