"""events.json as pydantic models: what they accept is the output contract, schema 1.

A model's bases stand last first: pydantic puts the fields of the last base at the front.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from aifund.model import ROUND, Ai, Basis, Outcome, Part, Qualifier, Role, Status

SCHEMA_VERSION = "1.0"

Sum = Annotated[int, Field(ge=0)] | Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Id = Annotated[str, Field(min_length=1)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code.")]
Round = Annotated[str, Field(pattern=ROUND)]


class Node(BaseModel):
    """A part of events.json. Every key is always there; what nobody says is null."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MoneyNode(Node):
    """Bounds of a sum in units of its currency (dollars, not cents).

    `usd` is the stated figure at the reference rate, null where none is known.
    """

    min: Sum | None
    max: Sum | None
    currency: Currency
    qualifier: Qualifier
    usd: Sum | None


class ValuationNode(MoneyNode):
    """What the target is worth, before or after the round's money."""

    basis: Basis


class ComputeNode(Node):
    """The part of the money paid in computing power or cloud credits, of the round or of one investor's cheque."""

    present: Literal[True]
    share_min: Share | None
    share_max: Share | None
    amount: MoneyNode | None
    of: Literal["round", "investor"]
    text: str = Field(description="The words that say so.")


class DateNode(Node):
    """A period as EDTF (ISO 8601-2), with its first and last day."""

    edtf: str = Field(min_length=4)
    min: datetime.date
    max: datetime.date


class TargetNode(Node):
    """The organisation that receives the money, and whether it is an AI company."""

    id: Id
    name: Id
    ai: Ai


class ReportTargetNode(TargetNode):
    """The target, with the spellings that the article uses."""

    as_written: list[str]


class InvestorNode(Node):
    """An organisation or person that gives money; `amount` and `compute` are of its own cheque."""

    id: Id
    name: Id
    role: Role
    amount: MoneyNode | None
    compute: ComputeNode | None


class ReportInvestorNode(InvestorNode):
    """An investor, with the spellings that the article uses."""

    as_written: list[str]


class EvidenceNode(Node):
    """`part[start:end] == quote` in Unicode code points; `published` (the publication date) has no span."""

    field: str = Field(
        pattern=r"^(target|investor|lead|round|status|amount|valuation|compute|date|ai)(\..+)?$",
        description="The value that the quote supports; of one investor: `investor.<id>`.",
    )
    part: Part
    start: Count | None
    end: Count | None
    quote: str
    rule: str


class EventKeyNode(Node):
    event_id: Id


class ArticleKeyNode(Node):
    article: Id


class StatementNode(Node):
    """What is said of an event, by one article or by all of them together."""

    target: TargetNode
    investors: Sequence[InvestorNode]
    round: Round | None
    status: Status
    amount: MoneyNode | None
    valuation: ValuationNode | None
    compute: ComputeNode | None
    date: DateNode | None


class ReportNode(StatementNode, ArticleKeyNode):
    """What one article says of one event."""

    target: ReportTargetNode
    investors: list[ReportInvestorNode]
    evidence: list[EvidenceNode]


Value = ValuationNode | MoneyNode | ComputeNode | DateNode | list[str] | str | int | float | None


class ConflictValueNode(Node):
    """One of several values, and the articles that state it."""

    value: Value
    articles: list[str]


class ConflictNode(Node):
    """A field on which articles disagree: every value, the chosen one and why."""

    field: Id
    values: list[ConflictValueNode]
    chosen: Value
    because: str


class EventNode(StatementNode, EventKeyNode):
    """One real-world event, merged over all articles that report it."""

    investors: list[InvestorNode]
    articles: list[str]
    publishers: Count = Field(description="Independent publishers among the articles.")
    conflicts: list[ConflictNode]
    reports: list[ReportNode]


class DecisionNode(Node):
    """Why a spelling became an entity, and what else it could have been."""

    spelling: str
    method: Literal["alias", "key", "new"]
    because: str
    rejected: list[str]


class EntityNode(Node):
    """An organisation or person as the run saw it."""

    id: Id
    name: Id
    kind: str | None
    parent: str | None
    wikidata: str | None
    ai: Ai
    aliases_seen: list[str]
    articles: list[str]
    decisions: list[DecisionNode]


class ArticleNode(Node):
    """One input and its outcome."""

    article: Id
    title: str | None
    publisher: str | None
    published: datetime.date | None
    language: str | None
    url: str | None
    outcome: Outcome
    reason: str | None
    duplicate_of: str | None
    events: Count
    sha256: str | None


class Document(Node):
    """All that a run found: the events with their reports, the organisations, the inputs with their outcomes."""

    schema_version: Literal["1.0"]
    events: list[EventNode]
    entities: list[EntityNode]
    articles: list[ArticleNode]
