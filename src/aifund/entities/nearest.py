"""Which names of the catalogue a new name resembles: for the reader's eye, never for a decision."""

from __future__ import annotations

from collections.abc import Iterable

_AT_LEAST = 85
_AT_MOST = 3


class Nearest:
    """The spellings that a new name could be taken for."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        """`forms` are folded spellings with the name to show for each."""
        self._shown = dict(forms)
        self._blocks: dict[str, list[str]] = {}
        for form in sorted(self._shown):
            self._blocks.setdefault(form[:2], []).append(form)

    def to(self, key: str) -> tuple[str, ...]:
        """At most three names that score 85 of 100 or more against `key` and begin alike, each with its score."""
        from rapidfuzz import fuzz, process

        near = process.extract(
            key, self._blocks.get(key[:2], ()), scorer=fuzz.WRatio, limit=None, score_cutoff=_AT_LEAST
        )
        best: dict[str, float] = {}
        for form, score, _ in near:
            best[self._shown[form]] = max(score, best.get(self._shown[form], 0))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        return tuple(f"{name} ({score:.0f})" for name, score in ranked[:_AT_MOST])
