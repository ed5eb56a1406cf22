"""Two organisations of one name: which articles speak of which, by what they tell.

Within months no company raises one round twice, of other investors and for several times the sum: two articles that
say so speak of two organisations. Articles that share an investor, a valuation or a round's sum speak of one; an
article that neither shares nor contradicts anything goes to the organisation with whose articles it has most words
about the name in common that no other has, else to the first.

All is a function of the set of reports. The first organisation is the one that was first written about: later articles
seldom change the numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf

from aifund.entities.catalogue import Catalogue
from aifund.entities.names import heads
from aifund.model import REPEATABLE, Article, Money, Report

_TIMES = 3  # times another sum: no misreport
_FAR = 200  # days: later it may be a second close
_AROUND = 80  # characters before and behind a name that describe it
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Namesake:
    """Which organisation of a name an article speaks of: `number` 1 is the second one; `because` is empty of the
    first.
    """

    number: int
    because: str


@dataclass(frozen=True, slots=True)
class _Told:
    """What a report tells that ties it to others of its name, or parts it from them; no `amount`: it parts nothing."""

    article: str
    name: str
    round: str | None
    amount: Money | None
    investors: frozenset[str]
    ties: frozenset[object]
    day: date | None

    def contradicts(self, other: _Told) -> bool:
        if self.round != other.round or not self.investors.isdisjoint(other.investors):
            return False
        if not (self.day and other.day) or abs((self.day - other.day).days) > _FAR:
            return False
        return _times(self.amount, other.amount) > _TIMES


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
        pairs = ((one, its) for one in self.told for its in other.told if one.contradicts(its))
        return min(pairs, key=lambda pair: (pair[0].article, pair[1].article), default=None)

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
    """By article and key of a name: which organisation is meant, of the names that several targets bear."""
    found: dict[tuple[str, str], Namesake] = {}
    for key, told in _suspects(reports, articles, catalogue):
        for number, one in enumerate(_organisations(_told_together(told, articles))):
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
        if all(claim.needs for claim in catalogue.claims.get(key, ())) and _of_other_sums(its):
            yield key, [_told(report, articles[report.article], catalogue) for report in its]


def _of_other_sums(reports: Sequence[Report]) -> bool:
    """Whether a round's sum is told in so different figures that two organisations may have raised it."""
    sums: defaultdict[tuple[str | None, str], list[Money]] = defaultdict(list)
    for report in reports:
        if report.amount and _parts(report):
            sums[report.round, report.amount.currency].append(report.amount)
    ends = ((min(its, key=lambda one: one.max or inf), max(its, key=lambda one: one.min or 0)) for its in sums.values())
    return any(_times(low, high) > _TIMES for low, high in ends)


def _parts(report: Report) -> bool:
    """Whether a report can part two organisations: it tells who paid how much in a round that comes once."""
    once = report.round is not None and report.round not in REPEATABLE
    return once and report.status == "closed" and bool(report.amount and report.investors)


def _told(report: Report, article: Article, catalogue: Catalogue) -> _Told:
    when = report.date
    day = when.max if when and (when.max - when.min).days <= _FAR else article.published
    investors = frozenset(_firm(party.name, catalogue) for party in report.investors)
    ties: set[object] = set(investors)
    ties |= {report.valuation} if report.valuation else set()
    ties |= {(report.round, report.amount)} if report.amount else set()
    amount = report.amount if _parts(report) else None
    return _Told(report.article, report.target.name, report.round, amount, investors, frozenset(ties), day)


def _firm(name: str, catalogue: Catalogue) -> str:
    """An investor, alike under its short and its long form."""
    key = catalogue.key(name)
    claims = catalogue.claims.get(key, ())
    return claims[0].entity if len(claims) == 1 else min((key, *heads(key, catalogue.tails)), key=len)


def _told_together(told: Sequence[_Told], articles: Mapping[str, Article]) -> list[_Group]:
    """The articles in groups that common facts tie, the first written about first."""
    parents: dict[object, object] = {}

    def root(one: object) -> object:
        while parents.setdefault(one, one) != one:
            parents[one] = one = parents[parents[one]]
        return one

    for one in told:
        for tie in one.ties:
            parents[root(tie)] = root((one.article,))
    groups: defaultdict[object, _Group] = defaultdict(_Group)
    for one in told:
        groups[root((one.article,))].take(_Group({one.article: articles[one.article]}, {one.name}, [one]))
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
    return (
        f"{mine.article} and {its.article} tell a {mine.round} of very different sums without a common investor: "
        "two organisations of one name"
    )


def _times(one: Money | None, other: Money | None) -> float:
    """How many times the one sum the other is, at least; 1 where they cannot be compared."""
    if one is None or other is None or one.currency != other.currency:
        return 1
    if not (one.min and one.max and other.min and other.max):
        return 1
    return max(one.min / other.max, other.min / one.max)
