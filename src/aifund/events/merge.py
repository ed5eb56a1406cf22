"""The reports of all articles become events: one per real-world deal, with every report and every disagreement kept.

`cluster` decides what belongs together, `policy` which values an event takes. All is a pure function of the set of
reports: neither their order nor that of the articles matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import TypeVar

from aifund.events.cluster import cluster
from aifund.events.compare import apart, dated_by_publication, figure, shares_agree
from aifund.events.policy import (
    Choice,
    Told,
    choose,
    choose_date,
    choose_status,
    compute_vagueness,
    money_vagueness,
    valuation_vagueness,
)
from aifund.events.rates import Rates
from aifund.events.voices import NOTHING, Repeats, voices
from aifund.model import Ai, Article, Conflict, Event, Money, Number, Party, Report, Valuation, When

T = TypeVar("T")
Rivals = Mapping[int, set[str]]  # by the place of another event: the articles that tell of it as well


def merge(
    reports: Iterable[Report],
    articles: Mapping[str, Article],
    rates: Rates,
    repeats: Repeats = NOTHING,
    cited: Repeats = NOTHING,
) -> list[Event]:
    """The events that resolved reports tell of, sorted by id.

    In `reports` every party has its entity's id and canonical name; `articles` holds at least the articles that they
    come from, by id (KeyError otherwise). Sums in dollars, here and in comparisons, come from `rates`. `repeats` names
    the original of each article that repeats another, `cited` the publication whose report an article passes on.
    """
    by_target: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_target[report.target.id].append(report)
    spoken = voices({report.article for group in by_target.values() for report in group}, articles, repeats, cited)
    drafts: list[Event] = []
    rivals: dict[int, Rivals] = {}  # by the place of an event
    for _, of_target in sorted(by_target.items()):  # one at a time: clusters take more memory than their events
        clusters = cluster(of_target, articles, rates)
        places = {each: place for place, each in enumerate(clusters, start=len(drafts))}
        drafts += [_Draft(_one_an_article(each.reports), articles, spoken, rates).event() for each in clusters]
        for each in clusters:
            if each.rivals:
                rivals[places[each]] = {places[rival]: its for rival, its in each.rivals.items()}
    ids = _ids(drafts, articles)
    events = [
        replace(draft, id=ids[place], conflicts=(*draft.conflicts, *_doubt(place, rivals.get(place, {}), ids)))
        for place, draft in enumerate(drafts)
    ]
    return sorted(events, key=lambda event: event.id)


def _doubt(place: int, rivals: Rivals, ids: Sequence[str]) -> Iterator[Conflict]:
    """The conflict where reports of the event at `place` fit two others equally well."""
    if rivals:
        own = tuple(sorted(set().union(*rivals.values())))
        others = sorted((ids[rival], tuple(sorted(its))) for rival, its in rivals.items())
        named = " or ".join(id_ for id_, _ in others)
        because = f"{', '.join(own)} may as well tell of {named}: what fits several events stays apart"
        yield Conflict("event_id", ((ids[place], own), *others), ids[place], because)


def _one_an_article(reports: Iterable[Report]) -> list[Report]:
    """The reports of one event, sorted; what one article says of it in several places becomes one report."""
    out: dict[str, Report] = {}
    for report in sorted(reports, key=_order):
        out[report.article] = _joined(out[report.article], report) if report.article in out else report
    return list(out.values())


def _joined(one: Report, other: Report) -> Report:
    """`one` with what only `other` tells; evidence for what `one` does not tell goes with it."""
    told = {evidence.field for evidence in one.evidence}
    more = tuple(e for e in other.evidence if e.field not in told or (e.field == "target" and e not in one.evidence))
    parties = {party.id: party for party in other.investors} | {party.id: party for party in one.investors}
    both = [_union([p for r in (one, other) for p in r.investors if p.id == id_]) for id_ in parties]
    return replace(
        one,
        target=_union([one.target, other.target]),
        investors=tuple(replace(p, amount=parties[p.id].amount, compute=parties[p.id].compute) for p in both),
        round=one.round or other.round,
        amount=one.amount or other.amount,
        valuation=one.valuation or other.valuation,
        compute=one.compute or other.compute,
        date=one.date or other.date,
        evidence=one.evidence + more,
    )


def _order(report: Report) -> tuple[str, str]:
    return report.article, repr(report)


@dataclass(frozen=True, slots=True)
class _Draft:
    """The reports of one event, sorted, with what is needed to choose its values."""

    reports: Sequence[Report]
    articles: Mapping[str, Article]
    voices: Mapping[str, str]
    rates: Rates

    def event(self) -> Event:
        status, disputed = choose_status(self._told(self.reports, lambda report: report.status))
        tellers = [report for report in self.reports if status == "denied" or report.status != "denied"]
        when = self._date(tellers)
        sources = tuple(sorted({report.article for report in self.reports}))
        published = [day for article in sources if (day := self.articles[article].published)]
        day = when.value.max if when.value else max(published, default=None)

        def agree(one: Money, other: Money) -> bool:
            return apart(one, other, day, self.rates) in (None, 1.0)

        def values_agree(one: Valuation, other: Valuation) -> bool:
            return {one.basis, other.basis} == {"pre", "post"} or agree(one.money, other.money)

        amounts = self._told(tellers, lambda report: report.amount)
        valuations = self._told(tellers, lambda report: report.valuation)
        computes = self._told(tellers, lambda report: report.compute)
        amount = choose("amount", amounts, agree, money_vagueness)
        valuation = choose("valuation", valuations, values_agree, valuation_vagueness)
        compute = choose("compute", computes, shares_agree, compute_vagueness)
        conflicts = (amount.conflict, compute.conflict, when.conflict, disputed, valuation.conflict)
        return Event(
            id="",
            target=_union([report.target for report in self.reports]),
            ai=_ai(self.reports),
            investors=self._investors(tellers, agree),
            round=next((report.round for report in self.reports if report.round), None),
            status=status,
            amount=amount.value,
            amount_usd=_usd(amount.value, day, self.rates),
            valuation=valuation.value,
            valuation_usd=_usd(valuation.value.money if valuation.value else None, day, self.rates),
            compute=compute.value,
            date=when.value,
            reports=tuple(self.reports),
            articles=sources,
            publishers=len({self.voices[article] for article in sources}),
            conflicts=tuple(conflict for conflict in conflicts if conflict),
        )

    def _told(self, reports: Iterable[Report], value: Callable[[Report], T | None]) -> list[Told[T]]:
        return [self._tell(report, told) for report in reports if (told := value(report)) is not None]

    def _tell(self, report: Report, value: T) -> Told[T]:
        article = report.article
        published = self.articles[article].published or (report.date.max if report.date else None)
        primary = _by_a_party(report, self.articles[article].publisher)
        return Told(value, article, self.voices[article], report.status == "closed", published, primary)

    def _date(self, tellers: Sequence[Report]) -> Choice[When]:
        stated = [report for report in tellers if not dated_by_publication(report)]
        fresh = [report for report in tellers if dated_by_publication(report)]
        return choose_date(
            self._told(stated, lambda report: report.date), self._told(fresh, lambda report: report.date)
        )

    def _investors(self, tellers: Sequence[Report], agree: Callable[[Money, Money], bool]) -> tuple[Party, ...]:
        """Every investor that a report names, leads first, then by the number of reports, then by name."""
        said: defaultdict[str, list[tuple[Report, Party]]] = defaultdict(list)
        for report in tellers:
            for party in report.investors:
                said[party.id].append((report, party))
        parties = []
        for naming in said.values():
            amounts = [self._tell(report, party.amount) for report, party in naming if party.amount]
            computes = [self._tell(report, party.compute) for report, party in naming if party.compute]
            amount = choose("amount", amounts, agree, money_vagueness)
            compute = choose("compute", computes, shares_agree, compute_vagueness)
            party = replace(_union([party for _, party in naming]), amount=amount.value, compute=compute.value)
            parties.append((party.role != "lead", -len({report.article for report, _ in naming}), party))
        parties.sort(key=lambda row: (*row[:2], row[2].name, row[2].id))
        return tuple(party for _, _, party in parties)


def _by_a_party(report: Report, publisher: str) -> bool:
    """Whether the target or an investor publishes the article itself."""
    who = publisher.casefold()
    if not who:
        return False
    parties = (report.target, *report.investors)
    return any(name.casefold() == who for party in parties for name in (party.name, *party.as_written))


def _union(parties: Sequence[Party]) -> Party:
    """One organisation as all reports together name it."""
    return Party(
        name=min(party.name for party in parties),
        as_written=tuple(sorted({spelling for party in parties for spelling in party.as_written})),
        id=parties[0].id,
        role="lead" if any(party.role == "lead" for party in parties) else "participant",
    )


def _ai(reports: Sequence[Report]) -> Ai:
    said = {report.ai for report in reports}
    if "yes" in said:
        return "yes"
    return "no" if said == {"no"} else "unknown"


def _usd(money: Money | None, day: date | None, rates: Rates) -> Number | None:
    """The stated figure in whole dollars at the rate of `day`; None for a range, or where no rate is known."""
    amount = figure(money) if money else None
    if money is None or amount is None or (day is None and money.currency != "USD"):
        return None
    dollars = rates.usd(amount, money.currency, day or date.max)
    return None if dollars is None else round(dollars)


def _ids(events: Sequence[Event], articles: Mapping[str, Article]) -> list[str]:
    """The events' ids: the target, the round and the year; a number for the second and later events of one such id.

    Numbers go by the first publication and the first article of each event: later articles seldom change them.
    """
    by_base: defaultdict[str, list[int]] = defaultdict(list)
    for place, event in enumerate(events):
        year = str(event.date.min.year) if event.date else "undated"
        by_base[f"{event.target.id}-{event.round or 'funding'}-{year}".replace("_", "-")].append(place)
    ids = [""] * len(events)
    for base, places in by_base.items():
        for number, place in enumerate(sorted(places, key=lambda place: _age(events[place], articles)), start=1):
            ids[place] = base if number == 1 else f"{base}-{number}"
    return ids


def _age(event: Event, articles: Mapping[str, Article]) -> tuple[object, ...]:
    amount = figure(event.amount) if event.amount else None
    happened = event.date.min if event.date else date.max
    published = (articles[article].published for article in event.articles)
    return (
        min((day for day in published if day), default=happened),
        event.articles[0],
        happened,
        inf if amount is None else amount,
        event.target.id,
    )
