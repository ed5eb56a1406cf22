"""Collects what a run sees of each entity, and names those that the catalogue does not know."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from aifund.entities.catalogue import Catalogue
from aifund.entities.names import slug
from aifund.entities.nearest import Nearest
from aifund.entities.senses import Sense, Senses
from aifund.model import Decision, Entity, Party


@dataclass(slots=True)
class _Seen:
    """What the reports hold of one entity: its spellings, how often each of its key's, where, and why."""

    forms: Counter[str] = field(default_factory=Counter)
    spellings: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)


class Registry:
    """The entities of a run."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._seen: dict[Sense, _Seen] = {}

    def see(self, article: str, party: Party, senses: Senses) -> None:
        """Takes note of a party of one of the article's reports."""
        sense = senses.of(party)
        seen = self._seen.setdefault(sense, _Seen())
        seen.articles.add(article)
        for spelling in dict.fromkeys(party.as_written or (party.name,)):
            seen.spellings.add(spelling)
            decision = senses.decision(spelling, party)
            key = (spelling, decision.method)
            seen.decisions[key] = min(seen.decisions.get(key, decision), decision, key=lambda one: one.because)
        names = (party.name, *party.as_written)
        forms = [name for name in names if senses.key(name) == sense.key] or [senses.full(party.name)]
        seen.forms.update({_tidy(form) for form in forms})

    def named(self) -> dict[Sense, tuple[str, str]]:
        """The id and canonical name of every entity seen.

        A new entity's id rests on its key alone; its name is the most frequent spelling with that key, of several the
        shortest, then the first in order.
        """
        named: dict[Sense, tuple[str, str]] = {}
        taken: set[str] = set()
        for sense in sorted(self._seen):
            if sense.entity:
                named[sense] = (sense.entity, self._catalogue.entry(sense.entity).name)
                continue
            named[sense] = (self._free(slug(sense.key), taken), _best(self._seen[sense].forms))
            taken.add(named[sense][0])
        return named

    def entities(self) -> list[Entity]:
        """Every entity seen, in order of the ids."""
        claims = self._catalogue.claims.items()
        nearest = Nearest((form, self._catalogue.name(claimed[0].entity)) for form, claimed in claims)
        found = [self._entity(sense, *named, nearest) for sense, named in self.named().items()]
        return sorted(found, key=lambda entity: entity.id)

    def _entity(self, sense: Sense, entity: str, name: str, nearest: Nearest) -> Entity:
        seen = self._seen[sense]
        known = self._catalogue.entry(sense.entity) if sense.entity else None
        decisions = [seen.decisions[key] for key in sorted(seen.decisions)]
        if not known:
            decisions = _explained(decisions, name, nearest.to(sense.key))
        return Entity(
            id=entity,
            name=name,
            kind=known.kind if known else "",
            parent=(known.parent or "") if known else "",
            wikidata=(known.wikidata or "") if known else "",
            ai=known.ai if known else "unknown",
            aliases_seen=tuple(sorted(seen.spellings)),
            articles=tuple(sorted(seen.articles)),
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
