"""Plain text: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator

from aifund.model import Article
from aifund.sources.form import LIMIT, Form, Input, Item, NotText, decode


def read(source: Input) -> Iterator[Item]:
    """The file as one article; its text is the decoded content to the letter, so that offsets hold in the file."""
    with source.path.open("rb") as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        yield source.unreadable(f"larger than {LIMIT} bytes")
        return
    try:
        text = decode(data)
    except NotText as error:
        yield source.unreadable(str(error))
        return
    yield Article(source.id, text) if text.strip() else source.unreadable("empty")


FORM = Form((".txt", ".text", ".md"), read)
