"""The trained weights of the learned roles: a table of features, read once, and the probabilities that it gives."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("weights.tsv")
MODELS = {"money": 3, "target": 1, "whom": 1, "name": 3, "deal": 2}  # how many weights a feature has

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """`tables` holds for each model the weights of its features, one for each class.

    money: neither, the money of a deal, a valuation. name: no investor, an investor, a lead. deal: no, yes. target and
    whom weigh candidates for the target, of a sum or round and of an investor's money.
    """

    tables: Mapping[str, Mapping[str, Row]]

    def classes(self, model: str, features: Iterable[str]) -> list[float]:
        """The probability of each class."""
        table = self.tables[model]
        sums = [0.0] * MODELS[model]
        for feature in sorted(set(features)):
            for c, weight in enumerate(table.get(feature, ())):
                sums[c] += weight
        return _normal(sums)

    def among(self, model: str, candidates: Sequence[Iterable[str]]) -> list[float]:
        """The probability that each of the candidates, told by its features, is the one."""
        table = self.tables[model]
        return _normal([sum(table[f][0] for f in sorted(set(fs)) if f in table) for fs in candidates])


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    return parse(TABLE.read_text(encoding="utf-8"))


def digest() -> str:
    """The SHA-256 of the shipped table."""
    return hashlib.sha256(TABLE.read_bytes()).hexdigest()


def parse(text: str) -> Weights:
    """The weights in a table: a line is a model, a feature and its weights in thousandths, parted by tabs."""
    tables: dict[str, _Table] = {model: _Table() for model in MODELS}
    for line in text.splitlines():
        model, feature, numbers = line.split("\t", 2)
        tables[model].lines[feature] = numbers
    return Weights(tables)


class _Table(Mapping[str, Row]):
    """A model's weights, read number by number as they are asked for: an article needs few of them."""

    def __init__(self) -> None:
        self.lines: dict[str, str] = {}
        self._read: dict[str, Row] = {}

    def __getitem__(self, feature: str) -> Row:
        if feature not in self._read:
            self._read[feature] = tuple(int(x) / 1000 for x in self.lines[feature].split("\t"))
        return self._read[feature]

    def __contains__(self, feature: object) -> bool:
        return feature in self.lines

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def get(self, feature: str, default: Row = ()) -> Row:  # type: ignore[override]
        return self[feature] if feature in self.lines else default


def render(weights: Weights) -> str:
    """The table of `weights`, sorted, without what weighs next to nothing."""
    lines = []
    for model in sorted(weights.tables):
        for feature, row in sorted(weights.tables[model].items()):
            numbers = [round(1000 * x) for x in row]
            if max(map(abs, numbers)) >= 50:
                lines.append("\t".join([model, feature, *map(str, numbers)]))
    return "\n".join(lines) + "\n"


def _normal(sums: Sequence[float]) -> list[float]:
    top = max(sums)
    powers = [math.exp(x - top) for x in sums]
    total = sum(powers)
    return [x / total for x in powers]
