"""What a rule file may hold: the border at which people's data becomes typed."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from aifund.rules.patterns import Parts, cased, compile_pattern, phrases

if TYPE_CHECKING:
    from aifund.language.dates_rules import DateRules
    from aifund.rules.money_rules import MoneyRules

Text = Annotated[str, StringConstraints(min_length=1)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$")]
KindName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Strict(BaseModel):
    """A mapping in a rule file: no keys but its own, unchangeable once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(Strict):
    """A text and exactly what the rule emits on it, as quote: rendered value."""

    text: Text
    emits: dict[Text, str] = Field(min_length=1)


class Rule(Strict):
    """What every rule has: an id that never changes and the proof of what it does and does not do."""

    id: RuleId
    description: Text
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Text, ...] = Field(min_length=1)


class PatternRule(Rule):
    """Words or an RE2 pattern, and the value they mean: a template over the pattern's named groups.

    A group `quote` marks what is quoted where the pattern also looks at what stands around it. A `veto` emits nothing:
    it keeps other rules of its kind from what it matches.
    """

    kind: KindName
    pattern: Text | None = None
    words: tuple[Text, ...] = ()
    case: bool = False
    value: Text | None = None
    veto: bool = False

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if (self.pattern is None) == (not self.words):
            raise ValueError("a rule has either 'pattern' or 'words'")
        if self.veto and self.value is not None:
            raise ValueError("a veto has no 'value': in its examples it emits 'veto'")
        if not all(word.strip() for word in self.words):
            raise ValueError("'words' has an empty phrase")
        if self.pattern is not None and self.compiled.fullmatch(b"") is not None:
            raise ValueError("bad pattern: it matches the empty text")
        unknown = [name for name in _placeholders(self.value or "") if name not in self._groups()]
        if unknown:
            raise ValueError(f"'value' refers to {', '.join(unknown)}, which the pattern has no named group for")
        return self

    @property
    def source(self) -> str:
        """The rule as one RE2 expression that can stand in an alternation."""
        return cased(self.pattern if self.pattern is not None else phrases(self.words), self.case)

    @cached_property
    def compiled(self) -> Any:
        """`source` compiled, for UTF-8 bytes; words, which cannot fail, are compiled when they are first needed."""
        return compile_pattern(self.source)

    def render(self, parts: Parts) -> str:
        """The value for a match; what comes from its groups is in lower case, absent groups are empty."""
        if self.value is None:
            return "veto" if self.veto else self.id
        return self.value.format_map({name: parts.text(name).lower() for name in self._groups()})

    def _groups(self) -> set[str]:
        return {name.decode() for name in self.compiled.groupindex} if self.pattern is not None else set()


class PatternFile(Strict):
    """A file of pattern rules; its kind is that of every rule without one of its own."""

    kind: KindName
    rules: tuple[PatternRule, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _kind_of_rules(cls, data: Any) -> Any:
        if not (isinstance(data, dict) and isinstance(data.get("rules"), list) and "kind" in data):
            return data
        rules = [{"kind": data["kind"], **rule} if isinstance(rule, dict) else rule for rule in data["rules"]]
        return {**data, "rules": rules}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands: the file's name within the rules' folder and the line."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a folder. `digest` is the SHA-256 over names and bytes of all its files, `places` by rule id.

    Organisations stand in `entities` and, over them, in a user's `own_entities` where there are any.
    """

    patterns: dict[str, tuple[PatternRule, ...]]
    money: MoneyRules
    dates: DateRules
    digest: str
    directory: Path
    places: dict[str, Place]
    own_entities: Path | None = None

    @property
    def entities(self) -> Path:
        return self.directory / "entities"


def _placeholders(template: str) -> list[str]:
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise ValueError(f"bad 'value': {error}") from error
    return [name for _, name, _, _ in parts if name is not None]
