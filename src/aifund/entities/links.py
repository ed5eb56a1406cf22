"""Names of different articles that are one organisation, though no entry of the catalogue says so.

Likeness never joins two names; these do:

- The one writes with an inner capital what the other parts into words ("UrbanLadder", "Urban Ladder").
- An article says in words that the one was, or is now called, the other. That counts in every article in which the
  catalogue does not claim the former name, as long as no other article says it of another organisation.
- A name and its long form, which differ by generic words at the end ("Zorblat", "Zorblat AI"), are told of one deal: as
  the receiver of the same sum or in the same round with a shared investor, or as investors in one target's same round
  or sum, within a month and a half. An investor's name with two such long forms could be either and stays; of a
  receiver that has several, or one with other words at its end ("Zorblat Orchards"), or that is named by its initials,
  both the sum and an investor must be shared. The same facts tell whom a name means that organisations of the catalogue
  claim under conditions which its article does not meet.

All is a function of the set of reports.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from aifund.entities.catalogue import Catalogue
from aifund.entities.names import heads
from aifund.entities.namesakes import times
from aifund.entities.senses import Renaming, Sense
from aifund.model import Report

Enough = Callable[["Deal", "Deal"], bool]  # whether two deals are alike enough

_NEAR = 45  # days
_MISREPORTED = 1.25  # times another sum of one round
_INNER_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Joined:
    """That all of a new name's key is another organisation, written as `name`."""

    to: Sense
    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Deal:
    """A report with the meanings of its names within its article, as evidence that two names are one."""

    report: Report
    target: Sense
    investors: tuple[Sense, ...]
    published: date | None

    def meets(self, other: Deal) -> bool:
        """Whether two reports of different articles can tell of one deal: in time, and with the same sum or round.

        Sums of one round may differ a little, or stand in two currencies.
        """
        mine, its = self.report, other.report
        day, its_day = self._day(), other._day()
        if mine.article == its.article or not (day and its_day) or abs((day - its_day).days) > _NEAR:
            return False
        if mine.round and its.round and mine.round != its.round:
            return False
        same_round = mine.round is not None and mine.round == its.round
        if mine.amount is None or its.amount is None or mine.amount == its.amount:
            return same_round or (mine.amount is not None and mine.amount == its.amount)
        return same_round and times(mine.amount, its.amount) <= _MISREPORTED

    def names(self, targets: bool) -> tuple[Sense, ...]:
        return (self.target,) if targets else self.investors

    def _day(self) -> date | None:
        when = self.report.date
        return when.max if when and (when.max - when.min).days <= _NEAR else self.published


def joined(deals: Sequence[Deal], renamings: Iterable[Renaming], catalogue: Catalogue) -> dict[Sense, Joined]:
    """What new senses mean else, each with the final sense."""
    found = _respaced(deals, catalogue) | _renamed(renamings)
    for targets in (True, False):
        if found:
            deals = [_under(each, found) for each in deals]
        found |= _corroborated(deals, catalogue, targets)
    return {sense: replace(link, to=_final(sense, found)) for sense, link in found.items()}


def _respaced(deals: Iterable[Deal], catalogue: Catalogue) -> dict[Sense, Joined]:
    """New names that are another one once an inner capital begins a word; "Workbench" is not "Work-Bench"."""
    spellings: defaultdict[Sense, set[str]] = defaultdict(set)
    new: set[Sense] = set()
    for each in deals:
        report = each.report
        for party, sense in zip((report.target, *report.investors), (each.target, *each.investors), strict=True):
            if not sense.entity:
                new.add(sense)
                if _INNER_CAPITAL.search(party.name):
                    spellings[sense].add(_INNER_CAPITAL.sub(" ", party.name))
    found: dict[Sense, Joined] = {}
    for sense, parted in spellings.items():
        name = min(parted)
        claims = catalogue.claims.get(catalogue.key(name), ())
        to = Sense(claims[0].entity) if len(claims) == 1 and not claims[0].needs else Sense("", catalogue.key(name))
        if to != sense and (to.entity or to in new):
            found[sense] = Joined(to, name, f'"{name}" but for its spaces')
    return found


def _renamed(renamings: Iterable[Renaming]) -> dict[Sense, Joined]:
    """Former names by what articles say; one that is said of several organisations stays."""
    said: defaultdict[Sense, dict[Sense, Renaming]] = defaultdict(dict)
    for one in sorted(renamings, key=lambda one: (one.quote, one.name)):
        said[one.alias].setdefault(one.sense, one)
    return {
        alias: Joined(sense, one.name, f'an article says "{one.quote}"')
        for alias, by_sense in said.items()
        if len(by_sense) == 1
        for sense, one in by_sense.items()
    }


def _corroborated(deals: Sequence[Deal], catalogue: Catalogue, targets: bool) -> dict[Sense, Joined]:
    """New names whose long form is told of the same deal, as its receiver (`targets`) or as an investor."""
    seen = {sense for each in deals for sense in each.names(targets)}
    pairs = {
        (short, long): enough
        for long in sorted(seen)
        for key, enough in _short_forms(long, catalogue, targets).items()
        if (short := Sense("", key)) in seen
    }
    wanted = {sense for pair in pairs for sense in pair}
    told: defaultdict[Sense, list[Deal]] = defaultdict(list)
    for each in deals if wanted else ():
        for sense in wanted.intersection(each.names(targets)):
            told[sense].append(each)
    found: defaultdict[Sense, dict[Sense, str]] = defaultdict(dict)
    for (short, long), enough in pairs.items():
        if proof := _proof(told[short], told[long], enough):
            found[short][long] = proof
    for short, by_long in found.items():
        if targets and len(by_long) > 1:
            found[short] = {
                long: proof for long in by_long if (proof := _proof(told[short], told[long], _same_sum_and_givers))
            }
    return {
        short: _short_for(long, proof, catalogue)
        for short, by_long in found.items()
        if len(by_long) == 1
        for long, proof in by_long.items()
    }


def _short_for(long: Sense, proof: str, catalogue: Catalogue) -> Joined:
    name = catalogue.name(long.entity) if long.entity else long.key
    return Joined(long, name, f'short for "{name}": {proof}')


def _short_forms(sense: Sense, catalogue: Catalogue, targets: bool) -> dict[str, Enough]:
    """The keys of which facts may tell that they mean `sense`, each with what two deals must share for it.

    Without words at the end, and those that the catalogue claims under conditions.
    """
    usual: Enough = _same_givers if targets else _same_target
    if not sense.entity:
        words = sense.key.split()
        others = [" ".join(words[:count]) for count in range(1, len(words))] if targets else []
        others += ["".join(word[0] for word in words)] if targets and len(words) > 2 else []
        wary: Enough = _same_sum_and_givers
        return dict.fromkeys(others, wary) | dict.fromkeys(heads(sense.key, catalogue.tails), usual)
    entry = catalogue.entry(sense.entity)
    keys = {catalogue.key(alias) for group in entry.aliases_if for alias in group.aliases}
    keys |= set(heads(catalogue.key(entry.name), catalogue.tails))
    return dict.fromkeys(sorted(keys - {catalogue.key(name) for name in entry.never}), usual)


def _proof(short: Sequence[Deal], long: Sequence[Deal], enough: Enough) -> str:
    """The first two articles that tell one deal under either name; empty where there are none, or one names both."""
    if not {each.report.article for each in short}.isdisjoint(each.report.article for each in long):
        return ""
    pairs = (
        (one.report.article, other.report.article)
        for one in short
        for other in long
        if one.meets(other) and enough(one, other)
    )
    first = min(pairs, default=None)
    return f"{first[0]} and {first[1]} tell the same deal of either" if first else ""


def _same_target(one: Deal, other: Deal) -> bool:
    return one.target == other.target


def _same_givers(one: Deal, other: Deal) -> bool:
    """Whether both tell the sum, or an investor beside the round."""
    same_sum = one.report.amount is not None and one.report.amount == other.report.amount
    return same_sum or not set(one.investors).isdisjoint(other.investors)


def _same_sum_and_givers(one: Deal, other: Deal) -> bool:
    same_sum = one.report.amount is not None and one.report.amount == other.report.amount
    return same_sum and not set(one.investors).isdisjoint(other.investors)


def _under(each: Deal, found: Mapping[Sense, Joined]) -> Deal:
    """The deal with the meanings known so far; most have no other."""
    if found.keys().isdisjoint((each.target, *each.investors)):
        return each
    investors = tuple(_final(sense, found) for sense in each.investors)
    return replace(each, target=_final(each.target, found), investors=investors)


def _final(sense: Sense, found: Mapping[Sense, Joined]) -> Sense:
    """Where the links lead; of names that are said to be each other's former ones, the first in order."""
    seen: list[Sense] = []
    while sense in found and sense not in seen:
        seen.append(sense)
        sense = found[sense].to
    return min(seen[seen.index(sense) :]) if sense in seen else sense
