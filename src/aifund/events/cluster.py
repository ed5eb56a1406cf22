"""Which reports of one target tell of the same event.

A report joins an event when what it says supports that (`_score` is 1 or more), nothing it says contradicts any report
of the event, and no other event fits as well. Reports are placed in an order that rests on what they say, the most
telling first, so that the result does not depend on the order of arrival:

1. Reports that tell of one deal: those with a named round, then those with a sum, a date, a valuation; deals that are
   not yet closed have a time even without a date: that of their article.
2. Denials: they join what they deny, or stand alone.
3. Background, "X has invested in Y": closed, without round, sum or valuation, undated or dated no better than to a
   year. It joins an event that is closed and has all its investors, if there is exactly one; the rest join each other
   where they share an investor.

What fits two events equally well joins neither: it stays apart, together with its like.

Support: a shared round (2; 0 for kinds that a company can repeat at will, as debt or grants), equal sums (2),
the same month (2) or a distance up to 45 days (1), equal valuations (1), a shared investor (1), a shared lead (1).
Against it: sums or valuations that differ, investors without overlap, more than 45 days (1 each). Contradictions:

- two named rounds;
- more than 200 days, except for one named round with one sum, told again by an article that states no date;
- sums that differ more than threefold, except for one named round in one month; where the investors differ altogether
  too, there are two companies of one name;
- two deals told as done more than 45 days apart, without a common round, unless the same sum is told of both: investors
  pay again ("up to $4 billion" in autumn, $2.75 billion in spring);
- two reports of one article, which told them apart, unless they share round or sum, or one adds nothing to the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from aifund.events.compare import apart, dated_by_publication
from aifund.events.rates import Rates
from aifund.model import REPEATABLE, Article, Money, Report, Valuation

_MONTH, _NEAR, _FAR = 31, 45, 200  # days
_VAGUE = 125  # days: a longer period says in which year, not when
_CLEARLY = 3  # times another sum: not the same sum misreported
_JOINS = 1

Span = tuple[int, int]  # first and last day as ordinals; 0: no first day is known


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

    def add(self, fact: Fact) -> None:
        report = fact.report
        self.reports.append(report)
        self.round = self.round or report.round
        self.closed = self.closed or report.status == "closed"
        self.day = self.day or fact.day
        self.investors |= fact.investors
        self.leads |= fact.leads
        self.statuses.setdefault(report.article, set()).add(report.status)
        if fact.span:
            self.spans.add(fact.span)
        if report.amount:
            self.amounts[report.amount] = None
        if report.valuation:
            self.valuations[report.valuation] = None


def cluster(reports: Iterable[Report], articles: Mapping[str, Article], rates: Rates) -> list[list[Report]]:
    """The reports of one target, grouped by event. Equal reports count once; the order of `reports` is irrelevant."""
    distinct = _distinct(reports)
    times = Counter(report.article for report in distinct)
    facts = [_fact(report, articles[report.article]) for report in distinct]
    # The text of a report is costly to make; it decides only between reports of one article.
    facts.sort(key=lambda fact: (*_telling(fact), repr(fact.report) if times[fact.report.article] > 1 else ""))

    denied = [fact for fact in facts if fact.report.status == "denied"]
    background = [fact for fact in facts if fact.background]
    specific = [fact for fact in facts if not fact.background and fact.report.status != "denied"]
    clusters = _gather(specific, rates)
    for late in (denied, background):
        rest = [fact for fact in late if not _attached(fact, clusters, rates)]
        clusters += _gather(rest, rates)
    return [each.reports for each in clusters]


def _distinct(reports: Iterable[Report]) -> list[Report]:
    """Equal reports once. Only those of one article can be equal: the others need no costly comparison."""
    by_article: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_article[report.article].append(report)
    return [report for its in by_article.values() for report in (its if len(its) == 1 else set(its))]


def _fact(report: Report, article: Article) -> Fact:
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


def _telling(fact: Fact) -> tuple[object, ...]:
    """Sorts the reports that pin an event down before those that could belong to several."""
    report = fact.report
    vague = (report.round is None, fact.bare, not fact.dated, report.amount is None)
    return *vague, report.round or "", fact.span or (0, 0), -len(fact.investors), report.article


def _gather(facts: Sequence[Fact], rates: Rates) -> list[Cluster]:
    """Joins facts with each other. Those that fit several clusters equally well are gathered among themselves."""
    found: list[Cluster] = []
    while facts:
        clusters: list[Cluster] = []
        unsure: list[Fact] = []
        for fact in facts:
            best = _best(fact, clusters, rates)
            if len(best) > 1:
                unsure.append(fact)
                continue
            if not best:
                best = [Cluster(fact.background)]
                clusters += best
            best[0].add(fact)
        found += clusters
        facts = unsure
    return found


def _attached(fact: Fact, clusters: Sequence[Cluster], rates: Rates) -> bool:
    """Adds a fact to the one cluster that fits it best, if there is one."""
    best = _best(fact, clusters, rates)
    if len(best) != 1:
        return False
    best[0].add(fact)
    return True


def _best(fact: Fact, clusters: Sequence[Cluster], rates: Rates) -> list[Cluster]:
    """The clusters that the fact fits best, all with the same score; empty if it fits none."""
    highest = 0 if fact.background and not fact.investors else _JOINS
    best: list[Cluster] = []
    for candidate in clusters:
        score = _score(fact, candidate, rates)
        if score is None or score < highest:
            continue
        if score > highest:
            best.clear()
        highest = score
        best.append(candidate)
    return best


def _score(fact: Fact, to: Cluster, rates: Rates) -> int | None:
    """How much supports that a fact tells of the cluster's event; None if something contradicts it."""
    if not _possible(fact, to):
        return None
    same_round = fact.report.round == to.round and fact.report.round not in (None, *REPEATABLE)
    factor = _factor(fact.report.amount, to.amounts, fact.day or to.day, rates)
    time = _closeness(fact, to, retold=same_round and factor == 1 and fact.by_publication)
    if time is None:
        return None
    strangers = bool(fact.investors and to.investors) and fact.investors.isdisjoint(to.investors)
    if factor is not None and factor > _CLEARLY and (strangers or not (same_round and time == 2)):
        return None
    if time < 0 and not same_round and fact.report.status == "closed" and to.closed and _another_sum(fact, to):
        return None
    if fact.report.article in to.statuses and not _one_in_article(fact, to, same_round, factor):
        return None
    return 2 * same_round + time + _support(factor, 2) + _values(fact, to, rates)


def _possible(fact: Fact, to: Cluster) -> bool:
    """Whether the kinds of statement allow it, before any figure is compared."""
    if fact.report.round and to.round and fact.report.round != to.round:
        return False
    if fact.report.status == "denied" and fact.investors and to.investors:
        return not fact.investors.isdisjoint(to.investors)
    if fact.background and not to.background:
        return to.closed and fact.investors <= to.investors
    return True


def _another_sum(fact: Fact, to: Cluster) -> bool:
    """Whether the fact states a sum that no report of the cluster states, even where bounds let both be right."""
    return fact.report.amount is not None and bool(to.amounts) and fact.report.amount not in to.amounts


def _one_in_article(fact: Fact, to: Cluster, same_round: bool, factor: float | None) -> bool:
    """Whether an article that has a report in the cluster can have another one there: it told them apart."""
    if fact.report.date and fact.span and to.spans and not any(_gap(fact.span, span) <= 0 for span in to.spans):
        return False
    if fact.bare:
        return to.statuses[fact.report.article] == {fact.report.status}
    return factor == 1 or (same_round and factor is None)


def _closeness(fact: Fact, to: Cluster, retold: bool) -> int | None:
    """2 within a month, 1 near, 0 unknown, -1 distant; None if any report of the cluster is too far away.

    `retold`: the same round with the same sum, told again without a date: however late, it is that round.
    """
    if fact.span is None:
        return 0
    best: int | None = None
    for span in to.spans:
        gap = _gap(fact.span, span)
        if gap > _FAR and not retold:
            return None
        score = _time_score(fact.span, span, gap)
        best = score if best is None else max(best, score)
    return best or 0


def _time_score(one: Span, other: Span, gap: int) -> int:
    if max(one[1], other[1]) - min(one[0], other[0]) <= _MONTH:
        return 2
    if gap <= _NEAR and max(_length(one), _length(other)) <= _VAGUE:
        return 1
    unbounded = one[0] == 0 or other[0] == 0
    return 0 if gap <= (_NEAR if unbounded else 0) else -1


def _factor(amount: Money | None, amounts: Iterable[Money], day: date | None, rates: Rates) -> float | None:
    """By what factor a sum differs from the nearest of the cluster's; None if there is nothing to compare."""
    if amount is None:
        return None
    factors = (apart(amount, other, day, rates) for other in amounts)
    return min((factor for factor in factors if factor is not None), default=None)


def _values(fact: Fact, to: Cluster, rates: Rates) -> int:
    """Support by valuation, investors and leads."""
    score = 0
    if fact.report.valuation:
        basis = fact.report.valuation.basis
        known = [value.money for value in to.valuations if {value.basis, basis} != {"pre", "post"}]
        score += _support(_factor(fact.report.valuation.money, known, fact.day or to.day, rates), 1)
    if fact.investors and to.investors:
        score += -1 if fact.investors.isdisjoint(to.investors) else 1
    return score + (not fact.leads.isdisjoint(to.leads))


def _support(factor: float | None, weight: int) -> int:
    """What a comparison of sums counts: `weight` where they agree, -1 where they differ."""
    if factor is None:
        return 0
    return weight if factor == 1 else -1


def _gap(one: Span, other: Span) -> int:
    """Days between two periods; 0 or less where they touch or overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _length(span: Span) -> int:
    return span[1] - span[0]
