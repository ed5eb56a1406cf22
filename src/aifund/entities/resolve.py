"""From names to entities: two spellings are one only on a declared alias, an identical key or what articles say.

Two organisations of one name are two only where articles contradict each other on them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from aifund.entities.catalogue import Catalogue
from aifund.entities.links import Deal, joined
from aifund.entities.namesakes import namesakes
from aifund.entities.registry import Registry
from aifund.entities.senses import Renaming, Sense, Senses
from aifund.entities.vehicles import without_owners
from aifund.model import Article, Entity, Evidence, Party, Report

Named = Mapping[Sense, tuple[str, str]]


def resolve(
    reports: Sequence[Report], articles: Mapping[str, Article], catalogue: Catalogue
) -> tuple[list[Report], list[Entity]]:
    """The reports, in their order, with an entity's id and canonical name for every party, and the entities seen.

    `articles` holds at least those that the reports name. The result is a function of the set of reports, whatever
    their order. An investor that turns out to be the target is dropped, two that are one become one, and so do a
    vehicle and its owner.
    """
    registry = Registry(catalogue)
    apart = namesakes(reports, articles, catalogue)
    renamings: list[Renaming] = []
    deals: dict[int, Deal] = {}
    same: dict[Sense, Sense] = {}  # one object for equal senses: a million reports name a hundred thousand
    for article, places in _by_article(reports).items():
        its = [reports[place] for place in places]
        senses = Senses(articles[article], its, catalogue, apart)
        renamings += senses.renamings()
        for place, report in zip(places, its, strict=True):
            without = without_owners(report, senses.owned)
            for party in _parties(report, without):
                registry.see(article, party, senses.of(party), senses)
            deals[place] = _deal(without, senses, articles[article], same)
        for one in senses.owned:
            registry.own(senses.of_name(one.vehicle), senses.of_name(one.owner))
    links = joined([*deals.values()], renamings, catalogue)
    named = registry.named(links)
    entities = registry.entities(links, named)
    del registry  # with what it noted of every spelling, before the reports double
    parties: dict[Party, Party] = {}
    return [_resolved(deals.pop(place), named, parties) for place in range(len(reports))], entities


def _parties(report: Report, without: Report) -> list[Party]:
    """The parties of a report, and those in whom its owners and companies were taken up."""
    named = {party.name for party in report.investors}
    return [report.target, *report.investors, *(party for party in without.investors if party.name not in named)]


def _by_article(reports: Sequence[Report]) -> dict[str, list[int]]:
    """The places of each article's reports."""
    places: dict[str, list[int]] = {}
    for place, report in enumerate(reports):
        places.setdefault(report.article, []).append(place)
    return places


def _deal(report: Report, senses: Senses, article: Article, same: dict[Sense, Sense]) -> Deal:
    """The report with what its names mean in its article."""
    target, *investors = [same.setdefault(sense, sense) for sense in map(senses.of, (report.target, *report.investors))]
    return Deal(report, target, tuple(investors), article.published)


def _meant(deal: Deal) -> list[tuple[Party, Sense]]:
    """The parties of a report, the target first, with what they mean in their article."""
    report = deal.report
    return [(report.target, deal.target), *zip(report.investors, deal.investors, strict=True)]


def _resolved(deal: Deal, named: Named, same: dict[Party, Party]) -> Report:
    """The report with ids and canonical names; its investors' evidence bears the ids in place of the names.

    `same` makes equal parties of all reports one object.
    """
    ids: dict[str, str] = {}
    known: list[Party] = []
    for party, sense in _meant(deal):
        entity, name = named[sense]
        if known:
            for spelling in (party.name, *party.as_written):
                ids.setdefault(spelling, entity)
        its = Party(name, party.as_written, entity, party.role, party.amount, party.compute)
        known.append(same.setdefault(its, its))
    target, *givers = known
    investors: dict[str, Party] = {}
    for giver in givers:
        if giver.id != target.id:
            investors[giver.id] = _united(investors[giver.id], giver) if giver.id in investors else giver
    evidence = dict.fromkeys(_renamed(one, ids) for one in deal.report.evidence)
    kept = tuple(one for one in evidence if one.field.partition(".")[2] != target.id)
    return replace(deal.report, target=target, investors=tuple(investors.values()), evidence=kept)


def _renamed(evidence: Evidence, ids: Mapping[str, str]) -> Evidence:
    """Evidence for an investor's value under its id; the field is one object for all that is said of an investor."""
    head, dot, name = evidence.field.partition(".")
    if not dot or name not in ids:
        return evidence
    field = sys.intern(f"{head}.{ids[name]}")
    return Evidence(field, evidence.part, evidence.start, evidence.end, evidence.quote, evidence.rule)


def _united(one: Party, other: Party) -> Party:
    """Two mentions of one investor: it leads if one says so; what the first does not tell is taken from the other."""
    return replace(
        one,
        as_written=tuple(dict.fromkeys((*one.as_written, *other.as_written))),
        role="lead" if "lead" in (one.role, other.role) else one.role,
        amount=one.amount or other.amount,
        compute=one.compute or other.compute,
    )
