"""An article laid out for the learned roles: its sentences with the rules' own frames, and who is named where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from aifund.events.cast import cast
from aifund.events.draft import Source, same
from aifund.events.frame import Frame
from aifund.events.frames import frames
from aifund.events.keys import key_of
from aifund.events.scene import Scene
from aifund.events.verdict import worlds
from aifund.language.units import Sentence, Unit
from aifund.model import Article, Mention, Money, Number

Place = tuple[int, int]  # number of a sentence, number of a unit in it
_ENDINGS = ("ing", "ed", "es", "s", "d", "e")
_MOST = 100  # candidates for one deal
_STEM = 3  # letters that a word keeps when it loses its ending


@dataclass(slots=True, eq=False)
class Player:
    """One organisation or person of the article: where it is named, and what its names tell."""

    number: int
    spellings: list[Source] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    person: bool = False
    firm: bool = False
    known: bool = False
    titled: bool = False
    votes: list[tuple[int, str]] = field(default_factory=list)
    employer: Player | None = None


class Stage:
    """The article: `words` and `cues` of every unit, `told` the rules' frames and `votes` the roles that they give,
    `told_at` where each sum and round is told.
    """

    def __init__(self, article: Article, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.scenes = [Scene(s) for s in sentences]
        self.words = [[word(u) for u in s.units] for s in sentences]
        self.cues = [_cue_kinds(s) for s in sentences]
        self.told = [frames(s) for s in sentences]
        self.votes = [_votes(fs) for fs in self.told]
        self.worlds = worlds(sentences)
        self.players: list[Player] = []
        self.at: dict[Place, Player] = {}
        self.place: dict[int, Place] = {}
        self.told_at: defaultdict[object, list[Place]] = defaultdict(list)
        self.figures: dict[object, Place] = {}  # where each sum is first told, whatever is said of its bounds
        self.who = who = cast(article, sentences)
        self._place()
        self._meet()
        self._describe(who.people)
        self._named = self._last_named()
        self.topic = next((self.at[p] for p, u in self._names() if who.topic and u is who.topic[1]), None)

    def _names(self) -> list[tuple[Place, Unit]]:
        return [((n, i), u) for n, s in enumerate(self.sentences) for i, u in enumerate(s.units) if u.kind == "name"]

    def _place(self) -> None:
        for n, sentence in enumerate(self.sentences):
            for i, unit in enumerate(sentence.units):
                self.place[id(unit)] = (n, i)
                if unit.kind in ("money", "round"):
                    self.told_at[told(unit)].append((n, i))
                if unit.kind == "money":
                    self.figures.setdefault(figure(unit), (n, i))

    def _meet(self) -> None:
        alike: defaultdict[object, set[int]] = defaultdict(set)  # players by what `same` asks of their spellings
        for place, unit in self._names():
            source = Source(self.sentences[place[0]], unit)
            signs = (key_of(unit.text), ("", *unit.text.casefold().split()[:1]), (unit.value,) if unit.value else None)
            near = [self.players[n] for n in sorted(set().union(*(alike[sign] for sign in signs if sign)))]
            player = next((p for p in near if any(same(source, old) for old in p.spellings)), None)
            if player is None:
                player = Player(len(self.players))
                self.players.append(player)
            if all(source.name != old.name for old in player.spellings):
                player.spellings.append(source)
                for sign in signs:
                    alike[sign].add(player.number)
            player.places.append(place)
            self.at[place] = player
        self._spots = list(self.at)  # in order

    def _describe(self, people: Collection[str]) -> None:
        for p in self.players:
            p.person = any(key_of(s.name) in people for s in p.spellings)
            p.firm = any(s.unit.tail == "investor" for s in p.spellings)
            p.known = any(s.unit.value for s in p.spellings)
            p.titled = any(self.sentences[n].part == "title" for n, _ in p.places)
            firms = (self.who.employers.get(key_of(s.name)) for s in p.spellings)
            p.employer = next((self.at[self.place[id(firm[1])]] for firm in firms if firm), None)
            p.votes = [(n, self.votes[n][i]) for n, i in p.places if i in self.votes[n]]

    def _last_named(self) -> list[list[Player]]:
        """The candidates of each sentence."""
        out = []
        last: dict[int, Player] = {}  # by when they were named last
        for n, sentence in enumerate(self.sentences):
            for i in (i for i in sentence.names() if not _hears(sentence, i)):
                player = self.at[n, i]
                last.pop(player.number, None)
                last[player.number] = player
                if len(last) > _MOST:
                    del last[next(iter(last))]
            out.append([last[number] for number in sorted(last)])
        return out

    def others_between(self, first: Place, last: Place, player: Player, most: int) -> int:
        """How many others than `player` are named between two places; `most` where there are as many or more."""
        seen: set[int] = set()
        for at in range(bisect_right(self._spots, first), bisect_left(self._spots, last)):
            other = self.at[self._spots[at]]
            if other is not player:
                seen.add(other.number)
            if len(seen) == most:
                break
        return len(seen)

    def candidates(self, number: int) -> list[Player]:
        """Whom the article has named by the end of sentence `number`; of very many, those named last."""
        return self._named[number]

    def others(self, place: Place) -> list[Player]:
        """The candidates without the one named at `place`."""
        return [p for p in self.candidates(place[0]) if p is not self.at[place]]

    def mention(self, player: Player, place: Place) -> Place:
        """Where `player` is named: nearest in the same sentence, else last before `place`."""
        first = bisect_left(player.places, (place[0], -1))
        here = player.places[first : bisect_left(player.places, (place[0] + 1, -1))]
        if here:
            return min(here, key=lambda p: (abs(p[1] - place[1]), p[1]))
        return player.places[max(0, first - 1)]


def _hears(sentence: Sentence, i: int) -> bool:
    """Whether the name is only told the news: "N told M that it has raised $5m", "in an interview with M"."""
    before = [unit.low for unit in sentence.units[max(0, i - 3) : i]]
    return before[-1:] in (["told"], ["tells"]) or (before[-1:] == ["with"] and "interview" in before)


def told(unit: Unit) -> tuple[str, object]:
    """What a sum or round tells, by which the same is found elsewhere."""
    return unit.kind, unit.value.value if isinstance(unit.value, Mention) else None


def money_in(unit: Unit) -> Money:
    assert isinstance(unit.value, Mention)
    value: Money = unit.value.value
    return value


def figure(unit: Unit) -> tuple[str, Number | None]:
    """The currency and number of a sum."""
    money = money_in(unit)
    return money.currency, money.min or money.max


def word(unit: Unit) -> str:
    """A word without its ending, a number as 0, a name or sum as its kind."""
    if unit.kind != "word":
        return unit.kind.upper()
    low = unit.low
    if low[:1].isdigit():
        return "0"
    return next((low[: -len(e)] for e in _ENDINGS if low.endswith(e) and len(low) - len(e) >= _STEM), low)


def _cue_kinds(sentence: Sentence) -> dict[int, list[str]]:
    out: dict[int, list[str]] = {}
    for cue in sentence.cues:
        for i in range(cue.first, cue.last + 1):
            out.setdefault(i, []).append(cue.kind)
    return out


def _votes(told: Sequence[Frame]) -> dict[int, str]:
    """The role that the rules give each name: T(arget), L(ead) or P(articipant)."""
    out: dict[int, str] = {}
    for frame in told:
        if not frame.generic:
            for unit in frame.targets:
                out.setdefault(unit, "T")
            out.update({role.unit: "L" if role.lead else "P" for role in frame.investors})
    return out
