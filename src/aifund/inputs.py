"""What a run says of each input before anything is found in it: a row of articles.csv."""

from __future__ import annotations

import hashlib

from aifund.language.identify import SUPPORTED, language_of
from aifund.model import Article, ArticleRow, Unreadable
from aifund.sources import Item, Skipped


def row(item: Item, characters: int) -> ArticleRow:
    """The input with its outcome so far: `no_event` is that of an article that is to be read, of which no more than
    `characters` are.
    """
    if isinstance(item, Unreadable):
        return ArticleRow(article=item.id, outcome="unreadable", reason=item.reason)
    if isinstance(item, Skipped):
        return ArticleRow(article=item.id, outcome="skipped", reason=item.reason)
    language = language_of(item)
    foreign = language not in ("", SUPPORTED)
    return ArticleRow(
        article=item.id,
        outcome="unsupported_language" if foreign else "no_event",
        reason=f"no rules for the language {language!r}" if foreign else _cut(item, characters),
        title=item.title,
        publisher=item.publisher,
        published=item.published.isoformat() if item.published else "",
        language=item.language or language,
        url=item.url,
        sha256=_digest(item),
    )


def _cut(article: Article, characters: int) -> str:
    length = len(article.text)
    return f"only the first {characters:,} of {length:,} characters were searched" if length > characters else ""


def _digest(article: Article) -> str:
    return hashlib.sha256(f"{article.title}\n{article.text}".encode("utf-8", "surrogatepass")).hexdigest()
