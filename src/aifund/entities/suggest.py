"""Which names of a run may be one organisation, and which one name may be two: proposals for a person to decide.

Names are compared by rapidfuzz within blocks, each name in the blocks of its beginning and of its end, so that the work
grows with the number of names and not with its square. What the likeness (0 to 100) is worth tell the facts: common
investors or investments speak for one organisation, an article that names both speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from aifund.entities.names import fold, heads
from aifund.entities.pinyin import is_chinese, latin, pinyin

_LIKE = 86  # of 100: less is no likeness
_WORTH = 85  # the score from which a merge is proposed
_FACT, _FACTS_AT_MOST = 5, 15
_APART = 25  # one article names both
_SAME_STEM = 92  # the likeness of names that differ by generic words alone
_SAME_SOUND = 95
_SPLIT = 80
TOLD_APART = 90  # by the run itself
_START = 3  # letters that put two names into one block
_LARGEST = 1500  # names of a block; larger ones are cut by a further letter
_TIMES = 3  # times another sum: no misreport


@dataclass(frozen=True, slots=True)
class Seen:
    """An organisation as a run saw it. `partners` are the others of its deals, as ids."""

    id: str
    name: str
    known: bool
    articles: frozenset[str]
    partners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Merge:
    """That `other` may be `kept`."""

    kept: Seen
    other: Seen
    score: int
    because: str


@dataclass(frozen=True, slots=True)
class Round:
    """A deal of one target, as far as it can tell that its name is two organisations'."""

    event: str
    target: str
    name: str
    round: str
    year: int
    dollars: float
    investors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Split:
    """That one name may be two organisations."""

    id: str
    name: str
    score: int
    because: str


def merges(seen: Sequence[Seen], tails: Collection[str], never: Collection[frozenset[str]]) -> list[Merge]:
    """Pairs that may be one, the surest first.

    `tails` are generic words at the end of names, `never` pairs of ids that are denied.
    """
    by_id = {one.id: one for one in seen}
    found = []
    for pair, (likeness, why) in _alike(seen, tails).items():
        one, other = by_id[pair[0]], by_id[pair[1]]
        if (one.known and other.known) or frozenset(pair) in never:
            continue
        common, partners = one.articles & other.articles, one.partners & other.partners
        score = min(100, round(likeness) + min(_FACT * len(partners), _FACTS_AT_MOST)) - (_APART if common else 0)
        if score >= _WORTH:
            because = [why]
            because += [f"both have deals with {', '.join(sorted(partners)[:3])}"] if partners else []
            because += [f"but {min(common)} names both"] if common else []
            kept, lesser = sorted((one, other), key=lambda each: (not each.known, -len(each.articles), each.id))
            found.append(Merge(kept, lesser, score, ", ".join(because)))
    return sorted(found, key=lambda merge: (-merge.score, merge.kept.id, merge.other.id))


def splits(rounds: Iterable[Round]) -> list[Split]:
    """Targets with two rounds of one kind in one year that share no investor and differ in their sum."""
    by_kind: defaultdict[tuple[str, str, int], list[Round]] = defaultdict(list)
    for one in rounds:
        if one.round and one.investors and one.dollars:
            by_kind[one.target, one.round, one.year].append(one)
    found: dict[str, Split] = {}
    for alike in by_kind.values():
        for index, one in enumerate(alike):
            for other in alike[:index]:
                low, high = sorted((one.dollars, other.dollars))
                if one.investors.isdisjoint(other.investors) and high > _TIMES * low:
                    because = f"{other.event} and {one.event} have no investor in common and very different sums"
                    found.setdefault(one.target, Split(one.target, one.name, _SPLIT, because))
    return [found[target] for target in sorted(found)]


def _alike(seen: Sequence[Seen], tails: Collection[str]) -> dict[tuple[str, str], tuple[float, str]]:
    """Pairs of ids in order, with their likeness and in what it lies."""
    found = {pair: (likeness, f"likeness {likeness:.0f}") for pair, likeness in _near(seen).items()}
    for one, other in _same(seen, lambda one: _stem(one, tails)):
        found[one.id, other.id] = _SAME_STEM, "they differ by generic words"
    for one, other in _same(seen, _sound):
        if is_chinese(one.name) != is_chinese(other.name):
            found[one.id, other.id] = _SAME_SOUND, "one is the pinyin of the other"
    return found


def _near(seen: Sequence[Seen]) -> dict[tuple[str, str], float]:
    """Pairs of ids whose names are alike, letter by letter."""
    from rapidfuzz import fuzz, process

    names = {one.id: fold(one.name) for one in seen}
    found: dict[tuple[str, str], float] = {}
    for block in _blocks(names):
        written = [names[id_] for id_ in block]
        likeness = process.cdist(written, written, scorer=fuzz.ratio, score_cutoff=_LIKE)
        for row, column in zip(*likeness.nonzero(), strict=True):
            if row < column:
                found[block[row], block[column]] = float(likeness[row, column])
    return found


def _blocks(names: Mapping[str, str]) -> Iterator[list[str]]:
    """Ids, sorted, of names that begin alike, and of names that end alike."""
    for letters in (names, {id_: name[::-1] for id_, name in names.items()}):
        waiting = [(_START, sorted(letters))]
        while waiting:
            length, ids = waiting.pop()
            blocks: defaultdict[str, list[str]] = defaultdict(list)
            for id_ in ids:
                blocks[letters[id_][:length]].append(id_)
            for start, block in blocks.items():
                if len(block) > _LARGEST and len(start) == length:
                    waiting.append((length + 1, block))
                elif len(block) > 1:
                    yield block[:_LARGEST]


def _same(seen: Sequence[Seen], form: Callable[[Seen], str]) -> Iterator[tuple[Seen, Seen]]:
    """Pairs with an equal form, each in order of the ids."""
    groups: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in sorted(seen, key=lambda one: one.id):
        groups[form(one)].append(one)
    for group in groups.values():
        yield from combinations(group[:_LARGEST], 2)


def _stem(one: Seen, tails: Collection[str]) -> str:
    key = fold(one.name)
    return min((key, *heads(key, tails)), key=len)


def _sound(one: Seen) -> str:
    return pinyin(one.name) if is_chinese(one.name) else latin(one.name)
