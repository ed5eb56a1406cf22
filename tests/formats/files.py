"""Files of every format, made by other tools than aifund's own readers."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage

import feedgenerator
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from fpdf import FPDF
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DAY = datetime(2025, 3, 7, 9, 30, tzinfo=UTC)


def rss(entries: list[dict[str, str]], kind: str = "Rss201rev2Feed", title: str = "The Ledger") -> bytes:
    """A feed as feedgenerator (Django's) writes it."""
    feed = getattr(feedgenerator, kind)(title=title, link="https://ledger.example/", description="News", language="en")
    for entry in entries:
        feed.add_item(link=entry["unique_id"], pubdate=DAY, **entry)
    return feed.writeString("utf-8").encode()


def warc(pages: Mapping[str, tuple[str, bytes]], gzipped: bool = False) -> bytes:
    """A web archive as warcio writes it: under each address a content type and a body."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "a crawler"}))
    for url, (kind, body) in pages.items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    return out.getvalue()


def mail(text: str, html: str = "", subject: str = "Deal of the day", id: str = "<1@ledger.example>") -> bytes:
    """An e-mail as the standard library writes it."""
    message = EmailMessage()
    message["From"] = "The Ledger <news@ledger.example>"
    message["Subject"] = subject
    message["Date"] = DAY
    message["Message-ID"] = id
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def mbox(messages: list[bytes]) -> bytes:
    return b"".join(b"From news@ledger.example Fri Mar  7 09:30:00 2025\n" + one + b"\n\n" for one in messages)


def pdf(paragraphs: list[str]) -> bytes:
    """A PDF as fpdf2 sets it, its lines broken at the margin."""
    document = FPDF()
    document.set_title("Deal of the day")
    document.add_page()
    document.set_font("helvetica", size=11)
    for paragraph in paragraphs:
        document.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT")
        document.ln(4)
    return bytes(document.output())


def parquet(rows: list[dict[str, object]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as file:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return out.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


def lines(*rows: object) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()
