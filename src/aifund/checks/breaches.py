"""Where tables break the checks: one line each, with the row, what it holds, who says so and which check it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from aifund.checks.models import Checks
from aifund.errors import CheckFailed
from aifund.output.cells import stated_cell
from aifund.output.document import ArticleNode, EventNode, MoneyNode, ReportNode, StatementNode
from aifund.output.people import sum_words
from aifund.output.values import one_line

SHOWN = 20
Sum = tuple[float, str]  # and its currency
NEAR = 0.02  # how far two sums may be off the factor: they are rounded in different ways


def hold(checks: Checks, events: Sequence[EventNode], articles: Iterable[ArticleNode]) -> None:
    """Raises CheckFailed, which lists every breach, where there is one."""
    found = list(breaches(checks, events, articles))
    if not found:
        return
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    lines = "\n".join(f"  {one_line(line)}" for line in [*found[:SHOWN], *more])
    raise CheckFailed(
        f"nothing published, the tables break {'a check' if len(found) == 1 else f'{len(found)} checks'}\n{lines}\n"
        "Where a row is right, put its id under `accept` in a checks.yaml, or set the bound there (--checks FILE);\n"
        "where an article is wrong, take it out (of a ledger with 'aifund ledger forget')"
    )


def breaches(checks: Checks, events: Sequence[EventNode], articles: Iterable[ArticleNode]) -> Iterator[str]:
    """One line for each check of a table as a whole, and for each row, that does not hold."""
    yield from _of_events(checks, events)
    telling = {article for event in events for article in event.articles}
    published: dict[str, date] = {}
    publishers: dict[str, str] = {}
    inputs = lost = 0
    first = ""
    for article in articles:
        inputs += 1
        if article.outcome == "unreadable":
            lost += 1
            first = first or f"{article.article}: {article.reason}"
        if article.article in telling:
            publishers[article.article] = article.publisher or article.article
            if article.published:
                published[article.article] = article.published
    yield from _of_articles(checks, inputs, lost, first)
    for event in events:
        if event.event_id not in checks.accept:
            yield from _out_of_range(checks, event)
            yield from _ahead(checks, event, published)
            yield from _slipped(checks, event, publishers)


def _of_events(checks: Checks, events: Sequence[EventNode]) -> Iterator[str]:
    rows = len(events)
    for name in _broken(checks, "events", rows):
        yield f"{name} is {getattr(checks, name)}: events.csv has {rows} rows"
    for name, field in (("amounts", "amount"), ("dates", "date")):
        filled = sum(getattr(event, field) is not None for event in events)
        for check in _broken(checks, name, filled / rows) if rows >= max(checks.filled_from or 0, 1) else ():
            yield f"{check} is {getattr(checks, check):g}: events.csv has one in {filled} of {rows} rows"


def _of_articles(checks: Checks, inputs: int, lost: int, first: str) -> Iterator[str]:
    enough = inputs >= max(checks.unreadable_from or 0, 1)
    for check in _broken(checks, "unreadable", lost / inputs) if enough else ():
        rows = f"{lost} of {inputs} rows unreadable; the first is {first}"
        yield f"{check} is {getattr(checks, check):g}: articles.csv has {rows}"


def _broken(checks: Checks, name: str, number: float) -> Iterator[str]:
    """The bounds, `least_<name>` and `most_<name>`, that a number is beyond."""
    least, most = (getattr(checks, f"{edge}_{name}", None) for edge in ("least", "most"))
    if least is not None and number < least:
        yield f"least_{name}"
    if most is not None and number > most:
        yield f"most_{name}"


def _out_of_range(checks: Checks, event: EventNode) -> Iterator[str]:
    for field in ("amount", "valuation"):
        money = getattr(event, field)
        dollars = _dollars(money)
        for check in _broken(checks, f"{field}_usd", dollars) if dollars is not None else ():
            row = f"{event.event_id} has the {field} {sum_words(money)}, says {_sayings(event, field, money)}"
            yield f"{check} is {getattr(checks, check):,.0f}: {row}"


def _dollars(money: MoneyNode | None) -> float | None:
    """A sum in dollars, of a range or a vague sum in dollars its upper end."""
    if money is None or money.usd is not None or money.currency != "USD":
        return money.usd if money else None
    return money.max if money.max is not None else money.min


def _sayings(event: EventNode, field: str, value: object) -> str:
    """The articles that say a value, with the words."""
    saying = [report for report in event.reports if getattr(report, field) == value] or event.reports
    return "; ".join(f"{report.article}{_quote(report, field)}" for report in saying[:3])


def _quote(report: ReportNode, field: str) -> str:
    quotes = [one.quote for one in report.evidence if one.field == field and one.quote]
    return f' ("{quotes[0]}")' if quotes else ""


def _ahead(checks: Checks, event: EventNode, published: Mapping[str, date]) -> Iterator[str]:
    days = [published[article] for article in event.articles if article in published]
    if event.date and days and any(_broken(checks, "days_ahead", (event.date.min - max(days)).days)):
        row = f"{event.event_id} has the date {event.date.edtf}, its newest article is of {max(days)}"
        yield f"most_days_ahead is {checks.most_days_ahead}: {row}, says {_sayings(event, 'date', event.date)}"


def _slipped(checks: Checks, event: EventNode, publishers: Mapping[str, str]) -> Iterator[str]:
    """A sum that other publishers give so many times larger or smaller, while no second one bears it out."""
    for field in ("amount", "valuation") if checks.slip_voices else ():
        chosen = _sum(event, field)
        saying: dict[Sum | None, list[ReportNode]] = {}
        for report in event.reports:
            saying.setdefault(_sum(report, field), []).append(report)
        voices = {told: len({publishers[one.article] for one in reports}) for told, reports in saying.items()}
        for told, reports in saying.items() if voices.get(chosen, 0) < 2 else ():
            if voices[told] >= (checks.slip_voices or 0) and _slip(chosen, told, checks.slip_factors):
                value = getattr(event, field)
                row = f"{event.event_id} has the {field} {sum_words(value)}, says {_sayings(event, field, value)}"
                others = "; ".join(f"{report.article}{_quote(report, field)}" for report in reports[:3])
                yield f"slip_voices is {checks.slip_voices}: {row}, but {others} tell otherwise"


def _slip(one: Sum | None, other: Sum | None, factors: Sequence[float]) -> bool:
    """Whether two sums of one currency are one of the factors apart."""
    if not one or not other or one[1] != other[1]:
        return False
    ratio = max(one[0], other[0]) / min(one[0], other[0])
    return any(abs(ratio / factor - 1) <= NEAR for factor in factors)


def _sum(node: StatementNode, field: str) -> Sum | None:
    money: MoneyNode | None = getattr(node, field)
    stated = stated_cell(money)
    return (stated, money.currency) if money and stated else None
