"""HTML pages (trafilatura): the main text without navigation and advertisements; title, publisher, date, address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from aifund.model import Article
from aifund.sources import markup
from aifund.sources.encoding import decode, well_formed
from aifund.sources.fields import day_of
from aifund.sources.form import Form, Item, Source

_DECLARED = re.compile(rb"<meta[^>]{1,200}charset=[\"' ]*([\w:.-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,500}\blang=[\"']?([A-Za-z-]{2,10})", re.IGNORECASE)
# A page's own date and no guess from its prose; the day of the run, by default the last one allowed, must not matter.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}


def read(source: Source) -> Iterator[Item]:
    """The file as one article."""
    article = page(source.whole(), source.id)
    yield article or source.unreadable("no text in the page")


def page(data: bytes, id: str, declared: str = "", url: str = "") -> Article | None:
    """A page as an article; None where it has no text. `declared` is the encoding that its server told, `url` where
    the page was found. Raises NotText.
    """
    stated = _DECLARED.search(data[:4096])
    html = decode(data, declared or (stated[1].decode("ascii") if stated else "")).replace("\0", "")
    tree = markup.parsed(html)
    found = None if tree is None else _extracted(tree, url)
    text = (found.text if found else "") or (markup.flat(html) if tree is None else markup.plain(html))
    if not text.strip():
        return None
    language = _LANGUAGE.search(html[:4096])
    return Article(
        id,
        well_formed(text),
        title=markup.line(found and found.title),
        published=day_of(found and found.date),
        publisher=markup.line(found and (found.sitename or found.hostname)),
        url=markup.line(found and found.url) or url,
        language=language[1] if language else "",
    )


def _extracted(tree: Any, url: str) -> Any:
    from trafilatura import bare_extraction

    return bare_extraction(
        tree, url=url or None, with_metadata=True, include_comments=False, date_extraction_params=_DATES
    )


def _looks(head: bytes) -> bool:
    return re.search(rb"<(?:!doctype html|html|head|body)\b", head, re.IGNORECASE) is not None


FORM = Form("html", "pages, their main text", (".html", ".htm", ".xhtml"), _looks, read)
