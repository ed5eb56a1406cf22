"""What `rules/dates.yaml` may hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, PrivateAttr, field_validator, model_validator

from aifund.language.dates_grammar import Context, Grammar, context, form
from aifund.language.dates_vocabulary import INTEGERS, VOCABULARIES, Vocabulary, Words, check_pattern
from aifund.language.periods import PARTS, UNITS
from aifund.rules.models import Example, Rule, Strict, Text

Pattern = Annotated[Text, AfterValidator(check_pattern)]


class DateExample(Example):
    """`emits` maps each quote to its EDTF; `reference` is the article's date."""

    reference: date | None = None


class DateRule(Rule):
    """A rule of the date grammar. Its counterexamples are read with the first example's reference."""

    examples: tuple[DateExample, ...] = Field(min_length=1)


class WordsRule(DateRule):
    """The words of one vocabulary, by what they mean."""

    name: str
    values: dict[Text, tuple[Text, ...]] = Field(min_length=1)

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.name not in VOCABULARIES:
            raise ValueError(f"unknown vocabulary '{self.name}': it may be one of {', '.join(VOCABULARIES)}")
        legal = {"part": PARTS, "unit": UNITS}.get(self.name)
        for value in self.values:
            if legal is not None and value not in legal:
                raise ValueError(f"unknown {self.name} '{value}': it may be one of {', '.join(legal)}")
            if self.name in INTEGERS and not value.lstrip("-").isdigit():
                raise ValueError(f"'{value}' is no whole number, which the vocabulary '{self.name}' needs")
        return self


class FormRule(DateRule):
    """A way to write a date, and what must stand around it; `due` if the next such month is meant, not the latest."""

    pattern: Pattern
    before: Pattern | None = None
    after: Pattern | None = None
    due: bool = False


class VetoRule(DateRule):
    """What around a date tells that it is not an event's, if the date reads like `quote`. Its examples emit what it
    takes away.
    """

    before: Pattern | None = None
    after: Pattern | None = None
    quote: Pattern | None = None

    @model_validator(mode="after")
    def _looks_somewhere(self) -> Self:
        if self.before is None and self.after is None:
            raise ValueError("a veto needs 'before' or 'after'")
        return self


class DatelineRule(DateRule):
    """What stands before and after an article's own date. `before` begins a line or the one above, `after` ends where
    the line goes on. Of several datelines the one of the lowest rank counts, then the first.
    """

    before: Pattern
    after: Pattern
    rank: int = Field(ge=1)


class DateRules(Strict):
    """All rules of the date grammar, compiled."""

    kind: Literal["date"]
    vocabulary: tuple[WordsRule, ...]
    forms: tuple[FormRule, ...] = Field(min_length=1)
    context_vetoes: tuple[VetoRule, ...]
    datelines: tuple[DatelineRule, ...]
    _grammar: Grammar = PrivateAttr()
    _vetoes: tuple[Context, ...] = PrivateAttr()
    _places: tuple[tuple[DatelineRule, Context], ...] = PrivateAttr()

    @field_validator("vocabulary")
    @classmethod
    def _complete(cls, rules: tuple[WordsRule, ...]) -> tuple[WordsRule, ...]:
        names = [rule.name for rule in rules]
        for name in VOCABULARIES:
            if names.count(name) != 1:
                raise ValueError(f"the vocabulary '{name}' must stand here once, not {names.count(name)} times")
        return rules

    @model_validator(mode="after")
    def _compile(self) -> Self:
        words = Vocabulary({rule.name: Words(rule.id, rule.values) for rule in self.vocabulary})

        self._grammar = Grammar(
            form(words, rule.pattern, context(words, rule.id, rule.before, rule.after), rule.due) for rule in self.forms
        )
        self._vetoes = tuple(
            context(words, rule.id, rule.before, rule.after, rule.quote) for rule in self.context_vetoes
        )
        self._places = tuple((rule, context(words, rule.id, rule.before, rule.after)) for rule in self.datelines)
        return self

    @property
    def grammar(self) -> Grammar:
        return self._grammar

    @property
    def vetoes(self) -> tuple[Context, ...]:
        return self._vetoes

    @property
    def places(self) -> tuple[tuple[DatelineRule, Context], ...]:
        return self._places

    def rules(self) -> Iterator[DateRule]:
        """Every rule, in the order of the file."""
        for rules in (self.vocabulary, self.forms, self.context_vetoes, self.datelines):
            yield from rules
