"""What a checks.yaml may hold."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from aifund.rules.models import Strict, Text


def _off(value: Any) -> Any:
    return None if value == "off" else value


OFF = BeforeValidator(_off)
Number = Annotated[Annotated[float, Field(ge=0)] | None, OFF]
Share = Annotated[Annotated[float, Field(ge=0, le=1)] | None, OFF]
Count = Annotated[Annotated[int, Field(ge=0)] | None, OFF]


class Checks(Strict):
    """The bounds of all checks, None where one is off; rules/checks.yaml says what they mean."""

    least_events: Count = None
    most_events: Count = None
    filled_from: Count = None
    least_amounts: Share = None
    least_dates: Share = None
    unreadable_from: Count = None
    most_unreadable: Share = None
    least_amount_usd: Number = None
    most_amount_usd: Number = None
    least_valuation_usd: Number = None
    most_valuation_usd: Number = None
    most_days_ahead: Count = None
    slip_factors: tuple[Annotated[float, Field(gt=1)], ...] = ()
    slip_voices: Annotated[Annotated[int, Field(ge=1)] | None, OFF] = None
    accept: tuple[Text, ...] = ()
