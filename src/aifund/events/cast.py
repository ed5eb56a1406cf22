"""Who is who in an article: which names are people, and which organisation it is about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from aifund.events.keys import key_of
from aifund.events.people import employers, people
from aifund.language.units import Sentence, Unit
from aifund.model import Article

_WORD = re.compile(r"\w")
_OPENING = re.compile(r"(?<!\w)(?:\w+|\W)")  # where a name may begin: a word, or a sign that follows no word


@dataclass(frozen=True, slots=True)
class Cast:
    """`people` are keys of names of persons, `employers` by them where their organisations are named; `topic` is where
    the article first names the organisation it is about.
    """

    people: frozenset[str]
    employers: Mapping[str, tuple[Sentence, Unit]]
    topic: tuple[Sentence, Unit] | None


def cast(article: Article, sentences: Sequence[Sentence]) -> Cast:
    """Who is who in `article`, by those of its sentences that have been read."""
    persons = people(sentences)
    return Cast(persons, employers(sentences, persons), _topic(article, sentences, persons))


def _topic(article: Article, sentences: Sequence[Sentence], people: frozenset[str]) -> tuple[Sentence, Unit] | None:
    """The organisation that the article names most, read or not; what the title or the first lines name counts more."""
    seen: dict[str, tuple[Sentence, Unit]] = {}
    spellings: dict[str, set[str]] = {}
    weight: Counter[str] = Counter()
    for number, sentence in enumerate(sentences):
        for unit in sentence.units:
            key = key_of(unit.text)
            if unit.kind == "name" and key not in people:
                seen.setdefault(key, (sentence, unit))
                spellings.setdefault(key, set()).add(unit.text)
                weight[key] += 3 if not unit.depth and (sentence.part == "title" or number < 2) else 0
    times = _times({name for written in spellings.values() for name in written}, article.text)
    for key, written in spellings.items():
        weight[key] += sum(times[name] + 2 * article.title.startswith(name) for name in written)
    order = {key: place for place, key in enumerate(seen)}
    best = max(seen, key=lambda key: (weight[key], -order[key]), default=None)
    return seen[best] if best is not None and weight[best] > 1 else None


def _times(names: Collection[str], text: str) -> Counter[str]:
    """How often `text` holds each of `names` between the bounds of words, found in one pass over it."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)  # of the names that begin with a word
    for name in names:
        lengths[_OPENING.findall(name)[0]].add(len(name))
    times: Counter[str] = Counter()
    ends: dict[str, int] = {}  # of the last place of each, which the next one must not overlap
    for opening in _OPENING.finditer(text):
        start = opening.start()
        for length in lengths.get(opening.group(), ()):
            name, end = text[start : start + length], start + length
            if name in names and ends.get(name, 0) <= start and not _WORD.match(text, end):
                times[name] += 1
                ends[name] = end
    return times
