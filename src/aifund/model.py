"""The types that pass between the stages: small frozen dataclasses, no behaviour beyond their own fields.

Offsets are Unicode code points into the named part of an article. Money is in units of its currency (dollars, not
cents; yuan, not 10,000 yuan).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Part = Literal["text", "title", "published"]
Status = Literal["closed", "in_talks", "rumored", "denied"]
Outcome = Literal["events", "no_event", "duplicate", "unreadable", "unsupported_language", "skipped"]
Role = Literal["lead", "participant"]
Basis = Literal["pre", "post", "unspecified"]
Qualifier = Literal["exact", "about", "at_least", "more_than", "up_to", "less_than", "range", "vague"]
Ai = Literal["yes", "no", "unknown"]
Number = int | float
ROUND = r"^(pre_seed|seed|angel|(pre_)?series_[a-j](_plus)?|bridge|growth|strategic|debt|grant|convertible|secondary)$"
REPEATABLE = frozenset(
    {"bridge", "convertible", "debt", "grant", "growth", "secondary", "strategic"}
)  # rounds of any number


@dataclass(frozen=True, slots=True)
class Article:
    """One text as a source delivered it. `title` is empty where the input does not give it apart from the text."""

    id: str
    text: str
    title: str = ""
    published: date | None = None
    publisher: str = ""
    url: str = ""
    language: str = ""

    def part(self, name: Part) -> str:
        return self.title if name == "title" else self.text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that could not become an article, and why."""

    id: str
    reason: str
    path: str


@dataclass(frozen=True, slots=True)
class Money:
    """Bounds of a sum. "over $1 billion" is min 1e9 and no max; a stated figure has min == max."""

    min: Number | None
    max: Number | None
    currency: str
    qualifier: Qualifier = "exact"


@dataclass(frozen=True, slots=True)
class Valuation:
    money: Money
    basis: Basis = "unspecified"


@dataclass(frozen=True, slots=True)
class When:
    """A period as EDTF (ISO 8601-2) with its first and last day."""

    edtf: str
    min: date
    max: date


@dataclass(frozen=True, slots=True)
class Compute:
    """The part of the money paid in computing power: bounds from 0 to 1, or None where only its presence is told."""

    share_min: float | None
    share_max: float | None
    text: str
    amount: Money | None = None
    of: Literal["round", "investor"] = "round"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article with what it means: `kind` says which stage value `value` holds."""

    kind: str
    start: int
    end: int
    text: str
    value: Any
    rule: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands: `article.part(part)[start:end] == quote`. `start` and `end` are -1 for `published`."""

    field: str
    part: Part
    start: int
    end: int
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation or person in a role. `id` is empty until `resolve` has run; `as_written` are the spellings."""

    name: str
    as_written: tuple[str, ...]
    id: str = ""
    role: Role = "participant"
    amount: Money | None = None
    compute: Compute | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says of one event. An investor's evidence bears its name as written: `investor.<name>`
    until `resolve`, which replaces the name by the entity's id.
    """

    article: str
    target: Party
    investors: tuple[Party, ...] = ()
    round: str | None = None
    status: Status = "closed"
    amount: Money | None = None
    valuation: Valuation | None = None
    compute: Compute | None = None
    date: When | None = None
    ai: Ai = "unknown"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation or person as the run saw it; `decisions` tell for each spelling why it became this entity."""

    id: str
    name: str
    kind: str = ""
    parent: str = ""
    wikidata: str = ""
    ai: Ai = "unknown"
    aliases_seen: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a spelling became an entity, and what else it could have been."""

    spelling: str
    method: Literal["alias", "key", "new"]
    because: str
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which articles disagree: every value with its articles, the chosen one and why."""

    field: str
    values: tuple[tuple[Any, tuple[str, ...]], ...]
    chosen: Any
    because: str


@dataclass(frozen=True, slots=True)
class Event:
    """One real-world event, merged from the reports of all articles; never averages."""

    id: str
    target: Party
    ai: Ai
    investors: tuple[Party, ...]
    round: str | None
    status: Status
    amount: Money | None
    amount_usd: Number | None
    valuation: Valuation | None
    valuation_usd: Number | None
    compute: Compute | None
    date: When | None
    reports: tuple[Report, ...]
    articles: tuple[str, ...]
    publishers: int
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """All that a run found: what `publish` writes. `ledger` counts what a ledger took, had and searched anew."""

    events: tuple[Event, ...]
    entities: tuple[Entity, ...]
    articles: Collection[ArticleRow]
    versions: dict[str, str] = field(default_factory=dict)
    ledger: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One input and its outcome."""

    article: str
    outcome: Outcome
    title: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    reason: str = ""
    duplicate_of: str = ""
    events: int = 0
    sha256: str = ""
