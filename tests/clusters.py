"""How well reports are grouped by event: B-cubed and pairwise precision, recall and F1.

The item is the report: what one article tells of one event. Sources: Bagga and Baldwin 1998 (B-cubed); pairs of items
counted as in the Rand index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """Precision and recall, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> Score:
    """The mean over the items of how pure and how complete the cluster of each is. Both hold the same items."""
    both, by_found, by_gold = _sizes(found, gold)
    shared = {item: both[found[item], gold[item]] for item in gold}
    count = len(gold) or 1
    return Score(
        sum(shared[item] / by_found[found[item]] for item in gold) / count,
        sum(shared[item] / by_gold[gold[item]] for item in gold) / count,
    )


def pairwise(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> Score:
    """Of the pairs put together those that belong together, and the reverse; 1 where there are no pairs."""
    both, by_found, by_gold = (_pairs(sizes) for sizes in _sizes(found, gold))
    return Score(both / by_found if by_found else 1.0, both / by_gold if by_gold else 1.0)


def _sizes(
    found: Mapping[str, Hashable], gold: Mapping[str, Hashable]
) -> tuple[Counter[Hashable], Counter[Hashable], Counter[Hashable]]:
    return Counter((found[item], gold[item]) for item in gold), Counter(found.values()), Counter(gold.values())


def _pairs(sizes: Counter[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
