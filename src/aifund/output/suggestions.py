"""Proposals for the catalogue out of an output set, as YAML to paste, with the evidence of each as a comment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from aifund.entities.catalogue import Catalogue
from aifund.entities.suggest import TOLD_APART, Merge, Round, Seen, Split, merges, splits
from aifund.output.document import Document
from aifund.output.read import read
from aifund.output.values import one_line

_HEAD = """\
# {merges} and {splits} among {count} organisations, the surest first. Paste what is right into a file like
# my-rules/entities/names.yaml, write "not" instead of "aliases" where two names are two organisations, and read the
# articles again: aifund extract … --rules my-rules/
"""


def suggestions(source: Path, catalogue: Catalogue) -> str:
    """What an output folder (or events.json) proposes. Raises UsageError where there is none."""
    document = read(source)
    parted = _parted(document, catalogue)
    never = _denied(document, catalogue) | {frozenset(pair) for its in parted for pair in combinations(its, 2)}
    merged = merges(_seen(document, catalogue), catalogue.tails, never)
    split = [*_told_apart(document, parted), *splits(_rounds(document))]
    counts = {"merges": _count(merged, "likely merge"), "splits": _count(split, "likely split")}
    lines = [_HEAD.format(**counts, count=len(document.entities)).rstrip("\n")]
    lines.append("organisations:" if merged else "organisations: []")
    lines += [line for kept in _by_kept(merged) for line in _merge(kept)]
    lines += [line for one in split for line in _split(one)]
    return "\n".join(lines) + "\n"


def _seen(document: Document, catalogue: Catalogue) -> list[Seen]:
    """The organisations of the document, then those of the catalogue that it does not have."""
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for event in document.events:
        for investor in event.investors:
            partners[event.target.id].add(investor.id)
            partners[investor.id].add(event.target.id)
    seen = [
        Seen(one.id, one.name, one.id in catalogue, frozenset(one.articles), frozenset(partners[one.id]))
        for one in document.entities
    ]
    there = {one.id for one in seen}
    unseen = (one for one in catalogue.organisations.values() if one.id not in there)
    return seen + [Seen(one.id, one.name, True, frozenset(), frozenset()) for one in unseen]


def _denied(document: Document, catalogue: Catalogue) -> set[frozenset[str]]:
    """Pairs of ids of which a `not` says that they are two."""
    by_key: defaultdict[str, set[str]] = defaultdict(set)
    for one in document.entities:
        by_key[catalogue.key(one.name)].add(one.id)
    return {
        frozenset((entry.id, other))
        for entry in catalogue.organisations.values()
        for name in entry.never
        for other in {name} | by_key[catalogue.key(name)]
    }


def _parted(document: Document, catalogue: Catalogue) -> list[list[str]]:
    """Ids of new organisations that the run told apart though they bear one name."""
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for one in document.entities:
        if one.id not in catalogue:
            by_key[catalogue.key(one.name)].append(one.id)
    return [its for its in by_key.values() if len(its) > 1]


def _told_apart(document: Document, parted: list[list[str]]) -> Iterator[Split]:
    """What was told apart, to be confirmed or taken back."""
    entities = {one.id: one for one in document.entities}
    for ids in parted:
        for one in map(entities.__getitem__, ids[1:]):
            because = next((decision.because for decision in one.decisions if decision.method == "new"), "")
            taken = (
                f"taken for another one than {ids[0]} (the entry {{id: {ids[0]}, name: {_quoted(one.name)}}} undoes it)"
            )
            yield Split(one.id, one.name, TOLD_APART, f"{taken}, for {because}")


def _rounds(document: Document) -> Iterator[Round]:
    for event in document.events:
        if event.round and event.amount and event.amount.usd and event.date:
            investors = frozenset(investor.id for investor in event.investors)
            target, year = event.target, event.date.min.year
            yield Round(event.event_id, target.id, target.name, event.round, year, float(event.amount.usd), investors)


def _by_kept(merged: list[Merge]) -> Iterator[list[Merge]]:
    """The merges of each organisation, in the order of its surest."""
    groups: defaultdict[str, list[Merge]] = defaultdict(list)
    for one in merged:
        groups[one.kept.id].append(one)
    proposed: set[str] = set()
    for kept, group in groups.items():
        fresh = [one for one in group if one.other.id not in proposed and kept not in proposed]
        proposed |= {one.other.id for one in fresh}
        if fresh:
            yield fresh


def _merge(group: list[Merge]) -> Iterator[str]:
    for one in group:
        articles = ", ".join(sorted(one.other.articles)[:3])
        yield "  # " + one_line(f"{one.score}: {one.other.name} ({articles}) may be {one.kept.name}: {one.because}")
    kept = group[0].kept
    yield f"  - id: {kept.id}"
    yield f"    name: {_quoted(kept.name)}"
    yield f"    aliases: [{', '.join(_quoted(one.other.name) for one in group)}]"


def _split(one: Split) -> Iterator[str]:
    yield "  # " + one_line(f"{one.score}: {one.name} may be two organisations: {one.because}")
    name = _quoted(one.name)
    yield f"  # - {{id: {one.id}, name: {name}, aliases_if: [{{aliases: [{name}], needs: [words of its articles]}}]}}"


def _quoted(name: str) -> str:
    """`name` as a YAML string that no reader takes for anything else."""
    return "'" + one_line(name).replace("'", "''") + "'"


def _count(found: list[Merge] | list[Split], what: str) -> str:
    return f"1 {what}" if len(found) == 1 else f"{len(found)} {what}s"
