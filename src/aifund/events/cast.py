"""Who is who in an article: which names are people, and which organisation it is about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aifund.language.units import Sentence, Unit
from aifund.model import Article

_WORD = re.compile(r"\w")
_OPENING = re.compile(r"(?<!\w)(?:\w+|\W)")  # where a name may begin: a word, or a sign that follows no word


@dataclass(frozen=True, slots=True)
class Cast:
    """`people` are keys of names of persons; `topic` is where the article first names the organisation it is about."""

    people: frozenset[str]
    topic: tuple[Sentence, Unit] | None


@lru_cache(maxsize=1 << 16)
def key_of(name: str) -> str:
    """A name without case, spaces and punctuation, so that its spellings meet."""
    return "".join(c for c in name.casefold().removeprefix("the ") if c.isalnum())


def cast(article: Article, sentences: Sequence[Sentence]) -> Cast:
    """Who is who in `article`, by those of its sentences that have been read."""
    people = _people(sentences)
    return Cast(people, _topic(article, sentences, people))


def _people(sentences: Sequence[Sentence]) -> frozenset[str]:
    full = {key for sentence in sentences for key in _titled(sentence)}
    parts = {key_of(part) for name in full for part in name.split()[-1:] + name.split()[:1] if len(part) > 2}
    return frozenset({key_of(name) for name in full} | parts)


def _titled(sentence: Sentence) -> Iterator[str]:
    """Names that stand beside a job title, or that speak and have a first and a last name."""
    units = sentence.units
    titles = _spots(sentence, "job_title") - _spots(sentence, "company_noun")  # not "N, a leader in pumps"
    saying = {c.first for c in sentence.of("saying")}
    for i, unit in enumerate(units):
        letters = "".join(c for c in unit.text if c not in " -.")
        if unit.kind != "name" or len(unit.text.split()) > 3 or not letters.isalpha():
            continue
        near = range(i + 1, min(i + 4, len(units)))
        after = next((j for j in near if units[j].low not in (",", "the", "its", "(", "a", "an")), None)
        apposed = after is not None and after in titles and after > i + 1
        before = i - 1 in titles and units[i - 1].low not in ("and",)
        speaks = len(unit.text.split()) == 2 and i + 1 in saying and not _organisation(units, i)
        full = " " in unit.text and not unit.tail  # people are introduced so
        if (apposed and full) or before or speaks:
            yield unit.text


def _spots(sentence: Sentence, kind: str) -> set[int]:
    return {i for cue in sentence.of(kind) for i in range(cue.first, cue.last + 1)}


def _organisation(units: Sequence[Unit], i: int) -> bool:
    """Whether the name before a verb of saying is no person's: one known or formed as an organisation's, or an "it"."""
    unit = units[i]
    return bool(unit.value or unit.tail) or any(u.low in ("it", "its") for u in units[i + 2 : i + 6])


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
