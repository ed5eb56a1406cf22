"""Chinese names in Latin letters, so that "红杉" and "Hongshan" can meet."""

from __future__ import annotations

import re
from functools import lru_cache

_CHINESE = re.compile("[㐀-鿿]")


def is_chinese(name: str) -> bool:
    """Whether `name` holds a Chinese character."""
    return not name.isascii() and _CHINESE.search(name) is not None


@lru_cache(maxsize=1 << 12)
def pinyin(name: str) -> str:
    """`name` with its Chinese characters spelled in pinyin without tones, letters and digits only, in lower case."""
    from pypinyin import lazy_pinyin  # its tables cost 50 ms: loaded only where Chinese characters are met

    return latin("".join(lazy_pinyin(name)))


def latin(name: str) -> str:
    """The letters and digits of `name` in lower case: how a name in Latin letters compares with a pinyin."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
