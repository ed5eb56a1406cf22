"""What an article says of vehicles: "Larkspur Holdings, the family office of Tadeo Brunnel".

An owner who is named only to say whose vehicle invests is no second investor: the vehicle stands in the table, with the
owner as its parent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from aifund.model import Evidence, Party, Report

_START = r"[^\W\d_a-zß-ÿ]"
_WORD = rf"{_START}[\w.&+-]*(?:['’](?!s\b)\w+)?"
_RUN = rf"{_WORD}(?:[ ]{_WORD}){{0,4}}"
_ADJECTIVES = r"(?:[a-z-]+\s){0,2}?"
_OF = r"\s?[,(–—]\s?(?:(?:the|an?)\s)?{adjectives}(?:{words})\sof\s(?:[a-z-]+\s){{0,3}}?"
_POSSESSIVE = r"['’]s?\s{adjectives}(?:{words})\s"
_THROUGH = r",?\s(?:through|via)\s(?:his|her|its|their)\s(?:own\s)?{adjectives}(?:{words}),?\s"


@dataclass(frozen=True, slots=True)
class Owned:
    """An article's word that `owner`, at `start` to `end`, owns `vehicle`."""

    vehicle: str
    owner: str
    start: int
    end: int


@dataclass(frozen=True)
class Vehicles:
    """`words` are what vehicles are called: "family office", "venture arm"."""

    words: tuple[str, ...] = ()

    def owned(self, text: str, names: Collection[str]) -> Iterator[Owned]:
        """What `text` says of those of `names` that own or are vehicles, in order."""
        for found in self._pattern.finditer(text) if self._pattern else ():
            before, after = _last_of(found["before"], names), _first_of(found["after"], names)
            if before and after:
                vehicle, owner = (before, after) if found["of"] else (after, before)
                start = found.start("after") if found["of"] else found.end("before") - len(before)
                yield Owned(vehicle, owner, start, start + len(owner))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self.words:
            return None
        words = "|".join(map(re.escape, sorted(self.words, key=lambda word: (-len(word), word))))
        of, others = _OF, f"{_POSSESSIVE}|{_THROUGH}"
        between = f"(?:(?P<of>{of})|{others})".format(adjectives=_ADJECTIVES, words=words)
        return re.compile(rf"\b(?P<before>{_RUN}){between}(?P<after>{_RUN})")


def without_owners(report: Report, owned: Sequence[Owned]) -> Report:
    """The report with every owner that is named for its vehicle's sake alone taken up in the vehicle.

    `owned` has places in the article's text.
    """
    for one in owned:
        owner = next((party for party in report.investors if _is(party, one.owner)), None)
        vehicle = next((party for party in report.investors if _is(party, one.vehicle)), None)
        if owner and vehicle and owner is not vehicle and _only_there(report, owner, owned):
            report = _taken_up(report, owner, vehicle)
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
