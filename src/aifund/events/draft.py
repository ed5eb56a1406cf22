"""A report in the making: what the sentences of an article have told of one deal so far, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from aifund.events.compute import Claim
from aifund.events.frame import Frame
from aifund.events.keys import key_of
from aifund.events.rates import shared
from aifund.language.units import Cue, Sentence, Unit
from aifund.model import Mention, Money, Number, When

_NEAR = timedelta(days=45)  # two periods no farther apart can be those of one deal
OPENING = 4  # letters by which a name's first words stand for it
_LETTERS = 2  # so many initials stand for too many names
_EQUAL = 0.05  # sums that differ by less are one sum told twice


@dataclass(frozen=True, slots=True)
class Source:
    """A unit with the sentence that holds it."""

    sentence: Sentence
    unit: Unit

    @property
    def name(self) -> str:
        return self.unit.text


@dataclass(frozen=True, slots=True)
class Told:
    """A frame with its sentence and the sentence's number in the article."""

    sentence: Sentence
    frame: Frame
    number: int

    def source(self, unit: int) -> Source:
        return Source(self.sentence, self.sentence.units[unit])

    def maybe(self, unit: int | None) -> Source | None:
        return None if unit is None else self.source(unit)

    def backers(self) -> Iterator[Source]:
        return (self.source(role.unit) for role in self.frame.investors)


@dataclass(slots=True)
class Backer:
    """An investor: its mentions, whether and by which rule it leads, its own cheque."""

    mentions: list[Source]
    rule: str
    lead_rule: str = ""
    cheque: Source | None = None

    @property
    def name(self) -> str:
        return max((source.name for source in self.mentions), key=len)

    @property
    def firm(self) -> bool:
        """Whether it is an investment firm, by how its name ends or because the catalogue knows it."""
        return any(source.unit.value or source.unit.tail == "investor" for source in self.mentions)


@dataclass(slots=True, eq=False)
class Draft:
    """What is known of a deal. `number` is the sentence that opened it, `block` the line that told of it last."""

    target: list[Source]
    rule: str
    number: int
    block: int
    item: bool
    background: bool
    investors: list[Backer] = field(default_factory=list)
    money: Source | None = None
    round: Source | None = None
    valuation: Source | None = None
    basis: Cue | None = None
    date: Source | None = None
    status: tuple[Cue, Sentence] | None = None
    claim: tuple[Claim, Sentence] | None = None

    @property
    def key(self) -> str:
        return key_of(self.target[0].name)

    @property
    def lead(self) -> bool:
        return any(backer.lead_rule for backer in self.investors)

    @property
    def specific(self) -> bool:
        """Whether a sum, a round, a date or a valuation is told."""
        return any((self.money, self.round, self.date, self.valuation))

    def is_of(self, target: Source) -> bool:
        return any(same(target, known) for known in self.target)

    def backer(self, source: Source) -> Backer | None:
        """The investor that `source` names, if it is one already."""
        return next((b for b in self.investors if any(same(source, known) for known in b.mentions)), None)

    def invest(self, source: Source, rule: str, lead: bool) -> Backer | None:
        """Notes an investor; None where the name is the target's own."""
        if not key_of(source.name) or self.is_of(source):
            return None
        backer = self.backer(source)
        if backer is None:
            backer = Backer([], rule)
            self.investors.append(backer)
        backer.mentions.append(source)
        if lead and not backer.lead_rule:
            backer.lead_rule = rule
        return backer

    def _converted(self, money: Source) -> bool:
        """Whether the title has told the sum `money` in its readers' currency: the text converts it in brackets."""
        title, text = money_of(self.money), money_of(money)
        apart = title is not None and text is not None and title.currency != text.currency
        behind = next((unit.text for unit in money.sentence.units if unit.start >= money.unit.end), "")
        return apart and behind == "(" and self.money is not None and self.money.sentence.part == "title"

    def take(self, told: Told) -> None:
        """Adds what a frame tells and the draft does not know yet."""
        frame = told.frame
        self.block = told.sentence.block
        money = told.maybe(frame.money)
        self.money = money if money and (self.money is None or self._converted(money)) else self.money
        self.round = self.round or told.maybe(frame.round)
        self.date = self.date or told.maybe(frame.date)
        if self.valuation is None and frame.valuation is not None:
            self.valuation, self.basis = told.source(frame.valuation), frame.basis
        if self.status is None and frame.status is not None:
            self.status = (frame.status, told.sentence)
        for role in frame.investors:
            backer = self.invest(told.source(role.unit), role.rule, role.lead)
            if backer is not None and role.cheque is not None and backer.cheque is None:
                backer.cheque = told.source(role.cheque)


def same(one: Source, other: Source) -> bool:
    """Whether two mentions name one organisation: by the catalogue, or because one name is, opens or abbreviates the
    other.
    """
    if one.unit.value and one.unit.value == other.unit.value:
        return True
    if key_of(one.name) == key_of(other.name):
        return True
    if initials(one.name) == other.name or initials(other.name) == one.name:
        return True
    short, long = sorted((one.name.casefold().split(), other.name.casefold().split()), key=len)
    return len("".join(short)) >= OPENING and len(short) < len(long) and long[: len(short)] == short


@lru_cache(maxsize=1 << 14)
def initials(name: str) -> str:
    """The capitals that a name of three words and more is abbreviated to."""
    capitals = "".join(word[0] for word in name.split() if word[0].isupper())
    return capitals if len(capitals) > _LETTERS else ""


def round_of(source: Source | None) -> str | None:
    return str(source.unit.value.value) if source and isinstance(source.unit.value, Mention) else None


def period_of(source: Source | None) -> When | None:
    return source.unit.value.value if source and isinstance(source.unit.value, Mention) else None


def money_of(source: Source | None) -> Money | None:
    return source.unit.value.value if source and isinstance(source.unit.value, Mention) else None


def same_money(one: Source, other: Source, day: date | None) -> bool:
    """Whether two sums are one told twice, also in two currencies at the rate of `day`."""
    x, y = money_of(one), money_of(other)
    if x is None or y is None:
        return False
    left, right = ([v for v in (money.min, money.max) if v] for money in (x, y))
    if x.currency != y.currency:
        left, right = _dollars(left, x.currency, day), _dollars(right, y.currency, day)
    return any(abs(p - q) <= _EQUAL * max(p, q) for p in left for q in right)


def _dollars(sums: list[Number], currency: str, day: date | None) -> list[Number]:
    """The sums in US dollars; none where no rate is known."""
    found = [shared().usd(value, currency, day) for value in sums] if day else []
    return [value for value in found if value is not None]


def near(one: When, other: When) -> bool:
    return one.min <= other.max + _NEAR and other.min <= one.max + _NEAR
