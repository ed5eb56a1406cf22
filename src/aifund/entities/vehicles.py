"""What an article says of vehicles, "Larkspur Holdings, the family office of Tadeo Brunnel", and of people with their
companies, "Tadeo Brunnel, co-founder of Quillet".

Who is named only to say whose vehicle or which person invests is no second investor: the vehicle or the person stands
in the table, with the owner or the company as its parent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from aifund.model import Evidence, Party, Report

_START = r"[^\W\d_a-zß-ÿ]"
_WORD = rf"{_START}[\w.&+-]*(?:['’](?!s\b)\w+)?"
_RUN = rf"{_WORD}(?:[ ]{_WORD}){{0,4}}"
_PART = rf"{_START}(?:\.|[\w-]*(?:['’](?!s\b)\w+)?)"
_PERSON = rf"{_PART}(?:(?:[ ](?:al|bin|da|de|del|den|der|di|dos|du|el|la|le|ten|van|von))*[ ]{_PART}){{1,2}}"


@dataclass(frozen=True, slots=True)
class Owned:
    """An article's word that `owner`, at `start` to `end`, owns `vehicle`, which begins at `place`.

    Or that the person `vehicle` founded or runs the company `owner`.
    """

    vehicle: str
    owner: str
    start: int
    end: int
    place: int


@dataclass(frozen=True)
class Vehicles:
    """`words` are what vehicles are called: "family office", "venture arm".

    `offices` are what those are called who found or run companies, in small letters, `firm_tails` what the names end
    in of firms that invest, for which their people speak.
    """

    words: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    firm_tails: frozenset[str] = frozenset()

    def owned(self, text: str, names: Collection[str]) -> Iterator[Owned]:
        """What `text` says of those of `names` that own or are vehicles, or are people's companies."""
        low = text.casefold()
        for words, patterns in ((self.words, self._of_vehicles), (self.offices, self._of_people)):
            if any(word in low for word in words):
                found = (hit for pattern in patterns for hit in pattern.finditer(text))
                yield from filter(None, (self._owned(hit, names) for hit in found))

    def _owned(self, found: re.Match[str], names: Collection[str]) -> Owned | None:
        owner, start = _named(found, "owner", names)
        if "person" in found.re.groupindex:
            firm = owner and owner.casefold().split()[-1] in self.firm_tails
            vehicle, place = ("", 0) if firm else (found["person"], found.start("person"))
        else:
            vehicle, place = _named(found, "vehicle", names)
        return Owned(vehicle, owner, start, start + len(owner), place) if vehicle and owner else None

    @cached_property
    def _of_vehicles(self) -> tuple[re.Pattern[str], ...]:
        words = rf"(?:[a-z-]+\s){{0,2}}?(?:{_any(self.words)})"
        of = rf"\s?[,(–—]\s?(?:(?:the|an?)\s)?{words}\sof\s(?:[a-z-]+\s){{0,3}}?"
        whose = rf"(?:['’]s?\s{words}|,?\s(?:through|via)\s(?:his|her|its|their)(?:\sown)?\s{words},?)\s"
        apposed = rf"['’]s?\s{words}(?=[.;)]|$)"  # what goes on may be a list
        return (
            re.compile(rf"\b(?P<vehicle>{_RUN}){of}(?P<owner>{_RUN})"),
            re.compile(rf"\b(?P<owner>{_RUN}){whose}(?P<vehicle>{_RUN})"),
            re.compile(rf"\b(?P<vehicle>{_RUN}),\s(?P<owner>{_RUN}){apposed}"),
        )

    @cached_property
    def _of_people(self) -> tuple[re.Pattern[str], ...]:
        office = rf"(?i:{_any(self.offices)})"
        offices = rf"{office}(?:(?:,|,?\sand|\s&)\s(?:[a-z-]+\s)?{office})*"
        who = r",\s(?:who\s(?:is|was)\s)?(?:(?:the|an?)\s)?(?:[a-z-]+\s){0,2}?"
        return (
            re.compile(rf"\b(?P<person>{_PERSON}){who}{offices}\s(?:of|at)\s(?:[a-z-]+\s){{0,3}}?(?P<owner>{_RUN})"),
            re.compile(rf"\b(?P<owner>{_RUN}?)(?:['’]s?(?:\s[a-z-]+)?)?\s{offices},?\s(?P<person>{_PERSON})"),
        )


def _named(found: re.Match[str], group: str, names: Collection[str]) -> tuple[str, int]:
    """The one of `names` that a group of words holds next to what it is joined by, and where it begins."""
    if found.start(group) == found.start():
        name = _last_of(found[group], names)
        return name, found.end(group) - len(name)
    return _first_of(found[group], names), found.start(group)


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def without_owners(report: Report, owned: Sequence[Owned]) -> Report:
    """The report with every owner named for its vehicle's sake alone taken up in the vehicle; companies in people.

    `owned` has places in the article's text.
    """
    for one in owned:
        owner = next((party for party in report.investors if _is(party, one.owner)), None)
        vehicle = next((party for party in report.investors if _is(party, one.vehicle)), None)
        if owner and owner is not vehicle and _only_there(report, owner, owned):
            report = _taken_up(report, owner, vehicle) if vehicle else _handed_on(report, owner, one)
    return report


def _taken_up(report: Report, owner: Party, vehicle: Party) -> Report:
    """`report` with what it says of the owner's part said of the vehicle's."""
    whole = replace(
        vehicle,
        role="lead" if "lead" in (owner.role, vehicle.role) else vehicle.role,
        amount=vehicle.amount or owner.amount,
        compute=vehicle.compute or owner.compute,
    )
    investors = tuple(whole if party is vehicle else party for party in report.investors if party is not owner)
    evidence = (_moved(one, owner, vehicle) for one in report.evidence)
    return replace(report, investors=investors, evidence=tuple(one for one in evidence if one))


def _handed_on(report: Report, company: Party, one: Owned) -> Report:
    """`report` with the person, whom it does not name an investor, in place of the company."""
    person = replace(company, name=one.vehicle, as_written=(one.vehicle,))
    investors = tuple(person if party is company else party for party in report.investors)
    its = next(each for each in report.evidence if _is_of(each, "investor", company))
    end = one.place + len(one.vehicle)
    named = Evidence(f"investor.{person.name}", its.part, one.place, end, one.vehicle, its.rule)
    evidence = (_moved(each, company, person) for each in report.evidence)
    return replace(report, investors=investors, evidence=(named, *(each for each in evidence if each)))


def _moved(evidence: Evidence, owner: Party, vehicle: Party) -> Evidence | None:
    """Evidence for the vehicle; None for the owner's being an investor."""
    kind, _, name = evidence.field.partition(".")
    if not name or not _is(owner, name):
        return evidence
    return None if kind == "investor" else replace(evidence, field=f"{kind}.{vehicle.name}")


def _only_there(report: Report, owner: Party, owned: Sequence[Owned]) -> bool:
    """Whether all that names the owner an investor stands where its vehicle is told."""
    places = [one for one in report.evidence if _is_of(one, "investor", owner)]
    spans = [(one.start, one.end) for one in owned if _is(owner, one.owner)]
    return bool(places) and all(
        place.part == "text" and any(start <= place.start and place.end <= end for start, end in spans)
        for place in places
    )


def _is_of(evidence: Evidence, kind: str, party: Party) -> bool:
    head, _, name = evidence.field.partition(".")
    return head == kind and _is(party, name)


def _is(party: Party, name: str) -> bool:
    return name == party.name or name in party.as_written


def _last_of(run: str, names: Collection[str]) -> str:
    """The longest of `names` at the end of some words; empty if there is none."""
    words = run.split(" ")
    return next((name for at in range(len(words)) if (name := " ".join(words[at:])) in names), "")


def _first_of(run: str, names: Collection[str]) -> str:
    """The longest of `names` at the beginning of some words; empty if there is none."""
    words = run.split(" ")
    tries = (" ".join(words[:at]).rstrip(".") for at in range(len(words), 0, -1))
    return next((name for name in tries if name in names), "")
