"""The form of a text in which rules look for their words."""

from __future__ import annotations

import unicodedata
from functools import cache

_QUOTES = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'", "ʼ": "'",
           "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"'}  # fmt: skip
_DASHES = "‐‑‒–—―−﹘﹣"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"


def matching(text: str) -> str:
    """`text` with straight quotes, `-` for every dash, plain spaces and ASCII for full-width forms.

    The result has the same length: each code point stands where it stood, so that spans hold in both.
    """
    return text if text.isascii() and "\t" not in text and "`" not in text else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    table = {ord(char): plain for char, plain in _QUOTES.items()}
    table.update((ord(char), "-") for char in _DASHES)
    table.update((ord(char), " ") for char in _SPACES)
    for code in range(0xFF01, 0xFFEF):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and (plain.isascii() or plain in "¢£¥₩"):
            table[code] = plain
    table[ord("﹩")] = "$"
    return table
