"""The flat rows of the CSV tables, one model a table: its fields are the columns, in the contract's order.

A model's bases stand last first: pydantic puts the fields of the last base at the front.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from aifund.model import Ai, Basis, Part, Qualifier, Role, Status
from aifund.output.document import Count, Currency, Id, Round, Share, Sum

Stated = Annotated[Sum, Field(description="The stated figure; empty for a range or a vague sum.")]
Names = Annotated[str, Field(description="Several, joined by '; '.")]


class Row(BaseModel):
    """A line of a table; None is an empty cell."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StatementRow(Row):
    """What is said of an event, by one article or by all of them together."""

    target: str
    target_id: str
    ai: Ai
    round: Round | None
    status: Status
    date: Annotated[str, Field(description="EDTF (ISO 8601-2).")] | None
    date_min: datetime.date | None
    date_max: datetime.date | None
    amount: Stated | None
    currency: Currency | None
    amount_min: Sum | None
    amount_max: Sum | None
    amount_qualifier: Qualifier | None
    amount_usd: Sum | None
    valuation: Stated | None
    valuation_currency: Currency | None
    valuation_min: Sum | None
    valuation_max: Sum | None
    valuation_qualifier: Qualifier | None
    valuation_basis: Basis | None
    compute_share: Annotated[Share, Field(description="Filled where both bounds are equal.")] | None
    compute_share_min: Share | None
    compute_share_max: Share | None
    compute_text: str | None
    lead_investors: Names | None
    investors: Annotated[str, Field(description="All, leads first, joined by '; '.")] | None


class EventKey(Row):
    event_id: Id


class Support(Row):
    articles: Names
    publishers: Annotated[Count, Field(description="Independent publishers among the articles.")]
    conflicts: (
        Annotated[str, Field(description="Fields on which articles disagree, or unsure ones, joined by '; '.")] | None
    )


class EventRow(Support, StatementRow, EventKey):
    """One event, merged over all articles."""


class ReportKey(Row):
    article: Id
    event_id: Id


class ReportRow(StatementRow, ReportKey):
    """What one article says of one event."""


class InvestmentRow(Row):
    """One investor in one event; the sums are those of its own cheque."""

    event_id: Id
    target: str
    investor: str
    investor_id: Id
    role: Role
    amount: Sum | None
    currency: Currency | None
    compute_share_min: Share | None
    compute_share_max: Share | None
    articles: Names | None


class EvidenceRow(Row):
    """One value found in an article; `start` and `end` count Unicode code points of its `part`."""

    event_id: Id
    article: Id
    field: Id
    value: str | None
    part: Part
    start: Count | None
    end: Count | None
    quote: str | None
    rule: str | None


class EntityRow(Row):
    """One organisation or person seen."""

    entity_id: Id
    name: str
    kind: str | None
    parent: str | None
    aliases_seen: Names | None
    wikidata: str | None
    articles: Annotated[Count, Field(description="How many articles name it.")]
