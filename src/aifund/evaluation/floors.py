"""Accuracy floors: figures of earlier measurements below which later ones must not fall, in one JSON file.

A file holds a floor for each gold file, under its path as seen from the file's own folder.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from aifund.errors import CheckFailed, UsageError
from aifund.evaluation.gold import GoldArticle
from aifund.evaluation.score import stem
from aifund.evaluation.tally import Tally
from aifund.output.document import Document


class Floor(BaseModel):
    """Figures of one gold file, rounded down to three digits, and SHA-256 hashes of what they were measured on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gold: str
    articles: str
    micro_f1: float
    record_exact: float
    f1: dict[str, float]

    def figures(self) -> dict[str, float]:
        """All figures by their names; F1 of slots by the slots' names."""
        return {"micro F1": self.micro_f1, "record exact": self.record_exact, **self.f1}


_FLOORS = TypeAdapter(dict[str, Floor])


def taken(tally: Tally, gold: Path, rows: Iterable[GoldArticle], document: Document) -> Floor:
    """The floor that a measurement of `document` on the `rows` of the file `gold` gives."""
    return Floor(
        gold=hashlib.sha256(gold.read_bytes()).hexdigest(),
        articles=_articles(document, {row.id for row in rows}),
        micro_f1=_down(tally.micro_f1),
        record_exact=_down(tally.record_exact),
        f1={slot: _down(row.f1) for slot, row in tally.rows.items() if row.tp or row.fp or row.fn},
    )


def hold(file: Path, gold: Path, found: Floor) -> None:
    """Raises CheckFailed where `found` lies below the floor that the file has for `gold`, UsageError where it has none
    or where the gold or its articles are not those of the floor."""
    name = _name(file, gold)
    floor = load(file).get(name)
    if floor is None:
        raise UsageError(f"{file} has no floor for {name} — take one with --update")
    _compare(file, name, floor, found)


def raised(file: Path, gold: Path, found: Floor) -> str:
    """The content of the file with the floor for `gold` raised to `found`, or added. Raises as `hold` does: no floor is
    ever lowered."""
    name = _name(file, gold)
    floors = load(file) if file.exists() else {}
    if floor := floors.get(name):
        _compare(file, name, floor, found)
    return dump({**floors, name: found})


def load(file: Path) -> dict[str, Floor]:
    """The floors of a file. Raises UsageError where it cannot be read."""
    try:
        return _FLOORS.validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror} — take floors with --update") from error
    except ValidationError as error:
        raise UsageError(f"{file} is no file of floors — delete it and take them anew with --update") from error


def dump(floors: Mapping[str, Floor]) -> str:
    """Floors as a file holds them."""
    listed = {name: floor.model_dump() for name, floor in sorted(floors.items())}
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"


def _compare(file: Path, name: str, floor: Floor, found: Floor) -> None:
    for part in ("gold", "articles"):
        if getattr(floor, part) != getattr(found, part):
            changed = f"{part} of {name} have changed" if part == "articles" else f"{name} has changed"
            raise UsageError(f"{changed} since its floor was taken — where that is meant, delete it from {file}")
    now = found.figures()
    low = [
        f"{what} {now.get(what, 0):.3f}, floor {figure:.3f}"
        for what, figure in floor.figures().items()
        if now.get(what, 0) < figure
    ]
    if low:
        listed = "\n".join(f"  {line}" for line in low)
        raise CheckFailed(f"{name} is below its floor — 'aifund eval --errors' shows where\n{listed}")


def _articles(document: Document, ids: set[str]) -> str:
    """A hash over ids and texts of those articles that the gold speaks of."""
    rows = sorted((stem(row.article), row.sha256 or "") for row in document.articles if stem(row.article) in ids)
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _name(file: Path, gold: Path) -> str:
    return Path(os.path.relpath(gold.resolve(), file.resolve().parent)).as_posix()


def _down(figure: float) -> float:
    return math.floor(figure * 1000 + 1e-6) / 1000
