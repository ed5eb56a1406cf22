"""What stands behind an event: who says so in which words, by which rules, what was chosen, joined and rejected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from aifund.errors import UsageError
from aifund.output.cells import said
from aifund.output.document import Document, EventNode, EvidenceNode, InvestorNode, ReportNode
from aifund.output.joins import Merge, chosen
from aifund.output.methods import described
from aifund.output.people import VALUES, headline, share_words, sum_words, target_words
from aifund.output.read import read
from aifund.output.rows import EventRow
from aifund.output.values import one_line

_UNHEDGED = "told as done: no word of talks, rumours or a denial"
FIELDS = ("target", "investors", *VALUES, "articles", "conflicts")
COLUMNS = {"event_id": "articles", "publishers": "articles", "ai": "target", "currency": "amount"}
COLUMNS |= {"investor": "investors", "lead": "investors", "lead_investors": "investors"}


def why(source: Path, event_id: str, field: str | None = None) -> str:
    """What an output folder (or events.json) holds on an event, or on one of its fields, for people.

    `field` is one of `FIELDS`, a column of events.csv, a field in evidence.csv, or `investor.<id>` for one investor.
    Raises UsageError for an event or a field that is not there, naming those that are.
    """
    document = read(source)
    event = _event(document, event_id)
    fields = FIELDS if field is None else [_field(event, field)]
    blocks = [headline(event), *("\n".join(_explained(document, event, name)) for name in fields)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _event(document: Document, event_id: str) -> EventNode:
    events = {event.event_id: event for event in document.events}
    if event_id in events:
        return events[event_id]
    from rapidfuzz import process

    near = [one for one, _, _ in process.extract(event_id, sorted(events), limit=3, score_cutoff=60)]
    hint = f"did you mean {', '.join(near)}?" if near else "events.csv lists the ids"
    raise UsageError(f"there is no event {event_id!r}; {hint}")


def _field(event: EventNode, field: str) -> str:
    """The field that a name stands for."""
    if field in FIELDS or field in {f"investor.{investor.id}" for investor in event.investors}:
        return field
    if field in COLUMNS:
        return COLUMNS[field]
    owner = field.partition("_")[0]
    if field in EventRow.model_fields and owner in FIELDS:
        return owner
    investors = [f"investor.{investor.id}" for investor in event.investors]
    if any(one.field == field for report in event.reports for one in report.evidence):
        whole = f"investor.{field.partition('.')[2]}"
        return whole if whole in investors else field
    raise UsageError(f"there is no field {field!r}; the fields are {', '.join([*FIELDS, *investors])}")


def _explained(document: Document, event: EventNode, field: str) -> Iterator[str]:
    if field == "target":
        yield from _target(document, event)
    elif field == "investors":
        for investor in event.investors:
            yield from _investor(document, event, investor)
    elif field.startswith("investor."):
        yield from _investor(document, event, next(one for one in event.investors if f"investor.{one.id}" == field))
    elif field == "articles":
        yield from _articles(document, event)
    elif field == "conflicts":
        yield f"conflicts: {', '.join(conflict.field for conflict in event.conflicts) or 'none, the articles agree'}"
        yield from (f"  {one_line(f'{conflict.field}: {conflict.because}')}" for conflict in event.conflicts)
    elif field in VALUES:
        yield from _value(event, field)
    else:
        yield from _evidence(event, field)


def _value(event: EventNode, field: str) -> Iterator[str]:
    """A value, why it was taken, and every article's own value with its quotes: first those that say the same."""
    yield f"{field}: {VALUES[field](event) or 'nobody says'}"
    conflict = next((one for one in event.conflicts if one.field == field), None)
    taken = said(event, field)
    if any(VALUES[field](report) is not None for report in event.reports):
        yield f"  taken because {one_line(conflict.because) if conflict else chosen(field, event)}"
    for report in sorted(event.reports, key=lambda report: said(report, field) != taken):
        value = VALUES[field](report)
        if value is not None:
            yield f"  {report.article}: {value}{'' if said(report, field) == taken else ' (not taken)'}"
            yield from _quotes(report, {field})
            if field == "status" and all(one.field != field for one in report.evidence):
                yield f"    {_UNHEDGED}"


def _evidence(event: EventNode, field: str) -> Iterator[str]:
    """The quotes of a field of evidence.csv that is about no value of the event."""
    yield f"{field}: in no value of the event"
    for report in event.reports:
        if any(one.field == field for one in report.evidence):
            yield f"  {report.article}"
            yield from _quotes(report, {field})


def _target(document: Document, event: EventNode) -> Iterator[str]:
    yield one_line(f"target: {target_words(event)}")
    for report in event.reports:
        yield f"  {report.article}"
        yield from _quotes(report, {"target", "ai"})
    yield from _names(
        document, event.target.id, (name for report in event.reports for name in report.target.as_written)
    )


def _investor(document: Document, event: EventNode, investor: InvestorNode) -> Iterator[str]:
    parts = [investor.role, sum_words(investor.amount), share_words(investor.compute)]
    yield f"investor: {one_line(investor.name)} ({investor.id}), {', '.join(part for part in parts if part)}"
    spellings: list[str] = []
    for report in event.reports:
        for own in report.investors:
            if own.id == investor.id:
                spellings += own.as_written
                own_parts = [own.role, sum_words(own.amount), share_words(own.compute)]
                yield f"  {report.article}: {', '.join(part for part in own_parts if part)}"
                yield from _quotes(report, {f"{kind}.{own.id}" for kind in ("investor", "lead", "amount", "compute")})
    yield from _names(document, investor.id, spellings)


def _names(document: Document, entity_id: str, spellings: Iterable[str]) -> Iterator[str]:
    """Why each spelling is this organisation, and which others it could have been."""
    written = {spelling.casefold() for spelling in spellings}
    for entity in document.entities:
        if entity.id != entity_id:
            continue
        if entity.parent:
            yield f"  part of {entity.parent}"
        for one in entity.decisions:
            if one.spelling.casefold() in written:
                rejected = f"; rejected: {', '.join(one.rejected)}" if one.rejected else ""
                meaning = f'"{one.spelling}" is {entity.name} by {one.method}: {one.because}{rejected}'
                yield f"  {one_line(meaning)}"


def _articles(document: Document, event: EventNode) -> Iterator[str]:
    merge = Merge(document)
    yield f"articles: {len(event.articles)}, independent publishers: {event.publishers}"
    for article in document.articles:
        if article.article in event.articles:
            known = [str(part) for part in (article.publisher, article.published, article.title) if part]
            copy = f" (the same as {article.duplicate_of})" if article.duplicate_of else ""
            yield f"  {one_line(': '.join([article.article, ', '.join(known)]).removesuffix(': '))}{copy}"
            for report in event.reports:
                if report.article == article.article:
                    yield f"    joined by {one_line(merge.ties(report, event))}"
    yield from (f"  {one_line(reason)}" for reason in merge.apart(event))


def _quotes(report: ReportNode, fields: Collection[str]) -> Iterator[str]:
    for one in report.evidence:
        if one.field in fields:
            yield f"    {_quote(one)}"


def _quote(one: EvidenceNode) -> str:
    if one.start is None:
        return f"by its publication date ({described(one.rule)})"
    return f'"{one_line(one.quote)}" ({one.field} in {one.part} {one.start}-{one.end}, {described(one.rule)})'
