"""What each name means within one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aifund.entities.catalogue import Catalogue, Match
from aifund.model import Article, Decision, Party, Report


@dataclass(frozen=True, slots=True, order=True)
class Sense:
    """What a name means: an entity of the catalogue (`entity`), else whatever else has its key (`key`)."""

    entity: str
    key: str = ""


class Senses:
    """The meanings of the names in one article's reports."""

    def __init__(self, article: Article, reports: Sequence[Report], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        parties = [party for report in reports for party in (report.target, *report.investors)]
        names = {name for party in parties for name in (party.name, *party.as_written)}
        self._keys = {name: catalogue.key(name) or name for name in names}
        text = f"{article.title}\n{article.text}"
        self._matches = {name: catalogue.match(name, text) for name in names}
        self._long: dict[str, str] = {}
        for name in sorted(names, key=lambda name: (-len(self._keys[name]), name)):
            if self._matches[name] is None and (long := self._long_form(self._keys[name])):
                self._long[name] = self.full(long)

    def of(self, party: Party) -> Sense:
        """What a party of this article's reports is: by the first of its spellings that the catalogue knows."""
        return self._of_name(self._decisive(party))

    def full(self, name: str) -> str:
        """The long form of a name that is a short form in this article, else the name."""
        return self._long.get(name, name)

    def key(self, name: str) -> str:
        """The key of a name of this article."""
        return self._keys[name]

    def decision(self, spelling: str, party: Party) -> Decision:
        """Why `spelling`, one of the party's, means what the party is."""
        sense = self.of(party)
        match = self._matches[spelling]
        if match and match.entity == sense.entity:
            return self._by_catalogue(spelling, match)
        if spelling in self._long and self._of_name(spelling) == sense:
            return Decision(spelling, "alias", f'short for "{self._long[spelling]}" in the same article')
        if self._keys[spelling] == sense.key:
            return Decision(spelling, "new", "no entry of the catalogue claims it")
        return Decision(spelling, "alias", f'the article uses it for "{self._decisive(party)}"')

    def _decisive(self, party: Party) -> str:
        """The spelling by which a party is known."""
        names = (party.name, *party.as_written)
        return next((name for name in names if self._of_name(name).entity), party.name)

    def _of_name(self, name: str) -> Sense:
        full = self.full(name)
        match = self._matches[full]
        return Sense(match.entity) if match else Sense("", self._keys[full])

    def _long_form(self, key: str) -> str | None:
        """The article's only other name that is `key` and generic tails behind it ("Zorblat Labs" for "Zorblat").

        Where there are several ("Zorblat Labs", "Zorblat Capital"), the short form could be either.
        """
        start = f"{key} "
        longer = [
            name
            for name, its in self._keys.items()
            if its.startswith(start) and self._catalogue.tails.issuperset(its[len(start) :].split())
        ]
        senses = {self._of_name(name) for name in longer}
        if len(senses) != 1 or self._denied(senses.pop(), key):
            return None
        return min(longer, key=lambda name: (len(name), name))

    def _denied(self, sense: Sense, key: str) -> bool:
        never = self._catalogue.entry(sense.entity).never if sense.entity else ()
        return any(self._catalogue.key(name) == key for name in never)

    def _by_catalogue(self, spelling: str, match: Match) -> Decision:
        name, claimed = self._catalogue.name(match.entity), match.claim.spelling
        besides = f', for the article holds "{match.need}"' if match.need else ""
        if claimed == name:
            return Decision(spelling, "key", f'the same key as the name "{name}"{besides}')
        return Decision(spelling, "alias", f'"{claimed}" is an alias of {name}{besides}')
