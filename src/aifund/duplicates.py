"""Articles that say the same: copies, the same wire story under several outlets, rewrites with small edits.

MinHash signatures (rensa) of each article's word triples; articles that agree in one of several bands of their
signatures are compared (locality-sensitive hashing), and those whose triples overlap by half are one group. An article
takes half a kilobyte, whatever its length. Reference: Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import re
from array import array
from datetime import date
from typing import TYPE_CHECKING

from aifund.model import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HASHES = 128
_ROWS = 4  # of the signature in a band: pairs alike by 0.5 meet in one of 32 bands with 87 %, by 0.6 with 99 %
_ALIKE = 0.5  # of all word triples in either article
_TRIPLE = 3
_SHORT = 20  # words below which only the same words are the same text
_LONGEST = 50_000  # words of an article that count
_PORTION = 50_000  # pairs compared at a time
_WORD = re.compile(r"\w+")


class Duplicates:
    """Takes articles one by one, then tells which of them say the same."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._days = array("q")
        self._signatures = array("I")

    def add(self, article: Article) -> None:
        """Takes an article; its text is not kept."""
        from rensa import RMinHash

        signature = RMinHash(num_perm=_HASHES, seed=1)
        signature.update(_triples(article.text))
        self._ids.append(article.id)
        self._days.append((article.published or date.max).toordinal())
        self._signatures.extend(signature.digest())

    def originals(self) -> dict[str, str]:
        """Of each article that says the same as an earlier one, the first of its group: by publication day, then id.

        A pure function of the set of articles, whatever their order.
        """
        import numpy as np

        count = len(self._ids)
        if count < 2:
            return {}
        signatures = np.frombuffer(self._signatures, dtype=np.uint32).reshape(count, _HASHES)
        order = np.array(sorted(range(count), key=self._ids.__getitem__))
        order = order[np.argsort(np.frombuffer(self._days, dtype=np.int64)[order], kind="stable")]
        groups = _Groups(count)
        for band in range(0, _HASHES, _ROWS):
            for one, other in _meeting(signatures[:, band : band + _ROWS], order):
                apart = groups.apart(one, other)
                one, other = one[apart], other[apart]
                alike = (signatures[order[one]] == signatures[order[other]]).mean(axis=1) >= _ALIKE
                groups.unite(one[alike], other[alike])
        return {
            self._ids[order[rank]]: self._ids[order[first]]
            for rank, first in enumerate(groups.firsts())
            if first != rank
        }


def _triples(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())[:_LONGEST]
    if len(words) < _SHORT:
        return [" ".join(words) or text]
    return [" ".join(words[i : i + _TRIPLE]) for i in range(len(words) - _TRIPLE + 1)]


def _meeting(band: NDArray[np.uint32], order: NDArray[np.int64]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Pairs of ranks that agree in the band, in portions: each with the first that does, and with the one before."""
    import numpy as np

    keys = np.zeros(len(order), dtype=np.uint64)
    for column in range(band.shape[1]):
        keys = (keys * np.uint64(0x9E3779B97F4A7C15)) ^ band[order, column].astype(np.uint64)
    ranks = np.argsort(keys, kind="stable")
    same = keys[ranks[1:]] == keys[ranks[:-1]]
    heads = np.maximum.accumulate(np.where(np.r_[True, ~same], np.arange(len(ranks)), 0))
    behind = np.flatnonzero(same) + 1
    pairs = [(ranks[heads[behind]], ranks[behind]), (ranks[behind - 1], ranks[behind])]
    return [
        (one[at : at + _PORTION], other[at : at + _PORTION])
        for one, other in pairs
        for at in range(0, len(one), _PORTION)
    ]


class _Groups:
    """Disjoint sets of ranks; a set is known by its lowest."""

    def __init__(self, count: int) -> None:
        import numpy as np

        self._parents = np.arange(count)

    def apart(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the pairs are not known to be in one set."""
        different: NDArray[np.bool_] = self._parents[one] != self._parents[other]
        return different

    def unite(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> None:
        for left, right in zip(one.tolist(), other.tolist(), strict=True):
            low, high = sorted((self._first(left), self._first(right)))
            self._parents[high] = low

    def _first(self, rank: int) -> int:
        while (parent := int(self._parents[rank])) != rank:
            self._parents[rank] = self._parents[parent]
            rank = parent
        return rank

    def firsts(self) -> list[int]:
        """The lowest rank of each rank's set."""
        return [self._first(rank) for rank in range(len(self._parents))]
