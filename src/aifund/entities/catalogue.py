"""The known organisations and people: who is meant by a name, and where their names stand in a text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aifund.entities.checks import problems
from aifund.entities.claims import Claim, Claims, add_names, claims_by_form, met, spellings
from aifund.entities.files import Loaded, Organisation, organisations, read_files
from aifund.entities.introduced import Phrases
from aifund.entities.layers import layered
from aifund.entities.names import fold, name_key, slug
from aifund.entities.scan import NameIndex
from aifund.entities.trades import Trades
from aifund.entities.vehicles import Vehicles
from aifund.errors import RulesError


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means: the claim that holds, and the need that the article meets if it is conditional."""

    claim: Claim
    need: str = ""

    @property
    def entity(self) -> str:
        return self.claim.entity


@dataclass(frozen=True)
class Catalogue:
    """Known organisations by id, investors of whom only the name is known by id, and who claims which form."""

    organisations: Mapping[str, Organisation]
    names: Mapping[str, str]
    claims: Claims
    legal: frozenset[str]
    tails: frozenset[str]
    phrases: Phrases
    vehicles: Vehicles
    trades: Trades

    @classmethod
    def load(cls, directory: Path, own: Path | None = None) -> Catalogue:
        """Reads the files of `directory` (*.yaml), and over them those of a user's `own` folder; see `layers`.

        Raises RulesError listing every problem as file:line.
        """
        files = read_files(directory)
        above = read_files(own) if own else ()
        legal = frozenset(fold(word) for file in (*files, *above) for word in file.content.legal_suffixes)
        files = layered(files, above, legal) if above else files
        tails = frozenset(fold(word) for file in files for word in file.content.generic_tails)
        listed = [organisation for _, _, organisation in organisations(files)]
        names = _names(files, legal)
        claims = claims_by_form(listed, legal)
        found = problems(files, claims, legal)
        if found:
            raise RulesError(found)
        by_id = {organisation.id: organisation for organisation in listed}
        phrases = Phrases(
            former=tuple(phrase for file in files for phrase in file.content.former_phrases),
            current=tuple(phrase for file in files for phrase in file.content.current_phrases),
        )
        vehicles = Vehicles(
            words=tuple(word for file in files for word in file.content.vehicles),
            offices=tuple(word.casefold() for file in files for word in file.content.offices),
            firm_tails=frozenset(fold(word) for file in files for word in file.content.firm_tails),
        )
        trades = Trades.of_files([file.content.trades for file in files])
        return cls(by_id, names, add_names(claims, names, legal), legal, tails, phrases, vehicles, trades)

    def __contains__(self, entity: str) -> bool:
        return entity in self.organisations or entity in self.names

    def entry(self, entity: str) -> Organisation:
        """What is known of an entity of the catalogue."""
        known = self.organisations.get(entity)
        return known or Organisation.model_construct(id=entity, name=self.names[entity], kind="investor")

    def name(self, entity: str) -> str:
        """The canonical name of an entity of the catalogue."""
        return self.names[entity] if entity in self.names else self.organisations[entity].name

    def key(self, name: str) -> str:
        """The normalised form under which two spellings are one name; legal forms do not count."""
        return name_key(name, self.legal)

    def match(self, name: str, article: str) -> Match | None:
        """The entity that `name` means in an article with the text `article`, or None.

        Only a declared spelling counts, whole and but for case, punctuation and legal form. Where several entities
        claim it under conditions, those of exactly one must be met.
        """
        return self._claimed(fold(name), article) or self._claimed(self.key(name), article)

    def names_in(self, text: str, article: str) -> list[tuple[int, int, str]]:
        """Where declared spellings stand in `text`, as (start, end, entity id), in order, without overlaps.

        `text` is a part of the article or all of it, `article` the whole text in which conditions are looked for.
        The longest spelling wins.
        """
        return self._index.find(text, lambda needs: bool(met(needs, article)))

    @cached_property
    def _index(self) -> NameIndex:
        claims = [claim for organisation in self.organisations.values() for claim in spellings(organisation)]
        return NameIndex(claims + [Claim(entity, name) for entity, name in self.names.items()])

    def _claimed(self, form: str, article: str) -> Match | None:
        matches: dict[str, Match] = {}
        for claim in self.claims.get(form, ()):
            need = met(claim.needs, article) if claim.needs else ""
            if need or not claim.needs:
                matches.setdefault(claim.entity, Match(claim, need))
        return next(iter(matches.values())) if len(matches) == 1 else None


def _names(files: tuple[Loaded, ...], legal: Collection[str]) -> dict[str, str]:
    return {slug(name_key(name, legal)): name for file in files for name in file.content.names}
