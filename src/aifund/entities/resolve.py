"""From names to entities: two spellings are one only on a declared alias, an identical key or a short form in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from aifund.entities.catalogue import Catalogue
from aifund.entities.registry import Registry
from aifund.entities.senses import Sense, Senses
from aifund.model import Article, Entity, Evidence, Party, Report


def resolve(
    reports: Sequence[Report], articles: Mapping[str, Article], catalogue: Catalogue
) -> tuple[list[Report], list[Entity]]:
    """The reports, in their order, with an entity's id and canonical name for every party, and the entities seen.

    `articles` holds at least those that the reports name. The result is a function of the set of reports, whatever
    their order. An investor that turns out to be the target is dropped, two that are one become one.
    """
    senses = {article: Senses(articles[article], told, catalogue) for article, told in _by_article(reports).items()}
    registry = Registry(catalogue)
    for report in reports:
        for party in _parties(report):
            registry.see(report.article, party, senses[report.article])
    named = registry.named()
    return [_resolved(report, senses[report.article], named) for report in reports], registry.entities()


def _by_article(reports: Sequence[Report]) -> dict[str, list[Report]]:
    told: dict[str, list[Report]] = {}
    for report in reports:
        told.setdefault(report.article, []).append(report)
    return told


def _parties(report: Report) -> Iterator[Party]:
    yield report.target
    yield from report.investors


def _resolved(report: Report, senses: Senses, named: Mapping[Sense, tuple[str, str]]) -> Report:
    """The report with ids and canonical names; its investors' evidence bears the ids in place of the names."""
    ids: dict[str, str] = {}
    for party in report.investors:
        for spelling in (party.name, *party.as_written):
            ids.setdefault(spelling, named[senses.of(party)][0])
    target = _identified(report.target, named[senses.of(report.target)])
    investors: dict[str, Party] = {}
    for party in report.investors:
        known = _identified(party, named[senses.of(party)])
        if known.id != target.id:
            investors[known.id] = _joined(investors[known.id], known) if known.id in investors else known
    evidence = dict.fromkeys(_renamed(one, ids) for one in report.evidence)
    kept = tuple(one for one in evidence if one.field.partition(".")[2] != target.id)
    return replace(report, target=target, investors=tuple(investors.values()), evidence=kept)


def _identified(party: Party, named: tuple[str, str]) -> Party:
    return replace(party, id=named[0], name=named[1])


def _renamed(evidence: Evidence, ids: Mapping[str, str]) -> Evidence:
    head, dot, name = evidence.field.partition(".")
    return replace(evidence, field=f"{head}.{ids[name]}") if dot and name in ids else evidence


def _joined(one: Party, other: Party) -> Party:
    """Two mentions of one investor: it leads if one says so; what the first does not tell is taken from the other."""
    return replace(
        one,
        as_written=tuple(dict.fromkeys((*one.as_written, *other.as_written))),
        role="lead" if "lead" in (one.role, other.role) else one.role,
        amount=one.amount or other.amount,
        compute=one.compute or other.compute,
    )
