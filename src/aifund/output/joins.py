"""Why reports stand in one event, or in two: what they have in common and what speaks against it, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aifund.output.cells import said
from aifund.output.document import Document, EventNode, ReportNode
from aifund.output.people import date_words, sum_words

_MONTH = 31  # days


def ties(report: ReportNode, event: EventNode) -> str:
    """What a report shares with the other reports of its event."""
    others = [other for other in event.reports if other is not report]
    if not others:
        return "the only report of the event"
    return ", ".join(_shared(report, others)) or "the target alone: nothing that it says contradicts the others"


def apart(event: EventNode, document: Document) -> Iterator[str]:
    """The other events of the same target, each with what kept it apart."""
    for other in document.events:
        if other.target.id == event.target.id and other.event_id != event.event_id:
            reasons = ", ".join(_against(event, other)) or "too little in common"
            yield f"kept apart from {other.event_id}: {reasons}"


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
