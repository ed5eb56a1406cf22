"""Rows of any table or list become articles: which of their fields hold what.

Names are compared without case, spaces and punctuation: `publishedAt`, `published_at` and `Published At` are one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from aifund.errors import UsageError
from aifund.model import Article
from aifund.sources import markup
from aifund.sources.encoding import well_formed

SUMMARIES = ("description", "summary", "abstract", "leadparagraph")  # what stands in for a text
# The names that the interfaces of news services, crawlers and data sets use, the best first. A dot leads into an
# object; `text` is what the output contract names, so it is taken to the letter.
KNOWN: dict[str, tuple[str, ...]] = {
    "id": ("id", "articleid", "uuid", "guid", "uri"),
    "title": ("title", "headline.main", "headline", "webtitle", "name"),
    "text": ("text", "maintext", "body", "fulltext", "plaintext", "articletext", "articlebody", "content.rendered",
             "content", "contenttext", "contenthtml", "fields.bodytext", "bodytext", "fields.body",
             *SUMMARIES),
    "published": ("published", "publishedat", "datepublish", "datepublished", "publisheddate", "publicationdate",
                  "publishdate", "pubdate", "webpublicationdate", "datetime", "date"),
    "publisher": ("publisher.name", "publisher", "source.name", "source.title", "sitename", "thread.site", "source",
                  "outlet", "publication", "sourcedomain", "domain"),
    "url": ("url", "link", "weburl", "canonicalurl", "links.permalink", "requestedurl", "permalink"),
    "language": ("language", "lang"),
}  # fmt: skip

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})(?:[T ].*)?", re.DOTALL)
_MAIL_DAY = re.compile(r"(?:[A-Za-z]{3}, ?)?[0-9]{1,2} [A-Za-z]{3,9} [0-9]{4}\b.*")
log = logging.getLogger(__name__)


class BadRow(ValueError):
    """A row that is no article; the message says why, `id` is the row's own id where it has one."""

    def __init__(self, reason: str, id: str = "") -> None:
        super().__init__(reason)
        self.id = id


@dataclass(frozen=True, slots=True)
class Fields:
    """`named` says under which name the rows hold a part of an article, before the known names."""

    named: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Iterable[str]) -> Fields:
        """From settings such as `text=BODY` or `publisher=source.label`; raises UsageError."""
        named: dict[str, str] = {}
        for setting in settings:
            part, _, name = setting.partition("=")
            if part.strip() not in KNOWN or not name.strip():
                raise UsageError(f"--field {setting!r} is not known — give PART=NAME, PART out of {', '.join(KNOWN)}")
            named[part.strip()] = name.strip()
        return cls(named)

    def names(self, part: str) -> tuple[str, ...]:
        """Where to look for a part, the best first."""
        return (self.named[part],) if part in self.named else KNOWN[part]

    def has_text(self, row: Mapping[str, Any]) -> bool:
        """Whether a row looks like an article."""
        return bool(_found(_keyed(row), self.names("text"))[0])

    def has_full_text(self, row: Mapping[str, Any]) -> bool:
        """Whether a row looks like an article that is more than a summary."""
        return _found(_keyed(row), self.names("text"))[0] not in ("", *SUMMARIES)

    def article(self, row: Mapping[str, Any], stem: str, place: str) -> Article:
        """The row as an article, called `stem` where it bears no id; `place` names it in warnings. Raises BadRow."""
        keyed = _keyed(row)
        id = _id(keyed, self.names("id"))
        name, value = _found(keyed, self.names("text"))
        text = _string(name, value, id)
        if not text.strip():
            raise BadRow("empty" if name else f"no text (say which field holds it: --field text=NAME){_held(row)}", id)
        if name not in ("text", self.named.get("text")) and markup.is_markup(text):
            text = markup.plain(text)
        rest = {part: self._text(keyed, part, id) for part in ("title", "publisher", "url", "language")}
        return Article(id or stem, text, published=self._published(keyed, place), **rest)

    def _text(self, keyed: Mapping[str, Any], part: str, id: str) -> str:
        return _string(*_found(keyed, self.names(part)), id)

    def _published(self, keyed: Mapping[str, Any], place: str) -> date | None:
        name, value = _found(keyed, self.names("published"))
        day = day_of(value)
        if day is None and name:
            log.warning("%s: `%s` is no ISO date: %r; the article stays undated", place, name, value)
        return day


def day_of(value: object) -> date | None:
    """The day as the value writes it, in its own time zone: of an ISO 8601 or an e-mail date; None for all else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = value.strip() if isinstance(value, str) else ""
    try:
        if match := _DAY.fullmatch(written):
            return date.fromisoformat(match[1])
        return parsedate_to_datetime(written).date() if _MAIL_DAY.fullmatch(written) else None
    except ValueError:  # the 31st of February: like any other string that is no date
        return None


def is_empty(row: Mapping[str, Any]) -> bool:
    """Whether a row holds nothing at all."""
    return all(value is None or value == "" for value in row.values())


def _key(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def _keyed(row: Mapping[str, Any]) -> dict[str, Any]:
    keyed: dict[str, Any] = {}
    for name, value in row.items():
        keyed.setdefault(_key(name), value)
    return keyed


def _found(keyed: Mapping[str, Any], names: Iterable[str]) -> tuple[str, Any]:
    """The first of the names that holds something other than an object or a list, with what it holds."""
    first = ""
    for name in names:
        value = keyed.get(_key(name))
        head, dot, rest = name.partition(".")
        inner = keyed.get(_key(head))
        if value is None and dot and isinstance(inner, dict):
            value = _found(_keyed(inner), (rest,))[1]
        if value is None or isinstance(value, (dict, list)):
            continue
        if value != "":
            return name, value
        first = first or name
    return first, ""


def _id(keyed: Mapping[str, Any], names: Iterable[str]) -> str:
    name, value = _found(keyed, names)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(_string(name, value, "").split())


def _string(name: str, value: object, id: str) -> str:
    if not isinstance(value, str):
        raise BadRow(f"`{name}` is not a string", id)
    if "\0" in value:
        raise BadRow(f"`{name}` holds a NUL character", id)
    return well_formed(value)


def _held(row: Mapping[str, Any], shown: int = 8) -> str:
    names = [str(name)[:40] for name in row][:shown]
    return f"; it has {', '.join(names)}" if names else ""
