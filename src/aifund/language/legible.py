"""Text as it was meant: without what is only there for machines, and where each of its parts stands as delivered.

Entities (`&amp;`), soft hyphens, zero-width and direction marks, letters with their accents apart, ligatures and
mojibake ("â€™" for an apostrophe) change the length of a text, which `matching` never does. So articles are read in
their legible form, and what is found is quoted from the text as it was delivered.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from aifund.model import Article, Evidence, Part, Report

# UTF-8 read as windows-1252: what its leading bytes look like, then what its other bytes look like.
_LEAD = "Â-ßà-ïð-ô"
_REST = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_ODD = re.compile(
    rf"""(?P<entity>&(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,31}});)
    | (?P<unseen>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+)
    | (?P<composed>[^\W\d_][\u0300-\u036f]+)
    | (?P<ligature>[\ufb00-\ufb06])
    | (?P<mojibake>(?:[{_LEAD}][{_REST}]{{1,3}})+)""",
    re.VERBOSE,
)


def _mojibake(text: str) -> str:
    from ftfy import fix_encoding

    return fix_encoding(text)


_MEND: dict[str, Callable[[str], str]] = {
    "entity": html.unescape,
    "unseen": lambda text: "",
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "ligature": lambda text: unicodedata.normalize("NFKC", text),
    "mojibake": _mojibake,
}


@dataclass(frozen=True, slots=True)
class Mended:
    """`text` with the places that were changed: where each begins and ends in it, and in the text as delivered."""

    text: str
    starts: list[int] = field(default_factory=list)
    changes: list[tuple[int, int, int]] = field(default_factory=list)  # end here; start and end as delivered

    def delivered(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the text as delivered."""
        return self._at(start, 1), self._at(end - 1, 2) + (not self._inside(end - 1))

    def _change(self, offset: int) -> tuple[int, int, int]:
        index = bisect_right(self.starts, offset) - 1
        return self.changes[index] if index >= 0 else (0, 0, 0)

    def _inside(self, offset: int) -> bool:
        return offset < self._change(offset)[0]

    def _at(self, offset: int, edge: int) -> int:
        change = self._change(offset)
        return change[edge] if offset < change[0] else change[2] + offset - change[0]


def mended(text: str) -> Mended:
    """The text as it was meant."""
    if text.isascii() and "&" not in text:
        return Mended(text)
    out: list[str] = []
    starts: list[int] = []
    changes: list[tuple[int, int, int]] = []
    length = done = 0
    for match in _ODD.finditer(text):
        meant = _MEND[match.lastgroup or ""](match.group())
        if meant == match.group():
            continue
        out += [text[done : match.start()], meant]
        length += match.start() - done
        starts.append(length)
        length += len(meant)
        changes.append((length, match.start(), match.end()))
        done = match.end()
    return Mended("".join((*out, text[done:])), starts, changes)


class Legible:
    """An article as it was meant: `article` is to be read, `delivered` turns what was read back."""

    def __init__(self, article: Article) -> None:
        self._delivered = article
        self._parts: dict[Part, Mended] = {"title": mended(article.title), "text": mended(article.text)}
        changed = any(part.changes for part in self._parts.values())
        title, text = self._parts["title"].text, self._parts["text"].text
        self.article = replace(article, title=title, text=text) if changed else article

    def delivered(self, report: Report) -> Report:
        """The report with its evidence quoted from the article as it was delivered."""
        if self.article is self._delivered:
            return report
        return replace(report, evidence=tuple(self._quoted(one) for one in report.evidence))

    def _quoted(self, one: Evidence) -> Evidence:
        part = self._parts.get(one.part)
        if part is None or one.start < 0:
            return one
        start, end = part.delivered(one.start, one.end)
        return replace(one, start=start, end=end, quote=self._delivered.part(one.part)[start:end])
