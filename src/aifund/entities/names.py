"""Forms under which two spellings of one name are the same text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})
_POSSESSIVE = re.compile(r"'s?\s*$")
_SLASHED = re.compile(r"\ba/s\b")
_INITIALS = re.compile(r"\b(?:[^\W_]\.){2,}(?:[^\W_]\b)?")
_WORDS = re.compile(r"(?:[^\W_]|\+)+")


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """`name` without case, accents, punctuation, a possessive at its end and "the" at its start.

    Words are divided by one space ("S.p.A." is one word, "Zorblat.ai" two), "&" is "and"; empty if nothing is left.
    """
    text = name.translate(_APOSTROPHES)
    text = text.casefold() if text.isascii() else _plain(text)
    if "'" in text:
        text = _POSSESSIVE.sub("", text).replace("'", "")
    if "&" in text:
        text = text.replace("&", " and ")
    if "/" in text:
        text = _SLASHED.sub("as", text)
    if "." in text:
        text = _INITIALS.sub(lambda found: found.group().replace(".", ""), text)
    words = [word for word in _WORDS.findall(text) if word.strip("+")]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def name_key(name: str, legal: Collection[str]) -> str:
    """`fold(name)` without the words of legal forms at its end: "Zorblat Co., Ltd." and "ZORBLAT" have one key.

    `legal` are such words, folded. Words like Capital, AI or Group are part of a name and stay; a name is never empty
    for having nothing but a legal form.
    """
    folded = fold(name)
    head, _, last = folded.rpartition(" ")
    while head and (last in legal or last == "and"):
        folded = head
        head, _, last = folded.rpartition(" ")
    return folded


def heads(key: str, tails: Collection[str]) -> Iterator[str]:
    """`key` without one, two and more of the generic words `tails` at its end; its first word always stays."""
    head, _, last = key.rpartition(" ")
    while head and last in tails:
        yield head
        head, _, last = head.rpartition(" ")


def slug(key: str) -> str:
    """An id out of a folded name: its words joined by "-", letters of any script kept."""
    return "-".join(re.findall(r"[^\W_]+", key)) or "unnamed"


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)
