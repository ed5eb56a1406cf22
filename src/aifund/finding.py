"""What is found in one input on its own, before it is seen together with all others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aifund.entities.catalogue import Catalogue
from aifund.events.reports import reports
from aifund.inputs import row
from aifund.language.cited import cited
from aifund.language.datelines import article_date
from aifund.language.legible import Legible
from aifund.language.mentions import Reader
from aifund.model import Article, ArticleRow, Report
from aifund.sources import Item

if TYPE_CHECKING:
    from aifund.rules import Rules


@dataclass(frozen=True, slots=True)
class Finding:
    """An input, dated where it tells its date, with its row, its reports and the publication that it passes on."""

    item: Item
    row: ArticleRow
    reports: tuple[Report, ...] = ()
    cites: str = ""

    def under(self, id: str) -> Finding:
        """The same under another id."""
        if id == self.item.id:
            return self
        told = tuple(replace(report, article=id) for report in self.reports)
        return Finding(replace(self.item, id=id), replace(self.row, article=id), told, self.cites)


class Finder:
    """Finds what inputs tell by the rules, in no more than the first `characters` of each."""

    def __init__(self, rules: Rules, catalogue: Catalogue, characters: int) -> None:
        self._rules = rules
        self._reader = Reader(rules, catalogue)
        self._characters = characters

    def find(self, item: Item) -> Finding:
        item = dated(item, self._rules)
        made = row(item, self._characters)
        if not isinstance(item, Article) or made.outcome != "no_event":
            return Finding(item, made)
        told = self._told(item)
        return Finding(item, made, tuple(told), cited(item, self._reader.lexicon) if told else "")

    def _told(self, article: Article) -> list[Report]:
        legible = Legible(replace(article, text=article.text[: self._characters]))
        return [legible.delivered(report) for report in reports(legible.article, self._reader.read(legible.article))]


def dated(item: Item, rules: Rules) -> Item:
    """An article dated by its own dateline where the input gives no date; else what it was."""
    if isinstance(item, Article) and item.published is None:
        dateline = article_date(item.text, rules)
        return replace(item, published=dateline.value.max) if dateline else item
    return item
