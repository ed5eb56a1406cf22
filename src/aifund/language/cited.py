"""Whose report an article passes on: "according to the Financial Times", "Reuters reported"."""

from __future__ import annotations

from aifund.language.lexicon import Lexicon
from aifund.language.text import matching
from aifund.model import Article

_HEAD = 1200  # code points in which an article says where its news is from
_NEAR = 80  # code points beside the name of a publication


def cited(article: Article, lexicon: Lexicon) -> str:
    """The first publication that the head of the article names as its source, as written; "" where it names none."""
    head = matching(article.text[:_HEAD])
    for source in lexicon.find("publication", head):
        before = head[max(0, source.start - _NEAR) : source.start].rstrip()
        after = head[source.end : source.end + _NEAR]
        cites = any(mention.end == len(before) for mention in lexicon.find("cites", before))
        if cites or any(mention.start == 0 for mention in lexicon.find("cited", after)):
            return source.text
    return ""
