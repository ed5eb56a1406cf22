"""Things filed under names, found by names that `same` holds for one with theirs, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from aifund.events.draft import OPENING, Source, initials
from aifund.events.keys import key_of

T = TypeVar("T", bound=Hashable)
Sign = tuple[str, object]


class Alike(Generic[T]):
    """Items by the mentions that name them."""

    def __init__(self) -> None:
        self._order: dict[T, int] = {}
        self._signed: defaultdict[Sign, set[T]] = defaultdict(set)

    def add(self, item: T, mentions: Sequence[Source]) -> None:
        """Files `item` under `mentions`, besides those that it is filed under already."""
        self._order.setdefault(item, len(self._order))
        for mention in mentions:
            for sign in _borne(mention):
                self._signed[sign].add(item)

    def find(self, mention: Source) -> list[T]:
        """The items of which a mention is `same` as this one, in the order in which they were first filed."""
        found: set[T] = set()
        for sign in _sought(mention):
            found |= self._signed.get(sign, set())
        return sorted(found, key=self._order.__getitem__)


def _borne(mention: Source) -> Iterator[Sign]:
    """The signs by which a mention is found."""
    yield from _either(mention)
    yield "name", mention.name
    yield "initials", initials(mention.name)
    words = tuple(mention.name.casefold().split())
    yield "words", words
    yield from (("opening", opening) for opening in _openings(words))


def _sought(mention: Source) -> Iterator[Sign]:
    """The signs of the mentions that are `same` as this one."""
    yield from _either(mention)
    yield "initials", mention.name
    yield "name", initials(mention.name)
    words = tuple(mention.name.casefold().split())
    yield "opening", words
    yield from (("words", opening) for opening in _openings(words))


def _either(mention: Source) -> Iterator[Sign]:
    yield "key", key_of(mention.name)
    if mention.unit.value:
        yield "entity", mention.unit.value


def _openings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The shorter names that stand for one of these words."""
    return (words[:n] for n in range(1, len(words)) if len("".join(words[:n])) >= OPENING)
