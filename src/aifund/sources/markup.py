"""HTML as plain text: fragments as feeds, e-mails and news interfaces hold them. Whole pages are `page`'s."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from aifund.sources.encoding import well_formed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAG = re.compile(r"</?(?:p|br|div|a|b|i|em|strong|span|ul|ol|li|h[1-6]|table|img|figure|blockquote)\b[^<>]*>", re.I)
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "td", "th", "title", "tr", "ul",
))  # fmt: skip
# Of the longest line: one that long was broken by the page, not by its writer; one that ends a sentence may be the last
# of its paragraph.
_FULL, _FULL_AT_END = 0.6, 0.92
_END = re.compile(r"[.!?:][\"')\]”’]*$")
_ITEM = re.compile(r"(?:[-*•·‣▪●–—]|\d{1,2}[.)])\s")
_SILENT = frozenset(("script", "style", "noscript", "template"))


def is_markup(text: str) -> bool:
    """Whether a text is HTML rather than prose with a "<" in it."""
    return _TAG.search(text) is not None


def plain(html: str) -> str:
    """The text of HTML with the breaks of its blocks: paragraphs, headings, items, rows of tables, captions."""
    import html_text

    tree = parsed(html)
    return flat(html) if tree is None else str(html_text.etree_to_text(html_text.cleaner.clean_html(tree))).strip()


def parsed(html: str) -> HtmlElement | None:
    """The tree of a page; None where it is so deep (beyond 255 levels) that the parser would leave out its depths."""
    from lxml import etree
    from lxml.html import HTMLParser as TreeParser
    from lxml.html import document_fromstring

    parser = TreeParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        return None
    return None if any("depth" in entry.message for entry in parser.error_log) else tree


def flat(html: str) -> str:
    """The text of HTML read tag by tag, without a tree: for what is too deep for one."""
    reader = _Flat()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Flat(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._silent and tag in _SILENT:
            self._silent = tag
        self.parts.append("\n" if tag in _BLOCKS else " ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        self.parts.append("\n" if tag in _BLOCKS else " ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\n", " "))


def line(value: object) -> str:
    """A value of a field on one line, without tags and entities; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    return " ".join(well_formed(plain(value) if is_markup(value) else unescape(value)).split())


def unwrapped(text: str) -> str:
    """Text that was broken to the width of a page, in paragraphs: a line goes on where the one before it is full.

    A word cut by a hyphen at the line's end is joined where its second half is in lower case.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    longest = max((len(line) for line in lines), default=0)
    out: list[str] = []
    goes_on = False
    for line in lines:
        bare = line.strip()
        if goes_on and bare and not _ITEM.match(bare):
            cut = out[-1].endswith("-") and len(out[-1]) > 1 and out[-1][-2].isalpha() and bare[0].islower()
            out[-1] = out[-1][:-1] + bare if cut else f"{out[-1]} {bare}"
        else:
            out.append(bare)
        goes_on = bool(bare) and len(line) >= longest * (_FULL_AT_END if _END.search(bare) else _FULL)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()
