"""Fits the weights: conditional and multinomial logistic regression by full batches, so that nothing is random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from aifund.events.weights import Row

Features = list[str]
Floats = np.ndarray[Any, np.dtype[np.float64]]
_LEAST = 4  # how many examples hold a feature that is kept
_STEPS, _RATE, _SETTLING = 150, 0.1, 0.8  # from this part of the steps on, the rate is a tenth
_MOMENTUM, _SPREAD, _TINY = 0.9, 0.99, 1e-8


def classes(examples: Sequence[tuple[Features, int]], count: int, strength: float) -> dict[str, Row]:
    """Weights of `count` classes from examples, each its features and its class."""
    names, columns, rows = _table([x for x, _ in examples])
    right = np.zeros((len(examples), count))
    right[np.arange(len(examples)), [y for _, y in examples]] = 1

    def slope(w: Floats) -> Floats:
        sums = np.stack([np.bincount(rows, w[columns, c], minlength=len(examples)) for c in range(count)], 1)
        powers = np.exp(sums - sums.max(1, keepdims=True))
        off = powers / powers.sum(1, keepdims=True) - right
        return np.stack([np.bincount(columns, off[rows, c], minlength=len(names)) for c in range(count)], 1)

    w = _descend(np.zeros((len(names), count)), slope, strength)
    return {name: tuple(float(x) for x in row) for name, row in zip(names, w, strict=True)}


def among(groups: Sequence[Sequence[tuple[Features, bool]]], strength: float) -> dict[str, Row]:
    """Weights that pick the right candidate of each group, any of those that are right."""
    flat = [x for group in groups for x in group]
    names, columns, rows = _table([x for x, _ in flat])
    starts = np.cumsum([0, *(len(g) for g in groups)])[:-1]
    group = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    right = np.array([y for _, y in flat], dtype=float)

    def slope(w: Floats) -> Floats:
        sums = np.bincount(rows, w[columns], minlength=len(flat))
        powers = np.exp(sums - np.maximum.reduceat(sums, starts)[group])
        chance = powers / np.add.reduceat(powers, starts)[group]
        good = chance * right
        good /= np.maximum(np.add.reduceat(good, starts)[group], 1e-12)
        return np.asarray(np.bincount(columns, (chance - good)[rows], minlength=len(names)), dtype=float)

    w = _descend(np.zeros(len(names)), slope, strength)
    return {name: (float(x),) for name, x in zip(names, w, strict=True)}


def _table(examples: Sequence[Features]) -> tuple[list[str], Any, Any]:
    """The names of the features kept, and for each occurrence its number and its example's."""
    counts = Counter(f for x in examples for f in set(x))
    names = sorted(f for f, n in counts.items() if n >= _LEAST)
    number = {f: n for n, f in enumerate(names)}
    cells = [(number[f], row) for row, x in enumerate(examples) for f in sorted(set(x)) if f in number]
    return names, np.array([c for c, _ in cells]), np.array([r for _, r in cells])


def _descend(w: Floats, slope: Callable[[Floats], Floats], strength: float) -> Floats:
    """Adam over all examples at once; `strength` pulls the weights to nought."""
    mean, spread = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, _STEPS + 1):
        g = slope(w) + strength * w
        mean = _MOMENTUM * mean + (1 - _MOMENTUM) * g
        spread = _SPREAD * spread + (1 - _SPREAD) * g * g
        rate = _RATE * (0.1 if step > _STEPS * _SETTLING else 1)
        w = w - rate * (mean / (1 - _MOMENTUM**step)) / (np.sqrt(spread / (1 - _SPREAD**step)) + _TINY)
    return w
