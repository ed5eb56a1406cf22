"""Which reports of one target tell of the same event.

A report joins an event when what it says supports that (`judge` gives 1 or more), nothing it says contradicts any
report of the event, and no other event fits as well. Reports are placed in an order that rests on what they say, the
most telling first, so that the result does not depend on the order of arrival:

1. Reports that tell of one deal: those with a named round, then those with a sum, a date, a valuation; deals that are
   not yet closed have a time even without a date: that of their article.
2. Denials: they join what they deny, or stand alone.
3. Background, "X has invested in Y": closed, without round, sum or valuation, undated or dated no better than to a
   year. It joins an event that is closed and has all its investors, if there is exactly one; the rest join each other
   where they share an investor.

What fits two events equally well joins neither: it stays apart, together with its like, and its event names the two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from aifund.events.judge import JOINS, Cluster, Fact, fact_of, judge
from aifund.events.rates import Rates
from aifund.model import Article, Report

Rivals = dict[int, list[Cluster]]  # what a fact, by its identity, fits equally well


def cluster(reports: Iterable[Report], articles: Mapping[str, Article], rates: Rates) -> list[Cluster]:
    """The reports of one target, grouped by event. Equal reports count once; the order of `reports` is irrelevant."""
    distinct = _distinct(reports)
    times = Counter(report.article for report in distinct)
    facts = [fact_of(report, articles[report.article]) for report in distinct]
    # The text of a report is costly to make; it decides only between reports of one article.
    facts.sort(key=lambda fact: (*telling(fact), repr(fact.report) if times[fact.report.article] > 1 else ""))

    denied = [fact for fact in facts if fact.report.status == "denied"]
    background = [fact for fact in facts if fact.background]
    specific = [fact for fact in facts if not fact.background and fact.report.status != "denied"]
    rivals: Rivals = {}
    clusters = _gather(specific, rates, rivals)
    for late in (denied, background):
        rest = [fact for fact in late if not _attached(fact, clusters, rates, rivals)]
        clusters += _gather(rest, rates, rivals)
    return clusters


def _distinct(reports: Iterable[Report]) -> list[Report]:
    """Equal reports once. Only those of one article can be equal: the others need no costly comparison."""
    by_article: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_article[report.article].append(report)
    return [report for its in by_article.values() for report in (its if len(its) == 1 else set(its))]


def telling(fact: Fact) -> tuple[object, ...]:
    """Sorts the reports that pin an event down before those that could belong to several."""
    report = fact.report
    vague = (report.round is None, fact.bare, not fact.dated, report.amount is None)
    return *vague, report.round or "", fact.span or (0, 0), -len(fact.investors), report.article


def _gather(facts: Sequence[Fact], rates: Rates, rivals: Rivals) -> list[Cluster]:
    """Joins facts with each other. Those that fit several clusters equally well are gathered among themselves."""
    found: list[Cluster] = []
    while facts:
        clusters: list[Cluster] = []
        unsure: list[Fact] = []
        for fact in facts:
            best = _best(fact, clusters, rates)
            if len(best) > 1:
                rivals.setdefault(id(fact), []).extend(best)
                unsure.append(fact)
                continue
            if not best:
                best = [Cluster(fact.background)]
                clusters += best
            _add(fact, best[0], rivals)
        found += clusters
        facts = unsure
    return found


def _attached(fact: Fact, clusters: Sequence[Cluster], rates: Rates, rivals: Rivals) -> bool:
    """Adds a fact to the one cluster that fits it best, if there is one."""
    best = _best(fact, clusters, rates)
    if len(best) == 1:
        _add(fact, best[0], rivals)
        return True
    rivals.setdefault(id(fact), []).extend(best)
    return False


def _add(fact: Fact, to: Cluster, rivals: Rivals) -> None:
    to.add(fact)
    for rival in rivals.get(id(fact), ()):
        to.rivals.setdefault(rival, set()).add(fact.report.article)


def _best(fact: Fact, clusters: Sequence[Cluster], rates: Rates) -> list[Cluster]:
    """The clusters that the fact fits best, all with the same score; empty if it fits none."""
    highest = 0 if fact.background and not fact.investors else JOINS
    best: list[Cluster] = []
    for candidate in clusters:
        support = judge(fact, candidate, rates)
        if isinstance(support, str) or support.total < highest:
            continue
        if support.total > highest:
            best.clear()
        highest = support.total
        best.append(candidate)
    return best
