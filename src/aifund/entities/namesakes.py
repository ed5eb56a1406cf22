"""Two organisations of one name: which articles speak of which, by what they tell.

Within months no company raises one round twice, of other investors and for several times the sum: two articles that
say so speak of two organisations. So do two of one month that name another lead beside another sum, unless both place
the name in one trade. Where they place it in trades that have nothing in common ("the robot maker", "the home lender"),
a less different sum is enough; and where either does so in two words or more, so is another round. Articles that share
an investor, a valuation or a round's sum speak of one organisation; an article that neither shares nor contradicts
anything goes to the one with whose articles it has most words about the name in common that no other has, else to the
first.

All is a function of the set of reports. The first organisation is the one that was first written about: later articles
seldom change the numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations

from aifund.entities.catalogue import Catalogue
from aifund.entities.names import heads
from aifund.entities.trades import Trades
from aifund.model import REPEATABLE, Article, Money, Report

_TIMES = 3  # times another sum: no misreport
_TIMES_BY_STRANGENESS = (_TIMES, 1.5, 1.1)  # what tells organisations apart whose trades differ by 0, 1, 2 words
_LEAST_TIMES = min(_TIMES_BY_STRANGENESS)
_FAR = 200  # days: later it may be a second close
_MONTH = 31  # days: later it may be an extension with a lead of its own
_AROUND = 80  # characters before and behind a name that describe it
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Namesake:
    """Which organisation of a name an article speaks of: `number` 1 is the second one."""

    number: int
    because: str


@dataclass(frozen=True)
class _Told:
    """What a report tells that ties it to others of its name, or parts it from them; no `amount`: it parts nothing."""

    report: Report
    article: Article
    amount: Money | None
    investors: frozenset[str]
    ties: frozenset[object]
    day: date | None
    known: Trades

    def differs(self, other: _Told) -> float:
        """How many times the one sum the other is, of deals that can only be two organisations' or two deals of one."""
        if not self.investors.isdisjoint(other.investors) or not (self.day and other.day):
            return 1
        return 1 if abs((self.day - other.day).days) > _FAR else times(self.amount, other.amount)

    def contradicts(self, other: _Told, strangeness: int) -> bool:
        """Whether two organisations are meant; `strangeness` is how little their articles place them in one trade."""
        differs = self.differs(other)
        if self.report.round is None or self.report.round != other.report.round:
            return differs > _TIMES and strangeness > 1
        if strangeness == 0 and self._led_otherwise(other):
            return differs > _LEAST_TIMES
        return differs > _TIMES_BY_STRANGENESS[min(max(strangeness, 0), 2)]

    def _led_otherwise(self, other: _Told) -> bool:
        """Whether either tells within a month who led, which in `differs` is somebody else."""
        parties = (self.report.investors, other.report.investors)
        led = all(any(party.role == "lead" for party in its) for its in parties)
        return led and self.day is not None and other.day is not None and abs((self.day - other.day).days) <= _MONTH

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of trades beside the name in the article."""
        investors = {name for party in self.report.investors for name in (party.name, *party.as_written)}
        target = self.report.target
        names = {target.name, *target.as_written}
        return self.known.told(f"{self.article.title}\n{self.article.text}", names, investors - names)


@dataclass(slots=True, eq=False)
class _Group:
    """Articles that speak of one organisation."""

    articles: dict[str, Article] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    told: list[_Told] = field(default_factory=list)
    because: str = ""

    @property
    def age(self) -> tuple[date, str]:
        days = (article.published for article in self.articles.values())
        return min((day for day in days if day), default=date.max), min(self.articles)

    def quarrel(self, other: _Group) -> tuple[_Told, _Told] | None:
        """The first two reports of which one contradicts the other."""
        pairs = [(one, its) for one in self.told for its in other.told if one.differs(its) > _LEAST_TIMES]
        strangeness = self.strangeness(other) if pairs else 0
        found = [pair for pair in pairs if pair[0].contradicts(pair[1], strangeness)]
        return min(found, key=lambda pair: (pair[0].article.id, pair[1].article.id), default=None)

    def strangeness(self, other: _Group) -> int:
        """The least words that place either in its trades, 0 where either is in none; -1 where both are in one."""
        mine, its = (frozenset[str]().union(*(told.words for told in group.told)) for group in (self, other))
        trades = self.told[0].known
        return min(len(mine), len(its)) if trades.of(mine).isdisjoint(trades.of(its)) else -1

    def words(self) -> set[str]:
        """The words about the name in its articles."""
        names = re.compile("|".join(map(re.escape, sorted(self.names, key=lambda name: (-len(name), name)))))
        texts = (f"{article.title}\n{article.text}" for article in self.articles.values())
        spans = ((text, found) for text in texts for found in names.finditer(text))
        around = (text[max(0, found.start() - _AROUND) : found.end() + _AROUND] for text, found in spans)
        return {word for words in around for word in _WORD.findall(words.casefold())}

    def take(self, other: _Group) -> None:
        self.articles |= other.articles
        self.names |= other.names
        self.told += other.told


def namesakes(
    reports: Sequence[Report], articles: Mapping[str, Article], catalogue: Catalogue
) -> dict[tuple[str, str], Namesake]:
    """By article and key of a name: which organisation is meant, where it is not the first of several of that name."""
    found: dict[tuple[str, str], Namesake] = {}
    for key, told in _suspects(reports, articles, catalogue):
        for number, one in enumerate(_organisations(_told_together(told))):
            if number:
                found |= {(article, key): Namesake(number, one.because) for article in one.articles}
    return found


def _suspects(
    reports: Sequence[Report], articles: Mapping[str, Article], catalogue: Catalogue
) -> Iterator[tuple[str, list[_Told]]]:
    """Keys of names that the catalogue does not know for sure, of which reports tell what may be two organisations'."""
    by_name: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_name[report.target.name].append(report)
    by_key: defaultdict[str, list[Report]] = defaultdict(list)
    for name, its in by_name.items():
        by_key[catalogue.key(name)] += its
    for key, its in by_key.items():
        if len({report.amount for report in its}) > 1 and all(claim.needs for claim in catalogue.claims.get(key, ())):
            told = [_told(report, articles[report.article], catalogue) for report in its]
            if any(one.differs(other) > _LEAST_TIMES for one, other in combinations(told, 2)):
                yield key, told


def _parts(report: Report) -> bool:
    """Whether a report can part two organisations: it tells who paid how much, in no round that may come again."""
    return report.round not in REPEATABLE and report.status == "closed" and bool(report.amount and report.investors)


def _told(report: Report, article: Article, catalogue: Catalogue) -> _Told:
    when = report.date
    day = when.max if when and (when.max - when.min).days <= _FAR else article.published
    investors = frozenset(_firm(party.name, catalogue) for party in report.investors)
    ties: set[object] = set(investors)
    ties |= {report.valuation} if report.valuation else set()
    ties |= {(report.round, report.amount)} if report.amount else set()
    amount = report.amount if _parts(report) else None
    return _Told(report, article, amount, investors, frozenset(ties), day, catalogue.trades)


def _firm(name: str, catalogue: Catalogue) -> str:
    """An investor, alike under its short and its long form."""
    key = catalogue.key(name)
    claims = catalogue.claims.get(key, ())
    return claims[0].entity if len(claims) == 1 else min((key, *heads(key, catalogue.tails)), key=len)


def _told_together(told: Sequence[_Told]) -> list[_Group]:
    """The articles in groups that common facts tie, the first written about first."""
    parents: dict[object, object] = {}

    def root(one: object) -> object:
        while parents.setdefault(one, one) != one:
            parents[one] = one = parents[parents[one]]
        return one

    for one in told:
        for tie in one.ties:
            parents[root(tie)] = root((one.article.id,))
    groups: defaultdict[object, _Group] = defaultdict(_Group)
    for one in told:
        groups[root((one.article.id,))].take(_Group({one.article.id: one.article}, {one.report.target.name}, [one]))
    return sorted(groups.values(), key=lambda group: group.age)


def _organisations(groups: Sequence[_Group]) -> list[_Group]:
    """The groups, those of one organisation together; no more than one where none contradicts another."""
    apart = [one for one in groups if any(one.quarrel(other) for other in groups if other is not one)]
    found: list[_Group] = []
    for group in (*apart, *(group for group in groups if group not in apart)):
        friends = [one for one in found if not one.quarrel(group)]
        if friends:
            _nearest(group, friends, found).take(group)
        elif apart:
            found.append(group)
    found.sort(key=lambda group: group.age)
    for one in found[1:]:
        one.because = _because(one, found[0])
    return found


def _nearest(group: _Group, friends: Sequence[_Group], found: Sequence[_Group]) -> _Group:
    """Of `friends`, the one with whose articles the group has most words in common that no other of `found` has."""
    words = {id(one): one.words() for one in (group, *found)}

    def common(one: _Group) -> int:
        others = set[str]().union(*(words[id(other)] for other in found if other is not one))
        return len(words[id(group)] & words[id(one)] - others)

    return max(friends, key=common)


def _because(one: _Group, first: _Group) -> str:
    pair = one.quarrel(first)
    if pair is None:
        return f"told apart from others of its name, of which {min(first.articles)} tells"
    mine, its = pair
    both = f"{mine.article.id} and {its.article.id}"
    without = "without a common investor: two organisations of one name"
    if mine.contradicts(its, strangeness=-1):
        return f"{both} tell a {mine.report.round} of very different sums {without}"
    if not (mine.words and its.words):
        return f"{both} tell a {mine.report.round} with other sums and other leads, {without}"
    trades = " and ".join(", ".join(sorted(told.words)) for told in pair)
    return f"{both} place it in other trades ({trades}), with other sums and {without}"


def times(one: Money | None, other: Money | None) -> float:
    """How many times the one sum the other is, at least; 1 where they cannot be compared."""
    if one is None or other is None or one.currency != other.currency:
        return 1
    if not (one.min and one.max and other.min and other.max):
        return 1
    return max(one.min / other.max, other.min / one.max)
