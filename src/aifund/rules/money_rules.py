"""What `rules/money.yaml` may hold: the vocabulary of the money grammar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from aifund.model import Qualifier
from aifund.rules.models import Rule, Strict, Text
from aifund.rules.patterns import compile_pattern

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class CurrencyRule(Rule):
    """How a currency is written: signs (case counts) before or after the figure, words (any case) after it.

    `weak` forms, which also mean other things, count only with a magnitude. Before a figure a `generic` sign yields to
    another currency after it ("$5 million CAD"). Where the text holds one of `unless`, the currency is `instead`.
    """

    code: Code
    signs: tuple[Text, ...] = ()
    words: tuple[Text, ...] = ()
    weak: bool = False
    generic: bool = False
    unless: tuple[Text, ...] = ()
    instead: Code | None = None


class MagnitudeRule(Rule):
    """A factor: its words, and its short forms, which stand at the figure; `only` names the currencies they go with."""

    factor: int = Field(gt=1)
    words: tuple[Text, ...] = ()
    short: tuple[Text, ...] = ()
    only: tuple[Code, ...] = ()


class NumberRule(Rule):
    """Number words and their values; words that follow each other add up."""

    values: dict[Text, float] = Field(min_length=1)


class VagueRule(Rule):
    """Words for an order of size: bounds that the magnitude after them multiplies.

    With a `currency` the words are the whole sum ("a nine-figure round"), in that currency where none is named.
    """

    words: tuple[Text, ...] = Field(min_length=1)
    min: int
    max: int
    currency: Code | None = None


class HedgeRule(Rule):
    """What the words before or after a figure make of it.

    `range` announces two figures; `exact` says that the figure stands alone and is not part of the quote.
    """

    qualifier: Qualifier
    before: tuple[Text, ...] = ()
    after: tuple[Text, ...] = ()


class FillerRule(Rule):
    """Words that may stand between a hedge and its figure without a meaning of their own."""

    words: tuple[Text, ...] = Field(min_length=1)


class ConversionRule(Rule):
    """Words between a figure and the same sum in another currency."""

    words: tuple[Text, ...] = Field(min_length=1)


class MoneyVetoRule(Rule):
    """What makes a figure no sum: patterns directly after it (not if `unless` matches there too) or before it."""

    after: Text | None = None
    unless: Text | None = None
    before: Text | None = None

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if self.after is None and self.before is None:
            raise ValueError("a veto has 'after' or 'before'")
        for pattern in (self.after, self.unless, self.before):
            compile_pattern(pattern or "")
        return self


class GlueRule(Rule):
    """Words that texts with lost spaces glue to a magnitude: "$5Min funding"."""

    words: tuple[Text, ...] = Field(min_length=1)


class MoneyRules(Strict):
    """The vocabulary of the money grammar (`kind: money`)."""

    kind: Literal["money"]
    currencies: tuple[CurrencyRule, ...] = Field(min_length=1)
    magnitudes: tuple[MagnitudeRule, ...] = Field(min_length=1)
    numbers: tuple[NumberRule, ...] = Field(min_length=1)
    vague: tuple[VagueRule, ...] = Field(min_length=1)
    hedges: tuple[HedgeRule, ...] = Field(min_length=1)
    fillers: tuple[FillerRule, ...] = Field(min_length=1)
    conversions: tuple[ConversionRule, ...] = Field(min_length=1)
    vetoes: tuple[MoneyVetoRule, ...] = Field(min_length=1)
    glue: tuple[GlueRule, ...] = Field(min_length=1)

    # By identity, so that what is compiled from the rules can be cached by them.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def all(self) -> Iterator[Rule]:
        """Every rule of the file, in order."""
        yield from (*self.currencies, *self.magnitudes, *self.numbers, *self.vague, *self.hedges)
        yield from (*self.fillers, *self.conversions, *self.vetoes, *self.glue)
