"""Values of the document as cells of a table, which the comparison and the explanation show too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aifund.output.document import ComputeNode, InvestorNode, MoneyNode, StatementNode
from aifund.output.values import bounds_text, money_text, stated

JOIN = "; "


def joined(names: Sequence[str]) -> str | None:
    """A list in one cell; None for an empty one."""
    return JOIN.join(names) or None


def statement(node: StatementNode) -> dict[str, Any]:
    """The columns that events.csv and reports.csv share, `target` to `investors`."""
    leads = [investor.name for investor in node.investors if investor.role == "lead"]
    return {
        "target": node.target.name,
        "target_id": node.target.id,
        "ai": node.target.ai,
        "round": node.round,
        "status": node.status,
        "date": node.date.edtf if node.date else None,
        "date_min": node.date.min if node.date else None,
        "date_max": node.date.max if node.date else None,
        **_amount(node.amount),
        **_valuation(node),
        **_compute(node.compute),
        "lead_investors": joined(leads),
        "investors": joined([investor.name for investor in node.investors]),
    }


def _amount(money: MoneyNode | None) -> dict[str, Any]:
    return {
        "amount": stated_cell(money),
        "currency": money.currency if money else None,
        "amount_min": money.min if money else None,
        "amount_max": money.max if money else None,
        "amount_qualifier": money.qualifier if money else None,
        "amount_usd": money.usd if money else None,
    }


def _valuation(node: StatementNode) -> dict[str, Any]:
    money = node.valuation
    return {
        "valuation": stated_cell(money),
        "valuation_currency": money.currency if money else None,
        "valuation_min": money.min if money else None,
        "valuation_max": money.max if money else None,
        "valuation_qualifier": money.qualifier if money else None,
        "valuation_basis": money.basis if money else None,
    }


def _compute(compute: ComputeNode | None) -> dict[str, Any]:
    if compute is None:
        return dict.fromkeys(("compute_share", "compute_share_min", "compute_share_max", "compute_text"))
    return {
        "compute_share": compute.share_min if compute.share_min == compute.share_max else None,
        "compute_share_min": compute.share_min,
        "compute_share_max": compute.share_max,
        "compute_text": compute.text or None,
    }


def stated_cell(money: MoneyNode | None) -> int | float | None:
    """The one figure that was stated, else an empty cell."""
    return None if money is None else stated(money.min, money.max, money.qualifier)


def sum_text(money: MoneyNode | None) -> str | None:
    """A sum with all that belongs to it: `800000000 USD exact`."""
    return None if money is None else money_text(money.min, money.max, money.currency, money.qualifier)


def share_text(compute: ComputeNode | None) -> str | None:
    """A compute share: `0.8`, `0.5..1.0`, or `present` where only its presence is told."""
    if compute is None:
        return None
    if compute.share_min is None and compute.share_max is None:
        return "present"
    return bounds_text(compute.share_min, compute.share_max)


def said(node: StatementNode, field: str) -> str | None:
    """The value that evidence of `field` (`amount`, `investor.<id>`) supports, as the report or the event has it."""
    kind, _, owner = field.partition(".")
    if owner:
        return next((_said_of(investor, kind) for investor in node.investors if investor.id == owner), None)
    match kind:
        case "target":
            return node.target.name
        case "ai":
            return node.target.ai
        case "round":
            return node.round
        case "status":
            return node.status
        case "amount":
            return sum_text(node.amount)
        case "valuation":
            return sum_text(node.valuation)
        case "compute":
            return share_text(node.compute)
        case "date":
            return node.date.edtf if node.date else None
        case _:
            return None


def _said_of(investor: InvestorNode, kind: str) -> str | None:
    match kind:
        case "amount":
            return sum_text(investor.amount)
        case "compute":
            return share_text(investor.compute)
        case "lead":
            return investor.role
        case _:
            return investor.name
