"""Scoring: the events of an output set, report by report, against the gold of their articles."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from aifund.evaluation.align import Alignment, align, spellings
from aifund.evaluation.gold import ANY, GoldArticle, GoldEvent, GoldInvestor
from aifund.evaluation.names import key, same_name
from aifund.evaluation.slots import MATCHES, VALUES, same_bounds, stated
from aifund.evaluation.tally import Tally
from aifund.evaluation.wording import shown
from aifund.output.document import Document, ReportInvestorNode, ReportNode

_ENDING = re.compile(r"\.(txt|html?|jsonl?|md)$")
log = logging.getLogger(__name__)


def measure(document: Document, gold: Sequence[GoldArticle]) -> Tally:
    """Scores the reports of an output set on the articles of a gold file; other articles do not count.

    A warning tells of gold whose articles are not in the set: all of its events count as missed.
    """
    reports: defaultdict[str, list[ReportNode]] = defaultdict(list)
    for event in document.events:
        for report in event.reports:
            reports[stem(report.article)].append(report)
    known = {stem(row.article) for row in document.articles}
    unread = [article.id for article in gold if article.id not in known]
    if unread:
        few = ", ".join(unread[:3]) + (", …" if len(unread) > 3 else "")
        log.warning(
            "%d articles of the gold are not in the output, so that their events are missed: %s", len(unread), few
        )
    tally = Tally()
    for article in gold:
        _Article(article, reports[article.id], tally).score()
    return tally


def stem(article: str) -> str:
    """An article's id as a gold file has it: without folders and without the ending of a file."""
    return _ENDING.sub("", article.rpartition("/")[2])


class _Article:
    """One article's reports and gold events; `score` adds them to the tally, group of slots by group of slots."""

    def __init__(self, article: GoldArticle, reports: Sequence[ReportNode], tally: Tally) -> None:
        self.id = article.id
        self.events = article.events
        self.reports = reports
        self.tally = tally
        self.alignment: Alignment = align(reports, article.events)
        self.pairs = [(report, event) for report, event in self.alignment.pairs if not event.optional]

    def score(self) -> None:
        right = [(report, event) for report, event in self.pairs if self._paired(report, event)]
        for report in self.alignment.false:
            self._false(report)
        for event in self.alignment.missed:
            self._missed(event)
        self._leads()
        self._investors()
        self.tally.events += sum(not event.optional for event in self.events)
        self.tally.exact += sum(_same_investors(report, event) for report, event in right)

    def _paired(self, report: ReportNode, event: GoldEvent) -> bool:
        """Scores the values of a report that tells of the event; whether all but the status are right."""
        self.tally.add("event", "tp")
        told = stated(report)
        right = [self._value(slot, told[slot], getattr(event, slot), event.target[0]) for slot in VALUES]
        return all(ok for slot, ok in zip(VALUES, right, strict=True) if slot != "status")

    def _value(self, slot: str, said: Any, gold: Any, target: str) -> bool:
        """Scores one value; whether it is right."""
        if gold == ANY or (gold is None and said is None):
            return True
        note = f"{self.id}: {target}: {shown(said)} for {shown(gold)}"
        if said is not None and gold is not None and MATCHES[slot](said, gold):
            self.tally.add(slot, "tp")
            if slot in ("amount", "valuation"):
                self._detail("bounds", same_bounds(said, gold), note)
            if slot == "valuation" and gold.basis not in (None, ANY):
                self._detail("basis", said.basis == gold.basis, note)
            return True
        if said is not None:
            self.tally.add(slot, "fp", note)
        if gold is not None:
            self.tally.add(slot, "fn", note if said is None else "")
        return False

    def _detail(self, slot: str, right: bool, note: str) -> None:
        """Scores a part of a value that is right as far as its own slot goes."""
        self.tally.add(slot, "tp" if right else "fp", note)
        if not right:
            self.tally.add(slot, "fn")

    def _false(self, report: ReportNode) -> None:
        self.tally.add("event", "fp", f"{self.id}: {report.target.name}, {shown(report.amount)}")
        for slot, said in stated(report).items():
            if said is not None and slot != "status":
                self.tally.add(slot, "fp")

    def _missed(self, event: GoldEvent) -> None:
        self.tally.add("event", "fn", f"{self.id}: {event.target[0]}, {shown(event.amount)}")
        for slot in VALUES:
            if getattr(event, slot) not in (None, ANY) and slot != "status":
                self.tally.add(slot, "fn")

    def _leads(self) -> None:
        """Leads within the paired events; those of false and missed events count as false and missed."""
        for report, event in self.pairs:
            self._leads_of(report, event)
        for report in self.alignment.false:
            for _ in _said_to_lead(report):
                self.tally.add("lead", "fp")
        for event in self.alignment.missed:
            for _ in _leading(event):
                self.tally.add("lead", "fn")

    def _leads_of(self, report: ReportNode, event: GoldEvent) -> None:
        said = _said_to_lead(report)
        for gold in _leading(event):
            found = any(same_name(spellings(investor), gold.name) for investor in said)
            note = f"{self.id}: {gold.name[0]} -> {event.target[0]} not marked lead"
            self.tally.add("lead", "tp" if found else "fn", note)
        for investor in said:
            named = [gold for gold in event.investors if same_name(spellings(investor), gold.name)]
            if not any(gold.lead or gold.optional for gold in named):  # "any" holds too
                self.tally.add("lead", "fp", f"{self.id}: {investor.name} -> {event.target[0]} marked lead")

    def _investors(self) -> None:
        """Pairs of target and investor over the whole article, so that how its events are cut does not matter."""
        pairs = [(event, investor) for event in self.events for investor in event.investors]
        hit: set[int] = set()
        for target, investor in self._told_pairs():
            found = {
                number
                for number, (event, gold) in enumerate(pairs)
                if same_name(target, event.target) and same_name(spellings(investor), gold.name)
            }
            if not found:
                self.tally.add("investor", "fp", f"{self.id}: {investor.name} -> {target[0]}")
            elif any(not (pairs[number][0].optional or pairs[number][1].optional) for number in found - hit):
                self.tally.add("investor", "tp")
            hit |= found
        counted: set[tuple[str, str]] = set()
        for number, (event, gold) in enumerate(pairs):
            pair = (event.target[0], gold.name[0])
            if number not in hit and not event.optional and not gold.optional and pair not in counted:
                counted.add(pair)
                self.tally.add("investor", "fn", f"{self.id}: {gold.name[0]} -> {event.target[0]}")

    def _told_pairs(self) -> list[tuple[list[str], ReportInvestorNode]]:
        """The spellings of a target with each of its investors, each pair of names once."""
        pairs: dict[tuple[str, str], tuple[list[str], ReportInvestorNode]] = {}
        for report in self.reports:
            for investor in report.investors:
                pair = (key(report.target.name), key(investor.name))
                pairs.setdefault(pair, (spellings(report.target), investor))
        return list(pairs.values())


def _said_to_lead(report: ReportNode) -> list[ReportInvestorNode]:
    return [investor for investor in report.investors if investor.role == "lead"]


def _leading(event: GoldEvent) -> list[GoldInvestor]:
    return [investor for investor in event.investors if investor.lead is True and not investor.optional]


def _same_investors(report: ReportNode, event: GoldEvent) -> bool:
    """Whether the report names all investors of the event, optional ones aside, and no other."""
    said = [spellings(investor) for investor in report.investors]
    every = all(any(same_name(name, gold.name) for name in said) for gold in event.investors if not gold.optional)
    return every and all(any(same_name(name, gold.name) for gold in event.investors) for name in said)
