"""Who speaks in each article: what repeats another's report is no source of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from aifund.model import Article

Repeats = Mapping[str, str]  # whom an article repeats
NOTHING: Repeats = MappingProxyType({})


def voices(ids: Iterable[str], articles: Mapping[str, Article], repeats: Repeats, cited: Repeats) -> dict[str, str]:
    """The voice of each article: that of the one it repeats, else of the publication it cites, else its publisher's,
    else its own.
    """
    out: dict[str, str] = {}
    first: dict[str, str] = {}
    for article in sorted(ids):
        text = articles[article].text
        original = repeats.get(article) or (first.setdefault(text, article) if text else article)
        publisher = cited.get(original, "") or (articles[original].publisher if original in articles else "")
        out[article] = sys.intern(f"publisher {_key(publisher)}") if publisher else f"article {original}"
    return out


def _key(publisher: str) -> str:
    return publisher.casefold().removeprefix("the ").strip()
