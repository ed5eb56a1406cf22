"""RSS and Atom (feedparser): the full text where the feed carries it, else the summary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from aifund.model import Article
from aifund.sources import markup
from aifund.sources.encoding import well_formed
from aifund.sources.fields import day_of
from aifund.sources.form import Form, Item, Refused, Source

_ROOT = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|RDF)\b", re.IGNORECASE)


def read(source: Source) -> Iterator[Item]:
    """The entries as articles, in file order."""
    from feedparser import parse

    feed = parse(source.whole(), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        if feed.get("bozo") or not feed.get("version"):
            raise Refused(f"no RSS or Atom: {feed.get('bozo_exception', 'no feed in it')}")
        yield source.skipped("a feed without entries")
    for number, entry in enumerate(feed.entries, 1):
        text = _text(entry)
        if text:
            yield _article(entry, feed.feed, text, source)
        else:
            yield source.unreadable(f"entry {number}: no text", _line(entry.get("id") or entry.get("link")))


def _article(entry: Any, feed: Any, text: str, source: Source) -> Article:
    return Article(
        _line(entry.get("id") or entry.get("link")) or source.id,
        text,
        title=markup.line(entry.get("title")),
        published=day_of(entry.get("published") or entry.get("updated")),
        publisher=markup.line(entry.get("source", {}).get("title") or feed.get("title")),
        url=_line(entry.get("link")),
        language=_line(entry.get("language") or feed.get("language")),
    )


def _text(entry: Any) -> str:
    """The longest of what the entry says, so that a teaser never stands for the whole."""
    told = [content.get("value", "") for content in entry.get("content", ())] + [entry.get("summary", "")]
    written = max(told, key=len).strip()
    return well_formed(markup.plain(written) if markup.is_markup(written) or "&" in written else written).strip()


def _line(value: object) -> str:
    return well_formed(" ".join(value.split())) if isinstance(value, str) else ""


def _looks(head: bytes) -> bool:
    return _ROOT.search(head) is not None and b"<html" not in head.lower()


FORM = Form("feed", "RSS and Atom", (".rss", ".atom", ".xml"), _looks, read)
