"""Values as people say them, for explanations on a terminal."""

from __future__ import annotations

from collections.abc import Callable

from aifund.model import Number, Qualifier
from aifund.output.document import (
    ComputeNode,
    DateNode,
    EventNode,
    InvestorNode,
    MoneyNode,
    StatementNode,
    ValuationNode,
)
from aifund.output.values import one_line

BEFORE: dict[Qualifier, str] = {
    "about": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "up_to": "up to ",
    "less_than": "less than ",
    "vague": "vaguely ",
}


def sum_words(money: MoneyNode | None) -> str | None:
    """`more than 1,000,000,000 USD`, `10 to 20 CNY`; with the basis of a valuation and other currencies' dollars."""
    if money is None:
        return None
    basis = f", {money.basis}-money" if isinstance(money, ValuationNode) and money.basis != "unspecified" else ""
    dollars = f" = {money.usd:,} USD" if money.usd is not None and money.currency != "USD" else ""
    return f"{BEFORE.get(money.qualifier, '')}{_bounds(money.min, money.max)} {money.currency}{dollars}{basis}"


def share_words(compute: ComputeNode | None) -> str | None:
    """`80 % of the round ("80% in cloud credits")`, with the words that say so."""
    if compute is None:
        return None
    low, high = (None if share is None else round(share * 100, 4) for share in (compute.share_min, compute.share_max))
    share = "a share that is not told" if low is None and high is None else f"{_bounds(low, high)} %"
    owner = "the round" if compute.of == "round" else "an investor's money"
    amount = f", {sum_words(compute.amount)}" if compute.amount else ""
    return f'{share} of {owner}{amount} ("{one_line(compute.text)}")'


def date_words(date: DateNode | None) -> str | None:
    """`2024-02 (2024-02-01 to 2024-02-29)`; a day alone."""
    if date is None:
        return None
    return date.edtf if date.min == date.max else f"{date.edtf} ({date.min} to {date.max})"


VALUES: dict[str, Callable[[StatementNode], str | None]] = {
    "round": lambda node: node.round,
    "status": lambda node: node.status,
    "amount": lambda node: sum_words(node.amount),
    "valuation": lambda node: sum_words(node.valuation),
    "compute": lambda node: share_words(node.compute),
    "date": lambda node: date_words(node.date),
}


def headline(event: EventNode) -> str:
    """An event in one line: its id, the target and what is known of it."""
    values = (tell(event) for name, tell in VALUES.items() if name != "compute")
    return one_line(f"{event.event_id}: {event.target.name}, {', '.join(value for value in values if value)}")


def target_words(node: StatementNode) -> str:
    """`Lunar Labs (lunar-labs), an AI company: yes`."""
    return f"{node.target.name} ({node.target.id}), an AI company: {node.target.ai}"


def investors_words(node: StatementNode) -> str:
    """`Kestrel Capital (lead), Birch Ventures (10 to 20 CNY)`: each with what is told of its own cheque."""
    return ", ".join(_investor(investor) for investor in node.investors)


def _investor(one: InvestorNode) -> str:
    known = ("lead" if one.role == "lead" else None, sum_words(one.amount), share_words(one.compute))
    parts = [part for part in known if part]
    return f"{one.name} ({', '.join(parts)})" if parts else one.name


def _bounds(low: Number | None, high: Number | None) -> str:
    figures = dict.fromkeys(f"{bound:,}".removesuffix(".0") for bound in (low, high) if bound is not None)
    return " to ".join(figures) or "an unknown sum"
