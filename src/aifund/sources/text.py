"""Plain text: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator

from aifund.model import Article
from aifund.sources.encoding import decode
from aifund.sources.form import Form, Item, Source


def read(source: Source) -> Iterator[Item]:
    """The file as one article; its text is the decoded content to the letter, so that offsets hold in the file."""
    text = decode(source.whole())
    yield Article(source.id, text) if text.strip() else source.unreadable("empty")


FORM = Form("text", "plain text, one article a file", (".txt", ".text", ".md"), lambda head: True, read)
