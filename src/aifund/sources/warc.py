"""Web archives (warcio), such as Common Crawl's news: their HTML pages, one record after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aifund.sources.encoding import NotText
from aifund.sources.form import Form, Item, Source
from aifund.sources.page import page


def read(source: Source) -> Iterator[Item]:
    """The pages as articles under their addresses, in file order; what is no page is counted in one skipped input."""
    from warcio.archiveiterator import ArchiveIterator

    others = 0
    for record in ArchiveIterator(source.stream, no_record_parse=False):
        if record.rec_type not in ("response", "resource"):
            continue
        if _is_page(record):
            yield _article(record, source)
        else:
            others += 1
    if others:
        yield source.skipped(f"{others:,} records are no HTML pages")


def _is_page(record: Any) -> bool:
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    return "html" in _type(record) and status == "200"


def _type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").lower()


def _article(record: Any, source: Source) -> Item:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    data = record.content_stream().read(source.limits.article + 1)
    if len(data) > source.limits.article:
        return source.unreadable(f"larger than {source.limits.article} bytes (--limit article)", url)
    declared = _type(record).partition("charset=")[2].strip(" \"';")
    try:
        return page(data, url or source.id, declared, url) or source.unreadable("no text in the page", url)
    except NotText as error:
        return source.unreadable(str(error), url)


FORM = Form("warc", "web archives, their HTML pages", (".warc",), lambda head: head.startswith(b"WARC/"), read)
