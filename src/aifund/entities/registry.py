"""Collects what a run sees of each entity, and names those that the catalogue does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from aifund.entities.catalogue import Catalogue
from aifund.entities.links import Joined
from aifund.entities.names import slug
from aifund.entities.nearest import Nearest
from aifund.entities.senses import Sense, Senses
from aifund.model import Decision, Entity, Party


@dataclass(slots=True)
class _Seen:
    """What the reports hold of one sense: how often each spelling of its key, where, and why a spelling means it.

    `certain` are spellings on which no other article can decide better.
    """

    forms: Counter[str] = field(default_factory=Counter)
    articles: list[str] = field(default_factory=list)
    decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)
    certain: set[str] = field(default_factory=set)


class Registry:
    """The entities of a run."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._seen: dict[Sense, _Seen] = {}
        self._owners: dict[Sense, set[Sense]] = {}

    def see(self, article: str, party: Party, sense: Sense, senses: Senses) -> None:
        """Takes note of a party of one of the article's reports, which means `sense` there.

        All parties of one article come one after another.
        """
        seen = self._seen.get(sense) or self._seen.setdefault(sense, _Seen())
        if seen.articles[-1:] != [article]:
            seen.articles.append(article)
        for spelling in party.as_written or (party.name,):
            if spelling in seen.certain or senses.strange(spelling, sense):
                continue
            decision = senses.decision(spelling, party, sense)
            key = (spelling, decision.method)
            seen.decisions[key] = min(seen.decisions.get(key, decision), decision, key=lambda one: one.because)
            if decision.method == "new":
                seen.certain.add(spelling)
        names = {_tidy(name) for name in (party.name, *party.as_written) if senses.key(name) == sense.key}
        for name in names:
            seen.forms[name] += 1
        if not names:
            seen.forms.setdefault(_tidy(senses.full(party.name)), 0)

    def own(self, vehicle: Sense, owner: Sense) -> None:
        """Takes note of an article's word that `owner` owns `vehicle`."""
        self._owners.setdefault(vehicle, set()).add(owner)

    def named(self, joined: Mapping[Sense, Joined]) -> dict[Sense, tuple[str, str]]:
        """The id and canonical name of every sense seen; `joined` are new ones that are another organisation's.

        A new entity's id rests on its key alone; its name is the most frequent spelling with that key, of several the
        shortest, then the first in order.
        """
        named: dict[Sense, tuple[str, str]] = {}
        taken: set[str] = set()
        written = {link.to: link.name for link in joined.values()}
        for sense in sorted({_owner(sense, joined) for sense in self._seen}):
            if sense.entity:
                named[sense] = (sense.entity, self._catalogue.name(sense.entity))
                continue
            seen = self._seen.get(sense)
            name = _best(seen.forms) if seen else written[sense]
            named[sense] = (self._free(slug(sense.key), taken), name)
            taken.add(named[sense][0])
        return named | {sense: named[link.to] for sense, link in joined.items() if sense in self._seen}

    def entities(self, joined: Mapping[Sense, Joined], named: Mapping[Sense, tuple[str, str]]) -> list[Entity]:
        """Every entity seen, in order of the ids; `named` as this registry named them."""
        claims = self._catalogue.claims.items()
        nearest = Nearest((form, self._catalogue.name(claimed[0].entity)) for form, claimed in claims)
        members: dict[Sense, list[Sense]] = {}
        for sense in sorted(self._seen):
            members.setdefault(_owner(sense, joined), []).append(sense)
        found = []
        for sense, its in members.items():
            entity, name = named[sense]
            decisions = [one for member in its for one in self._decisions(member, joined.get(member), name, nearest)]
            owners = {named[owner][0] for member in its for owner in self._owners.get(member, ())} - {entity}
            told = owners.pop() if len(owners) == 1 else ""
            found.append(self._entity(sense, entity, name, its, decisions, told))
        return sorted(found, key=lambda entity: entity.id)

    def _decisions(self, sense: Sense, link: Joined | None, name: str, nearest: Nearest) -> list[Decision]:
        """Why the spellings of a sense mean the entity `name`."""
        its = self._seen[sense].decisions
        decisions = [its[key] for key in sorted(its)]
        if link:
            return [_by_link(one, link) for one in decisions]
        return decisions if sense.entity else _explained(decisions, name, nearest.to(sense.key))

    def _entity(
        self,
        sense: Sense,
        entity: str,
        name: str,
        members: Sequence[Sense],
        decisions: Sequence[Decision],
        owner: str,
    ) -> Entity:
        """`owner` is what articles say; the catalogue's word outweighs it."""
        known = self._catalogue.entry(sense.entity) if sense.entity else None
        seen = [self._seen[member] for member in members]
        return Entity(
            id=entity,
            name=name,
            kind=known.kind if known else "",
            parent=(known.parent if known else None) or owner,
            wikidata=(known.wikidata or "") if known else "",
            ai=known.ai if known else "unknown",
            aliases_seen=tuple(sorted({decision.spelling for decision in decisions})),
            articles=tuple(sorted({article for each in seen for article in each.articles})),
            decisions=tuple(decisions),
        )

    def _free(self, wanted: str, taken: set[str]) -> str:
        """`wanted`, with a number behind it if an entity of the catalogue or another new one bears it."""
        entity, number = wanted, 1
        while entity in taken or entity in self._catalogue:
            number += 1
            entity = f"{wanted}-{number}"
        return entity


def _tidy(form: str) -> str:
    return " ".join(form.split())


def _best(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _owner(sense: Sense, joined: Mapping[Sense, Joined]) -> Sense:
    return joined[sense].to if sense in joined else sense


def _by_link(decision: Decision, link: Joined) -> Decision:
    """A decision on a name that is new in its article, and another organisation's by what articles say."""
    return Decision(decision.spelling, "alias", link.because) if decision.method == "new" else decision


def _explained(decisions: list[Decision], name: str, rejected: tuple[str, ...]) -> list[Decision]:
    """Decisions on a new entity: one spelling is new, its name if it is written so; others have the same key."""
    new = [decision.spelling for decision in decisions if decision.method == "new"]
    first = next((spelling for spelling in new if _tidy(spelling) == name), new[0] if new else "")
    explained = []
    for decision in decisions:
        if decision.spelling == first:
            explained.append(replace(decision, rejected=rejected))
        elif decision.method == "new":
            explained.append(Decision(decision.spelling, "key", f'the same key as "{first}"'))
        else:
            explained.append(decision)
    return explained
