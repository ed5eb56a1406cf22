"""When two spellings count as one name: case, punctuation, legal forms and generic tails decide nothing.

This is a measure's leniency, the same for every extractor, and no part of how aifund itself tells names apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LEGAL = frozenset({
    "inc", "ltd", "llc", "corp", "co", "plc", "gmbh", "sa", "ag", "limited", "corporation", "company", "holdings",
    "lp", "llp", "pte", "pvt", "bv", "nv", "ab", "oy", "as",
})  # fmt: skip
_GENERIC = frozenset({
    "capital", "ventures", "venture", "partners", "group", "ai", "technologies", "technology", "labs", "lab",
    "management", "investments", "investment", "fund", "global", "intelligence", "systems", "networks", "advisors",
    "associates", "equity", "growth", "com", "io",
})  # fmt: skip
_POSSESSIVE = re.compile(r"'s\b")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_CORE = 3


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """The words of a name in one piece, without case, punctuation, "the" at its start and legal forms at its end."""
    return "".join(_words(name))


def same_name(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether any spelling on one side is one on the other; either may lack a generic tail (Capital, AI, Ventures)."""
    others = list(right)
    return any(_same(one, other) for one in left for other in others)


def _same(one: str, other: str) -> bool:
    if key(one) == key(other):
        return True
    core = _core(one)
    return core == _core(other) and len(core) >= _SHORTEST_CORE and core in (key(one), key(other))


@lru_cache(maxsize=1 << 14)
def _core(name: str) -> str:
    return "".join(_without_tail(_words(name), _GENERIC))


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ").replace("’", "'")
    words = _WORD.findall(_POSSESSIVE.sub("", text))
    return _without_tail(words[1:] if words[:1] == ["the"] else words, _LEGAL)


def _without_tail(words: list[str], tail: frozenset[str]) -> list[str]:
    """The words up to the last that is not in `tail`; the first always stays."""
    while len(words) > 1 and words[-1] in tail:
        words = words[:-1]
    return words
