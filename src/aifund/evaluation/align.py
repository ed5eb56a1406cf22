"""Which report of an article tells of which event of its gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aifund.evaluation.gold import ANY, GoldEvent
from aifund.evaluation.names import same_name
from aifund.evaluation.slots import MATCHES, stated
from aifund.output.document import ReportInvestorNode, ReportNode, ReportTargetNode

_WEIGHTS = {"amount": 2.0, "round": 2.0, "valuation": 1.0, "date": 0.5}
_INVESTOR = 0.5
_OPTIONAL = 0.25


@dataclass(frozen=True, slots=True)
class Alignment:
    """`pairs`: reports with their events, most alike first. `false`: reports of no event. `missed`: events that no
    report tells of. Optional events stand in `pairs` alone, and what could tell of them is not false."""

    pairs: list[tuple[ReportNode, GoldEvent]]
    false: list[ReportNode]
    missed: list[GoldEvent]


def align(reports: Sequence[ReportNode], events: Sequence[GoldEvent]) -> Alignment:
    """Pairs each report with at most one event of the same target, the most alike first."""
    candidates = sorted(
        (-_likeness(report, event), i, j)
        for i, report in enumerate(reports)
        for j, event in enumerate(events)
        if same_name(spellings(report.target), event.target)
    )
    paired: dict[int, int] = {}
    for _, i, j in candidates:
        if i not in paired and j not in paired.values():
            paired[i] = j
    optional = [event for event in events if event.optional]
    left = [report for i, report in enumerate(reports) if i not in paired]
    return Alignment(
        [(reports[i], events[j]) for i, j in paired.items()],
        [r for r in left if not any(same_name(spellings(r.target), event.target) for event in optional)],
        [event for j, event in enumerate(events) if j not in paired.values() and not event.optional],
    )


def spellings(party: ReportTargetNode | ReportInvestorNode) -> list[str]:
    """The name, then the article's own spellings."""
    return [party.name, *(spelling for spelling in party.as_written if spelling)]


def _likeness(report: ReportNode, event: GoldEvent) -> float:
    told, score = stated(report), 1.0
    for slot, weight in _WEIGHTS.items():
        gold = getattr(event, slot)
        if gold is not None and gold != ANY and told[slot] is not None:
            score += weight if MATCHES[slot](told[slot], gold) else -weight / 2
    named = [spellings(investor) for investor in report.investors]
    score += _INVESTOR * sum(any(same_name(name, investor.name) for name in named) for investor in event.investors)
    return score - (_OPTIONAL if event.optional else 0)
