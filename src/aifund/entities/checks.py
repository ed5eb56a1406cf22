"""What is wrong with a catalogue as a whole, though each of its files is well-formed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from aifund.entities.claims import Claim, Claims, met
from aifund.entities.files import Loaded, Organisation, organisations
from aifund.entities.names import fold, name_key, slug
from aifund.errors import Problem
from aifund.rules.strict import Location


def problems(files: tuple[Loaded, ...], claims: Claims, legal: Collection[str]) -> list[Problem]:
    """Every fault over all files: ids and spellings claimed twice, parents, conditions, contradictions.

    `claims` are those of all organisations, without the plain names.
    """
    listed = [_Listed(file, index, organisation) for file, index, organisation in organisations(files)]
    by_id: dict[str, _Listed] = {}
    found: list[Problem] = []
    for one in listed:
        first = by_id.setdefault(one.organisation.id, one)
        if first is not one:
            found.append(one.problem(("id",), f"duplicate id, first in {first.place}"))
    found += _claimed_twice(claims, by_id)
    found += _names_known(files, claims, by_id, legal)
    for one in listed:
        found += _parents(one, by_id)
        found += _conditions(one)
        found += _contradictions(one, claims, legal)
    for claim in claims.get("", ()):
        message = f"{claim.spelling!r} holds neither letters nor digits"
        found.append(by_id[claim.entity].problem_of(claim, message))
    return found


@dataclass(frozen=True, slots=True)
class _Listed:
    """An organisation and where it stands."""

    file: Loaded
    index: int
    organisation: Organisation

    def problem(self, field: Location, message: str) -> Problem:
        return self.file.problem(("organisations", self.index, *field), self.organisation.id, message)

    def problem_of(self, claim: Claim, message: str) -> Problem:
        return self.problem(self._field(claim.spelling), message)

    @property
    def place(self) -> str:
        return f"{self.file.document.path}:{self.file.document.line(('organisations', self.index))}"

    def _field(self, spelling: str) -> Location:
        for index, group in enumerate(self.organisation.aliases_if):
            if spelling in group.aliases:
                return ("aliases_if", index, "aliases", group.aliases.index(spelling))
        for index, former in enumerate(self.organisation.former):
            if spelling == former.name:
                return ("former", index, "name")
        aliases = self.organisation.aliases
        return ("aliases", aliases.index(spelling)) if spelling in aliases else ("name",)


def _claimed_twice(claims: Claims, by_id: Mapping[str, _Listed]) -> Iterator[Problem]:
    """A spelling is one entity's alone, or each that claims it does so under a condition."""
    seen: set[tuple[str, str]] = set()
    for claimed in claims.values():
        its = claimed[0]
        for claim in claimed[1:]:
            pair = (claim.entity, claim.spelling)
            if claim.entity == its.entity or (its.needs and claim.needs) or pair in seen:
                continue
            seen.add(pair)
            message = f"{claim.spelling!r} is also {its.spelling!r} of {its.entity} ({by_id[its.entity].place})"
            yield by_id[claim.entity].problem_of(claim, message)


def _names_known(
    files: tuple[Loaded, ...], claims: Claims, by_id: Mapping[str, _Listed], legal: Collection[str]
) -> Iterator[Problem]:
    """A name in a plain list of names is new: no organisation's spelling or id, no other name's key."""
    first: dict[str, str] = {}
    for file in files:
        for index, name in enumerate(file.content.names):
            key = name_key(name, legal)
            entity = slug(key)
            known = claims.get(fold(name)) or claims.get(key)
            owner = by_id.get(known[0].entity if known else entity)
            if owner:
                message = f"{name!r} is already {owner.organisation.id} ({owner.place})"
                yield file.problem(("names", index), "", message)
            elif entity in first:
                yield file.problem(("names", index), "", f"{name!r} is already in {first[entity]}")
            else:
                first[entity] = f"{file.document.path}:{file.document.line(('names', index))}"


def _parents(one: _Listed, by_id: Mapping[str, _Listed]) -> Iterator[Problem]:
    parent = one.organisation.parent
    if parent is None:
        return
    if parent not in by_id:
        yield one.problem(("parent",), f"unknown parent {parent!r}")
    chain = [one.organisation.id]
    while parent in by_id and parent not in chain:
        chain.append(parent)
        parent = by_id[parent].organisation.parent or ""
    if parent == one.organisation.id:
        yield one.problem(("parent",), f"a cycle of parents: {' → '.join([*chain, parent])}")


def _conditions(one: _Listed) -> Iterator[Problem]:
    for number, group in enumerate(one.organisation.aliases_if):
        for index, spelling in enumerate(group.aliases):
            if need := met(group.needs, spelling):
                message = f"{spelling!r} itself holds {need!r}, so that its condition is always met"
                yield one.problem(("aliases_if", number, "aliases", index), message)


def _contradictions(one: _Listed, claims: Claims, legal: Collection[str]) -> Iterator[Problem]:
    own = one.organisation.id
    for index, name in enumerate(one.organisation.never):
        claimed = (*claims.get(fold(name), ()), *claims.get(name_key(name, legal), ()))
        spelling = next((claim.spelling for claim in claimed if claim.entity == own), None)
        if spelling is not None or name == own:
            yield one.problem(("not", index), f"{name!r} contradicts {spelling or own!r} of the same organisation")
