"""What each name means within one article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aifund.entities.catalogue import Catalogue, Match
from aifund.entities.introduced import Introduction
from aifund.entities.namesakes import Namesake
from aifund.entities.pinyin import is_chinese, latin, pinyin
from aifund.model import Article, Decision, Party, Report


@dataclass(frozen=True, slots=True, order=True)
class Sense:
    """What a name means: an entity of the catalogue (`entity`), else whatever else has its key (`key`).

    `number` parts new organisations of one key; see `namesakes`.
    """

    entity: str
    key: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Renaming:
    """An article's word that a name new to the catalogue (`alias`) means `sense`, of which it writes `name`."""

    alias: Sense
    sense: Sense
    name: str
    quote: str


@dataclass(frozen=True, slots=True)
class Link:
    """That a name means what another one (`to`) of its article means."""

    to: str
    because: str


class Senses:
    """The meanings of the names in one article's reports.

    A spelling that the catalogue claims means what it says there. Another one means what a longer or introduced name
    of the same article means, by the first that holds: the article introduces it ("Quillet, formerly Zorblat"), it is
    a short form, it is the pinyin of a Chinese name. Else it stands for itself. `owned` is what the article says of
    vehicles and their owners, and of people and their companies.
    """

    def __init__(
        self,
        article: Article,
        reports: Sequence[Report],
        catalogue: Catalogue,
        namesakes: Mapping[tuple[str, str], Namesake],
    ) -> None:
        self._article = article.id
        self._catalogue = catalogue
        self._namesakes = namesakes
        text = f"{article.title}\n{article.text}"
        self._givers = {name for report in reports for party in report.investors for name in _names(party)}
        names = {name for report in reports for name in _names(report.target)} | self._givers
        self.owned = list(catalogue.vehicles.owned(article.text, names))
        names |= {one.vehicle for one in self.owned}
        self._introductions = tuple(catalogue.phrases.introductions(text, names))
        self._keys: dict[str, str] = {}
        self._matches: dict[str, Match | None] = {}
        for name in names | {name for one in self._introductions for name in (one.name, one.other)}:
            self._keys[name] = catalogue.key(name) or name
            self._matches[name] = catalogue.match(name, text)
        self._longer = _longer(self._keys)
        self._links: dict[str, Link] = {}
        for name in sorted(self._keys, key=lambda name: (-len(self._keys[name]), name)):
            if self._matches[name] is None and (link := self._link(name)):
                self._links[name] = link

    def of(self, party: Party) -> Sense:
        """What a party of this article's reports is: by the first of its spellings that the catalogue knows."""
        return self.of_name(self.decisive(party))

    def of_name(self, name: str) -> Sense:
        """What a name of this article means."""
        full = self.full(name)
        match = self._matches[full]
        return Sense(match.entity) if match else self._new(full)

    def full(self, name: str) -> str:
        """The long form of a name that is a short form in this article, else the name."""
        while name in self._links:
            name = self._links[name].to
        return name

    def renamings(self) -> Iterator[Renaming]:
        """What the article says in words of former names; of two, the one that the catalogue knows decides."""
        for one in self._introductions:
            alias, name = one.other, one.name
            if self._matches[alias] and not self._matches[name]:
                alias, name = name, alias
            itself, match = self._new(alias), self._matches[alias]
            known = match is not None and Sense(match.entity) != self.of_name(name)
            if one.lasting and not known and self.of_name(name) != itself:
                yield Renaming(itself, self.of_name(name), name, _line(one))

    def key(self, name: str) -> str:
        """The key of a name of this article."""
        return self._keys[name]

    def strange(self, spelling: str, sense: Sense) -> bool:
        """Whether a spelling of a party that means `sense` is somebody else's by the catalogue: a parent's, say."""
        match = self._matches[spelling]
        return bool(sense.entity) and match is not None and match.entity != sense.entity

    def decision(self, spelling: str, party: Party, sense: Sense) -> Decision:
        """Why `spelling`, one of the party's, means `sense`, which the party is."""
        match = self._matches[spelling]
        if match and match.entity == sense.entity:
            return self._by_catalogue(spelling, match)
        if spelling in self._links and self.of_name(spelling) == sense:
            return Decision(spelling, "alias", self._links[spelling].because + self._besides(spelling))
        if self._keys[spelling] == sense.key:
            namesake = self._namesakes.get((self._article, sense.key))
            because = namesake.because if namesake else ""
            return Decision(spelling, "new", because or "no entry of the catalogue claims it")
        return Decision(spelling, "alias", f'the article uses it for "{self.decisive(party)}"')

    def _besides(self, spelling: str) -> str:
        """What the long form of a short one is by the catalogue, where that has another name."""
        full = self.full(spelling)
        match = self._matches[full]
        known = self._catalogue.name(match.entity) if match else full
        return "" if self._catalogue.key(known) == self._keys[full] else f', and "{full}" is an alias of {known}'

    def decisive(self, party: Party) -> str:
        """The spelling by which a party is known: the first that the article uses, which is the one that is quoted."""
        return next((name for name in (*party.as_written, party.name) if self._matches[self.full(name)]), party.name)

    def _new(self, name: str) -> Sense:
        """What a name that the catalogue does not claim means by itself."""
        key = self._keys[name]
        namesake = self._namesakes.get((self._article, key))
        return Sense("", key, namesake.number if namesake else 0)

    def _link(self, name: str) -> Link | None:
        """What ties a name that the catalogue does not claim to another one of the article."""
        for link in (self._introduced(name), self._short_form(name), self._spelled(name)):
            if link and self._keys[self.full(link.to)] != self._keys[name] and not self._denied(link.to, name):
                return link
        return None

    def _introduced(self, name: str) -> Link | None:
        found = {one.name: one for one in self._introductions if one.other == name}
        if not found:  # of two names, the one that the catalogue knows decides
            found = {one.other: one for one in self._introductions if one.name == name and self._matches[one.other]}
        if len({self.of_name(to) for to in found}) != 1:
            return None
        to = min(found)
        return Link(to, f'the article says "{_line(found[to])}"')

    def _short_form(self, name: str) -> Link | None:
        """The article's only other name that is `name` and more ("Zorblat Labs" for "Zorblat").

        What is more must be generic; of two investors, where families of firms are rarely named by one word, any word
        will do ("Merrow" of "Merrow Lindqvist"). Where there are several ("Zorblat Labs", "Zorblat Capital"), the short
        form could be either.
        """
        start = len(self._keys[name]) + 1
        gives = name in self._givers
        longer = [
            other
            for other in self._longer.get(self._keys[name], ())
            if self._catalogue.tails.issuperset(self._keys[other][start:].split())
            or (gives and other in self._givers and self._matches[other] is None)
        ]
        if len({self.of_name(other) for other in longer}) != 1:
            return None
        to = self.full(min(longer, key=lambda other: (len(other), other)))
        return Link(to, f'short for "{to}" in the same article')

    def _spelled(self, name: str) -> Link | None:
        """The Latin name of which a Chinese one is the pinyin, word by word or as a whole."""
        if not is_chinese(name):
            return None
        sound = pinyin(name)
        same = sorted(other for other in self._keys if not is_chinese(other) and latin(other) == sound)
        return Link(same[0], f'"{sound}", its pinyin, is "{same[0]}" in the same article') if len(same) == 1 else None

    def _denied(self, to: str, name: str) -> bool:
        """Whether the catalogue says that `name` is never what `to` means."""
        entity = self.of_name(to).entity
        never = self._catalogue.entry(entity).never if entity else ()
        return any(self._catalogue.key(other) == self._keys[name] for other in never)

    def _by_catalogue(self, spelling: str, match: Match) -> Decision:
        name, claimed = self._catalogue.name(match.entity), match.claim.spelling
        besides = f', for the article holds "{match.need}"' if match.need else ""
        if claimed == name:
            return Decision(spelling, "key", f'the same key as the name "{name}"{besides}')
        if match.claim.until:
            return Decision(spelling, "alias", f'"{claimed}" was the name of {name} until {match.claim.until}{besides}')
        return Decision(spelling, "alias", f'"{claimed}" is an alias of {name}{besides}')


def _longer(keys: Mapping[str, str]) -> Mapping[str, list[str]]:
    """The names whose keys go on after a space, by what stands before it."""
    longer: dict[str, list[str]] = {}
    for name, key in keys.items():
        for place, sign in enumerate(key):
            if sign == " ":
                longer.setdefault(key[:place], []).append(name)
    return longer


def _names(party: Party) -> Iterator[str]:
    yield party.name
    yield from party.as_written


def _line(introduction: Introduction) -> str:
    return " ".join(introduction.quote.split())
