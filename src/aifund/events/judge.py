"""Whether what a report says supports that it tells of an event, or contradicts it.

Support: a shared round (2; 0 for kinds that a company can repeat at will, as debt or grants), equal sums (2),
the same month (2) or a distance up to 45 days (1), equal valuations (1), a shared investor (1), a shared lead (1).
Against it: sums or valuations that differ, investors without overlap, more than 45 days (1 each). Where one side knows
the deal only as talks or rumours, and no other investors, 125 days may pass until it is done, and sums within a quarter
of each other count nothing. Contradictions:

- two named rounds;
- more than 200 days, except for one named round, told again by an article that states no date, with the sum, or without
  a sum but with an investor;
- sums that differ more than threefold, except for one named round in one month; where the investors differ altogether
  too, there are two companies of one name;
- deals more than 45 days apart (125 where one side is talks), without a common round, unless the same sum is told of
  both: investors pay again ("up to $4 billion" in autumn, $2.75 billion in spring); of one round done, where the sums
  differ by more than a quarter: an extension or tranche;
- two reports of one article, which told them apart, unless they share round or sum, or one adds nothing to the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from aifund.events.compare import apart, dated_by_publication
from aifund.events.rates import Rates
from aifund.model import REPEATABLE, Article, Money, Report, Valuation

_MONTH, _NEAR, _FAR = 31, 45, 200  # days
_VAGUE = 125  # days: a longer period says in which year, not when
_TALKS = 125  # days from talks to the deal
_CLEARLY = 3  # times another sum: not the same sum misreported
_EXPECTED = 1.25  # times another sum: as near as talks come to the deal, and what is misreported to the truth
JOINS = 1  # the support from which a report joins an event

Span = tuple[int, int]  # first and last day as ordinals; 0: no first day is known


class Support(NamedTuple):
    """What speaks for one event, point by point; what speaks against it counts -1."""

    round: int
    time: int
    sum: int
    valuation: int
    investors: int
    leads: int

    @property
    def total(self) -> int:
        return sum(self)


@dataclass(frozen=True, slots=True)
class Fact:
    """What of a report counts for joining it with others."""

    report: Report
    span: Span | None
    day: date | None  # whose reference rate holds for its sums
    investors: frozenset[str]
    leads: frozenset[str]
    dated: bool  # better than to a year
    bare: bool  # without round, sum and valuation
    background: bool
    by_publication: bool  # its date rests on nothing but that of its article


@dataclass(slots=True, eq=False)
class Cluster:
    """The reports joined so far, and the distinct things that they say."""

    background: bool
    reports: list[Report] = field(default_factory=list)
    round: str | None = None
    closed: bool = False
    day: date | None = None
    spans: set[Span] = field(default_factory=set)
    amounts: dict[Money, None] = field(default_factory=dict)
    valuations: dict[Valuation, None] = field(default_factory=dict)
    investors: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    statuses: dict[str, set[str]] = field(default_factory=dict)  # by article
    rivals: dict[Cluster, set[str]] = field(default_factory=dict)  # what its articles fit as well

    def add(self, fact: Fact) -> None:
        report = fact.report
        self.reports.append(report)
        self.round = self.round or report.round
        self.closed = self.closed or report.status == "closed"
        self.day = self.day or fact.day
        self.investors |= fact.investors
        self.leads |= fact.leads
        self.statuses.setdefault(report.article, set()).add(report.status)
        if fact.span and not self._told_again(fact, fact.span):
            self.spans.add(fact.span)
        if report.amount:
            self.amounts[report.amount] = None
        if report.valuation:
            self.valuations[report.valuation] = None

    def _told_again(self, fact: Fact, span: Span) -> bool:
        """Whether the day of an article says nothing about when the deal was: others told of it long before."""
        return fact.by_publication and bool(self.spans) and all(_gap(span, own) > _FAR for own in self.spans)


def fact_of(report: Report, article: Article) -> Fact:
    """What of a report of `article` counts."""
    span = _span(report, article.published)
    dated = report.date is not None and (report.date.max - report.date.min).days <= _VAGUE
    bare = not (report.round or report.amount or report.valuation)
    return Fact(
        report=report,
        span=span,
        day=report.date.max if report.date else article.published,
        investors=frozenset(party.id for party in report.investors),
        leads=frozenset(party.id for party in report.investors if party.role == "lead"),
        dated=dated,
        bare=bare,
        background=bare and not dated and report.status == "closed",
        by_publication=dated_by_publication(report),
    )


def _span(report: Report, published: date | None) -> Span | None:
    """When a deal happened as far as a report tells: what is told as done happened before, the rest is of the day."""
    if report.date:
        return report.date.min.toordinal(), report.date.max.toordinal()
    if published is None:
        return None
    return (0 if report.status == "closed" else published.toordinal()), published.toordinal()


def judge(fact: Fact, to: Cluster, rates: Rates) -> Support | str:
    """What supports that a fact tells of the cluster's event, or what contradicts it."""
    if against := _impossible(fact, to):
        return against
    same_round = fact.report.round == to.round and fact.report.round not in (None, *REPEATABLE)
    factor = _factor(fact.report.amount, to.amounts, fact.day or to.day, rates)
    investors, leads = _backers(fact, to)
    pending = investors >= 0 and (fact.report.status != "closed" or not to.closed)
    retold = same_round and fact.by_publication and (factor == 1 or (factor is None and investors > 0))
    time = _closeness(fact, to, retold, _TALKS if pending else _NEAR)
    if time is None:
        return f"more than {_FAR} days lie between them"
    if factor is not None and factor > _CLEARLY and (investors < 0 or not (same_round and time == 2)):
        return f"their sums differ more than {_CLEARLY}-fold"
    if time < 0 and _paid_again(fact, to, same_round, factor):
        return f"another sum was paid more than {_TALKS if pending else _NEAR} days apart"
    if fact.report.article in to.statuses and not _one_in_article(fact, to, same_round, factor):
        return "one article tells them apart"
    near = _EXPECTED if pending else 1
    return Support(2 * same_round, time, _support(factor, 2, near), _values(fact, to, rates, near), investors, leads)


def _impossible(fact: Fact, to: Cluster) -> str:
    """What in the kinds of statement contradicts one event, before any figure is compared; empty where nothing does."""
    if fact.report.round and to.round and fact.report.round != to.round:
        return "they name two rounds"
    if fact.report.status == "denied" and fact.investors and to.investors:
        return "a deal with other investors is denied" if fact.investors.isdisjoint(to.investors) else ""
    if fact.background and not to.background and not (to.closed and fact.investors <= to.investors):
        return "a bare mention joins only a closed deal that has all its investors"
    return ""


def _paid_again(fact: Fact, to: Cluster, same_round: bool, factor: float | None) -> bool:
    """Whether a deal long before or after is another one by its sum.

    In one round a sum must differ by more than what a misreport makes of it; else it is enough that no report of the
    cluster states it, even where bounds let both be right.
    """
    if same_round:
        return factor is not None and factor > _EXPECTED and fact.report.status == "closed" and to.closed
    return fact.report.amount is not None and bool(to.amounts) and fact.report.amount not in to.amounts


def _one_in_article(fact: Fact, to: Cluster, same_round: bool, factor: float | None) -> bool:
    """Whether an article that has a report in the cluster can have another one there: it told them apart."""
    if fact.report.date and fact.span and to.spans and not any(_gap(fact.span, span) <= 0 for span in to.spans):
        return False
    if fact.bare:
        return to.statuses[fact.report.article] == {fact.report.status}
    return factor == 1 or (same_round and factor is None)


def _closeness(fact: Fact, to: Cluster, retold: bool, patience: int) -> int | None:
    """2 within a month, 1 near, 0 unknown, -1 distant; None if any report of the cluster is too far away.

    `retold`: the same round, told again without a date: however late, it is that round. `patience`: days that count
    nothing.
    """
    if fact.span is None:
        return 0
    best: int | None = None
    for span in to.spans:
        gap = _gap(fact.span, span)
        if gap > _FAR and not retold:
            return None
        score = _time_score(fact.span, span, gap, patience)
        best = score if best is None else max(best, score)
    return best or 0


def _time_score(one: Span, other: Span, gap: int, patience: int) -> int:
    if max(one[1], other[1]) - min(one[0], other[0]) <= _MONTH:
        return 2
    if gap <= _NEAR and max(_length(one), _length(other)) <= _VAGUE:
        return 1
    unbounded = one[0] == 0 or other[0] == 0
    return 0 if gap <= (patience if unbounded or patience > _NEAR else 0) else -1


def _factor(amount: Money | None, amounts: Iterable[Money], day: date | None, rates: Rates) -> float | None:
    """By what factor a sum differs from the nearest of the cluster's; None if there is nothing to compare."""
    if amount is None:
        return None
    factors = (apart(amount, other, day, rates) for other in amounts)
    return min((factor for factor in factors if factor is not None), default=None)


def _values(fact: Fact, to: Cluster, rates: Rates, near: float) -> int:
    """Support by the valuation."""
    if not fact.report.valuation:
        return 0
    basis = fact.report.valuation.basis
    known = [value.money for value in to.valuations if {value.basis, basis} != {"pre", "post"}]
    return _support(_factor(fact.report.valuation.money, known, fact.day or to.day, rates), 1, near)


def _backers(fact: Fact, to: Cluster) -> tuple[int, int]:
    """Support by investors, and by leads."""
    investors = 0
    if fact.investors and to.investors:
        investors = -1 if fact.investors.isdisjoint(to.investors) else 1
    return investors, int(not fact.leads.isdisjoint(to.leads))


def _support(factor: float | None, weight: int, near: float) -> int:
    """What a comparison of sums counts: `weight` where they agree, -1 where they differ by more than `near`-fold."""
    if factor is None:
        return 0
    if factor == 1:
        return weight
    return 0 if factor <= near else -1


def _gap(one: Span, other: Span) -> int:
    """Days between two periods; 0 or less where they touch or overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _length(span: Span) -> int:
    return span[1] - span[0]
