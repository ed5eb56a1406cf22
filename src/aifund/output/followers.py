"""Under which id an event goes on: ids change when articles tell of a round, a year or a name that was not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from aifund.output.document import Document, EventNode

Words = tuple[str, str]  # an article, and a word that it uses for the target


def followers(before: Document, after: Document) -> dict[str, str]:
    """The ids of `before` whose event has another id in `after`: the id that it has there.

    An event goes on where reports of common articles name the target by the same id or words; of several such events
    in the one with most articles in common, then the one with most equal values. An event whose id lives on with one of
    its reports keeps it. Where none is free, it went into one that has its articles only now: the two became one.
    """
    old, new = ({event.event_id: event for event in document.events} for document in (before, after))
    stays = {id_: _words(event) for id_, event in old.items() if id_ in new and _words(event) & _words(new[id_])}
    by_word: defaultdict[Words, set[str]] = defaultdict(set)
    for id_, event in new.items():
        for word in _words(event) - stays.get(id_, set()):
            by_word[word].add(id_)
    moved = {id_: event for id_, event in old.items() if id_ not in stays}
    pairs = sorted(_candidates(moved, new, by_word))
    found: dict[str, str] = {}
    for *_, earlier, later in pairs:
        if earlier not in found and later not in stays and later not in found.values():
            found[earlier] = later
    for *_, earlier, later in pairs:
        found.setdefault(earlier, later)
    return found


def _candidates(
    old: Mapping[str, EventNode], new: Mapping[str, EventNode], by_word: Mapping[Words, set[str]]
) -> Iterator[tuple[int, int, str, str]]:
    """Pairs of ids, the likeliest with the least numbers."""
    for earlier, event in old.items():
        words = _words(event)
        for later in {id_ for word in words for id_ in by_word.get(word, ())}:
            common = {article for article, _ in words & _words(new[later])}
            yield -len(common), -_equal(event, new[later]), earlier, later


def _words(event: EventNode) -> set[Words]:
    return {
        (report.article, word)
        for report in event.reports
        for word in (f"id {report.target.id}", *report.target.as_written)
    }


def _equal(one: EventNode, other: EventNode) -> int:
    """How many values of two events are the same."""
    fields = ("round", "status", "amount", "valuation", "compute", "date", "investors", "target")
    return sum(getattr(one, field) == getattr(other, field) for field in fields)
