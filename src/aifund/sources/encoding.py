"""From bytes to text by a fixed ladder: byte order mark, declared encoding, UTF-8, then what the bytes themselves show.

No character is dropped or replaced on the way: an encoding counts only if it decodes every byte.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What news was written in before UTF-8; the order decides between equals.
_LEGACY = (
    "gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1252", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1254",
    "cp1255", "cp1256", "cp874",
)  # fmt: skip
_SAMPLE = 32 * 1024
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class NotText(ValueError):
    """Bytes that are no text; the message says why."""


def decode(data: bytes, declared: str = "") -> str:
    """The bytes as text, line ends as they are, without byte order mark; raises NotText for what is binary."""
    encoding = encoding_of(data, declared)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:  # only a marked encoding comes here: all others have been tried
        raise NotText(f"broken {encoding}: {error}") from None
    if "\0" in text:
        raise NotText("binary, not text (it holds NUL bytes)")
    if encoding not in ("utf-8", "utf-8-sig") and len(_CONTROL.findall(text[:_SAMPLE])) * 50 > len(text[:_SAMPLE]):
        raise NotText("binary, not text (it holds control characters)")
    return text


def encoding_of(data: bytes, declared: str = "") -> str:
    """The encoding on whose rung of the ladder the bytes stop."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if marked:
        return marked
    if declared and _decodes(data, declared):
        return declared
    if _decodes(data, "utf-8"):
        return _unmarked_utf16(data) or "utf-8"
    return _unmarked_utf16(data) or _by_evidence(data)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without its mark shows in Latin text: every other byte is NUL."""
    sample = data[: _SAMPLE & ~1]
    if len(data) % 2 or len(data) < 4 or b"\0" not in sample:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most = len(sample) * 0.3
    return "utf-16-le" if odd > most and not even else "utf-16-be" if even > most and not odd else ""


def _by_evidence(data: bytes) -> str:
    """The legacy encoding whose text looks most like a language; windows-1252 as the web reads it decodes all bytes."""
    from charset_normalizer import from_bytes

    if b"\0" not in data[:_SAMPLE]:
        for match in from_bytes(data[:_SAMPLE], cp_isolation=list(_LEGACY), preemptive_behaviour=False):
            if _decodes(data, match.encoding):
                return match.encoding
    if _decodes(data, "cp1252"):
        return "cp1252"
    import ftfy.bad_codecs  # noqa: F401  # registers the encoding

    return "sloppy-windows-1252"


def well_formed(text: str) -> str:
    """The text with each lone surrogate (half of a character, which no file can hold) replaced, length unchanged."""
    return _SURROGATE.sub("\ufffd", text)
