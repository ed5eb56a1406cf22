"""PDF (pypdf, in the extra `pdf`): the text layer, its lines joined to paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from aifund.model import Article
from aifund.sources import markup
from aifund.sources.encoding import well_formed
from aifund.sources.form import Form, Item, Refused, Source


def read(source: Source) -> Iterator[Item]:
    """The file as one article."""
    try:
        from pypdf import PdfReader
    except ImportError:
        raise Refused("PDF needs the extra: pip install 'aifund[pdf]'") from None
    reader = PdfReader(source.seekable())
    if len(reader.pages) > source.limits.pages:
        raise Refused(f"more than {source.limits.pages} pages (--limit pages)")
    pages = [page.extract_text() for page in reader.pages]
    text = well_formed(markup.unwrapped("\n\n".join(pages)))
    if not text:
        yield source.unreadable("no text layer (a scan?)")
        return
    title = reader.metadata.title if reader.metadata else None
    yield Article(source.id, text, title=markup.line(title))


FORM = Form("pdf", "PDF, its text layer (extra `pdf`)", (".pdf",), lambda head: b"%PDF-" in head[:1024], read)
