"""E-mails, one or a mailbox of them (the standard library's email): of newsletters the HTML part."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from aifund.model import Article
from aifund.sources import markup
from aifund.sources.encoding import NotText, decode, well_formed
from aifund.sources.fields import day_of
from aifund.sources.form import Form, Item, Source

_HEADER = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|Date|Subject|X-[\w-]+): ", re.IGNORECASE
)

_BEGIN = re.compile(rb"From \S+ .*\d:\d\d.* \d{4}\s*$")  # RFC 4155; "From here on" is prose


def read(source: Source) -> Iterator[Item]:
    """The file as one article."""
    yield _article(source.whole(), source, "")


def read_box(source: Source) -> Iterator[Item]:
    """The e-mails of the mailbox as articles, in file order."""
    for number, (data, cut) in enumerate(_messages(source), 1):
        place = f"message {number}: "
        if cut:
            yield source.unreadable(f"{place}larger than {source.limits.article} bytes (--limit article)")
        else:
            yield _article(data, source, place)


def _messages(source: Source) -> Iterator[tuple[bytes, bool]]:
    """Each message, cut where it is too large: it begins at a line "From " behind an empty one (RFC 4155)."""
    lines: list[bytes] = []
    size = 0
    open_ = False
    for line in source.lines():
        if _BEGIN.match(line) and (not open_ or not lines[-1].strip()):
            if open_:
                yield b"".join(lines), size > source.limits.article
            lines, size, open_ = [b""], 0, True
            continue
        size += len(line)
        lines.append(line[1:] if line.startswith(b">From ") else line)
        if size > source.limits.article:
            lines = [lines[-1][-2:]]
    if open_:
        yield b"".join(lines), size > source.limits.article


def _article(data: bytes, source: Source, place: str) -> Item:
    message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(data)
    id = _header(message, "Message-ID").strip("<>") or source.id
    try:
        text = _text(message)
    except NotText as error:
        return source.unreadable(f"{place}{error}", id)
    if not text:
        return source.unreadable(f"{place}no text", id)
    name, address = parseaddr(_header(message, "From"))
    return Article(
        id,
        text,
        title=_header(message, "Subject"),
        published=day_of(_header(message, "Date")),
        publisher=name or address.rpartition("@")[2],
        url=_header(message, "Archived-At").strip("<>"),
        language=_header(message, "Content-Language"),
    )


def _text(message: EmailMessage) -> str:
    part = message.get_body(("html", "plain"))
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    text = decode(data if isinstance(data, bytes) else b"", str(part.get_content_charset() or ""))
    kind = part.get_content_type()
    return well_formed(markup.plain(text) if kind == "text/html" else markup.unwrapped(text)).strip()


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):  # the header parser's own faults on broken ones
        return ""
    return well_formed(" ".join(value.split()))


FORM = Form("mail", "an e-mail", (".eml",), lambda head: len(_HEADER.findall(head[:1000])) > 2, read)
BOX = Form("mailbox", "a mailbox of e-mails", (".mbox",), lambda head: head.startswith(b"From "), read_box)
