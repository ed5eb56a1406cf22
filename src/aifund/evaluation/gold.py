"""Gold files: JSON Lines, an article a line, with the events that a careful reader finds in it.

What each key means stands in the README under "Gold".
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError, model_validator

from aifund.errors import UsageError
from aifund.model import Basis, Status
from aifund.output.document import Currency, Round
from aifund.sources.encoding import NotText, decode

ANY: Literal["any"] = "any"
MOST_FAULTS = 10
_STEPS = frozenset({"unscored", "stated"})  # of a location: which branch of `Scored` a value took

Value = TypeVar("Value")
Name = Annotated[str, Field(min_length=1)]
Names = Annotated[list[Name], Field(min_length=1)]
Sum = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Flag = Annotated[bool, Field(strict=True)]
Scored = Annotated[
    Annotated[Literal["any"], Tag("unscored")] | Annotated[Value, Tag("stated")],
    Discriminator(lambda value: "unscored" if value == ANY else "stated"),
]


class Node(BaseModel):
    """A part of a gold row. Unknown keys are refused: a typo would silently change the score."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldMoney(Node):
    """Bounds of a sum, of which one may be open."""

    min: Sum | None = None
    max: Sum | None = None
    currency: Currency

    @model_validator(mode="after")
    def _a_figure(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("a sum needs min or max; where none is stated, write null for the sum")
        return self


class GoldValuation(GoldMoney):
    """What the target is worth; a basis of "any" or null is not scored."""

    basis: Basis | Literal["any"] | None = None


class GoldShare(Node):
    """An accepted reading of the part that is paid in computing power."""

    min: Share
    max: Share


class GoldPeriod(Node):
    """The first and the last day on which the event can have been."""

    min: datetime.date
    max: datetime.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError("min is after max; swap them")
        return self


class GoldInvestor(Node):
    """An investor by its accepted names; `optional`: neither rewarded nor punished."""

    name: Names
    lead: Flag | Literal["any"] = False
    optional: Flag = False


class GoldEvent(Node):
    """One event of an article. None: the article says nothing of it; "any": not scored."""

    target: Names
    investors: list[GoldInvestor]
    round: Scored[Round] | None = None
    amount: Scored[GoldMoney] | None = None
    valuation: Scored[GoldValuation] | None = None
    compute: Scored[Annotated[list[GoldShare], Field(min_length=1)]] | None = None
    date: Scored[GoldPeriod] | None = None
    status: Scored[Annotated[list[Status], Field(min_length=1)]] | None = None
    optional: Flag = False


class GoldArticle(BaseModel):
    """One line: an article's id and its events. Further keys, such as notes, are left alone."""

    model_config = ConfigDict(frozen=True)

    id: Name
    events: list[GoldEvent]


def read(path: Path) -> list[GoldArticle]:
    """The rows of a gold file, in file order; empty lines are passed over.

    Raises UsageError where the file cannot be read, holds no rows, or has lines that are no rows: each is named as
    `file:line` with its fault.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror} — give a gold file (JSON Lines)") from error
    rows: list[GoldArticle] = []
    seen: dict[str, int] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            if row.id in seen:
                raise _Fault(f"the article {row.id!r} stands on line {seen[row.id]} already; join the two lines")
            seen[row.id] = number
            rows.append(row)
        except _Fault as fault:
            faults.append(f"{path}:{number}: {fault}")
    if faults:
        more = [f"… and {len(faults) - MOST_FAULTS} more"] if len(faults) > MOST_FAULTS else []
        listed = "\n".join(faults[:MOST_FAULTS] + more)
        raise UsageError(f"{path} cannot be used — mend these lines (the form: 'Gold' in the README)\n{listed}")
    if not rows:
        raise UsageError(f"{path} holds no rows — a gold file has a line for each article")
    return rows


class _Fault(ValueError):
    """A line that is no gold row; the message says why."""


def _row(line: bytes) -> GoldArticle:
    try:
        return GoldArticle.model_validate(json.loads(decode(line)))
    except NotText as error:
        raise _Fault(str(error)) from error
    except ValidationError as error:
        raise _Fault(_told(error.errors(include_url=False)[0])) from error
    except (ValueError, RecursionError) as error:
        raise _Fault(f"no JSON: {error}") from error


def _told(fault: Any) -> str:
    """One of pydantic's faults as people say it: `events[0].amount: a sum needs min or max`."""
    steps = [step for step in fault["loc"] if step not in _STEPS]
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
    match fault["type"]:
        case "missing":
            return f"{place} is missing"
        case "extra_forbidden":
            return f"{place} is no known key"
        case "value_error":
            return f"{place}: {fault['ctx']['error']}"
        case "model_type":
            return f"{place or 'a row'} must be an object {{…}}"
        case _:
            return f"{place}: {fault['msg']}, not {json.dumps(fault['input'], ensure_ascii=False, default=str)[:80]}"
