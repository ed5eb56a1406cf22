"""The trained weights of the learned roles: a table of features, read once, and the probabilities that it gives."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("weights.tsv")
MODELS = {"money": 3, "target": 1, "name": 3, "deal": 2}  # the model's name, and its number of weights a feature

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """`tables` holds for each model the weights of its features, one for each class.

    money: neither, the money of a deal, a valuation. name: no investor, an investor, a lead. deal: no, yes.
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
    tables: dict[str, dict[str, Row]] = {model: {} for model in MODELS}
    for line in text.splitlines():
        model, feature, *numbers = line.split("\t")
        tables[model][feature] = tuple(int(x) / 1000 for x in numbers)
    return Weights(tables)


def render(weights: Weights) -> str:
    """The table of `weights`, sorted, without what weighs next to nothing."""
    lines = []
    for model in sorted(weights.tables):
        for feature, row in sorted(weights.tables[model].items()):
            numbers = [round(1000 * x) for x in row]
            if max(map(abs, numbers)) >= 10:
                lines.append("\t".join([model, feature, *map(str, numbers)]))
    return "\n".join(lines) + "\n"


def _normal(sums: Sequence[float]) -> list[float]:
    top = max(sums)
    powers = [math.exp(x - top) for x in sums]
    return [x / sum(powers) for x in powers]
