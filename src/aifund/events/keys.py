"""The key under which the spellings of a name meet."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def key_of(name: str) -> str:
    """A name without case, spaces and punctuation, so that its spellings meet."""
    return "".join(c for c in name.casefold().removeprefix("the ") if c.isalnum())
