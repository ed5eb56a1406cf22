"""Why reports stand in one event, or in two: the merge is asked again, and its answer told with figures.

A report is weighed (`aifund.events.judge`) against all others of its event, and against those of other events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aifund.events.cluster import telling
from aifund.events.judge import JOINS, Cluster, Fact, Support, fact_of, judge
from aifund.events.rates import Rates
from aifund.model import Article
from aifund.output import revived
from aifund.output.cells import said
from aifund.output.document import Document, EventNode, ReportNode
from aifund.output.people import date_words, sum_words

_MONTH = 31  # days


class Merge:
    """The merge of a document's reports, for questions about its outcome."""

    def __init__(self, document: Document) -> None:
        self._events = document.events
        self._articles = revived.articles(document)
        self._rates = Rates()

    def ties(self, report: ReportNode, event: EventNode) -> str:
        """What a report shares with the other reports of its event, and how much that counts."""
        others = [other for other in event.reports if other is not report]
        if not others:
            return "the only report of the event"
        shared = ", ".join(_shared(report, others)) or "the target alone: nothing that it says contradicts the others"
        support = judge(self._fact(report), self._cluster(others), self._rates)
        return f"{shared} (support {_counted(support)})" if isinstance(support, Support) else shared

    def apart(self, event: EventNode) -> Iterator[str]:
        """The other events of the same target, each with what kept it apart."""
        for other in self._events:
            if other.target.id == event.target.id and other.event_id != event.event_id:
                reasons = ", ".join((*_against(event, other), self._verdict(event, other)))
                yield f"kept apart from {other.event_id}: {reasons}"

    def _verdict(self, event: EventNode, other: EventNode) -> str:
        """What the merge has against one event: a contradiction, or too little that speaks for it."""
        if _doubted(event, other) or _doubted(other, event):
            return "not contradicted: it may be the same event (see conflicts)"
        judged = [*self._judged(event, other), *self._judged(other, event)]
        contradictions = dict.fromkeys(one for one in judged if isinstance(one, str))
        if contradictions:
            return ", ".join(contradictions)
        best = max((one for one in judged if isinstance(one, Support)), key=lambda one: one.total)
        if best.total < JOINS:
            return f"too little in common (support {_counted(best)})"
        return f"no contradiction, but each fits its own event better (support here {_counted(best)})"

    def _judged(self, event: EventNode, other: EventNode) -> list[Support | str]:
        whole = self._cluster(other.reports)
        return [judge(self._fact(report), whole, self._rates) for report in event.reports]

    def _cluster(self, reports: Iterable[ReportNode]) -> Cluster:
        facts = sorted(map(self._fact, reports), key=telling)
        cluster = Cluster(all(fact.background for fact in facts))
        for fact in facts:
            cluster.add(fact)
        return cluster

    def _fact(self, report: ReportNode) -> Fact:
        return fact_of(revived.report(report), self._articles.get(report.article, Article(report.article, "")))


def _doubted(event: EventNode, other: EventNode) -> bool:
    """Whether a conflict of `event` tells that it may be `other`."""
    doubts = (value for one in event.conflicts if one.field == "event_id" for value in one.values)
    return any(value.value == other.event_id for value in doubts)


def _counted(support: Support) -> str:
    """`5: round 2, time 2, investors 1`; the total alone where nothing counts."""
    points = ", ".join(f"{name} {value}" for name, value in support._asdict().items() if value)
    return f"{support.total}: {points}" if points else str(support.total)


def _shared(report: ReportNode, others: Sequence[ReportNode]) -> Iterator[str]:
    if report.round and any(other.round == report.round for other in others):
        yield f"the round {report.round}"
    if report.amount and any(other.amount == report.amount for other in others):
        yield f"the sum {sum_words(report.amount)}"
    if report.valuation and any(other.valuation == report.valuation for other in others):
        yield f"the valuation {sum_words(report.valuation)}"
    if report.date and any(_days(report, other) <= _MONTH for other in others if other.date):
        yield "the month"
    backers = {investor.id for other in others for investor in other.investors}
    common = [investor.name for investor in report.investors if investor.id in backers]
    if common:
        yield f"the investors {', '.join(common)}" if len(common) > 1 else f"the investor {common[0]}"


def _against(event: EventNode, other: EventNode) -> Iterator[str]:
    if event.round and other.round and event.round != other.round:
        yield f"another round ({other.round})"
    if event.amount and other.amount and event.amount != other.amount:
        yield f"another sum ({sum_words(other.amount)})"
    if event.date and other.date and _days(event, other) > _MONTH:
        yield f"another time ({date_words(other.date)})"
    both = {investor.id for investor in event.investors} & {investor.id for investor in other.investors}
    if event.investors and other.investors and not both:
        yield "other investors"


def _days(one: EventNode | ReportNode, other: EventNode | ReportNode) -> int:
    """Days between the dates of two, 0 where they overlap or one is undated."""
    if not one.date or not other.date:
        return 0
    return max((max(one.date.min, other.date.min) - min(one.date.max, other.date.max)).days, 0)


def chosen(field: str, event: EventNode) -> str:
    """By which step of the policy an event has its value of `field` where its articles do not contradict each other."""
    tellers = [report for report in event.reports if said(report, field) is not None]
    values = {said(report, field) for report in tellers}
    if len(tellers) == 1:
        return "it is the only value told"
    if len(values) == 1:
        return f"all {len(tellers)} articles that tell it agree"
    if field == "status":
        return "the report that is furthest along counts: closed before talks, talks before rumours"
    taken = [report for report in tellers if said(report, field) == said(event, field)]
    if field == "date" and all(_by_publication(report) for report in taken):
        return "no article states a narrower date, and this is the first day on which one tells it as news"
    return "it is the most precise of values that can all be right"


def _by_publication(report: ReportNode) -> bool:
    return all(one.part == "published" for one in report.evidence if one.field == "date")
