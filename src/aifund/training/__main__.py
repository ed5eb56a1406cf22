"""`python -m aifund.training CORPUS…`: trains on each CORPUS/articles.jsonl and gold.jsonl, writes the weights."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aifund.entities.catalogue import Catalogue
from aifund.events import worth
from aifund.events.features import of_candidate, of_money, of_name
from aifund.events.reports import candidates, write
from aifund.events.roles import Roles
from aifund.events.stage import Place, Player, Stage
from aifund.events.weights import MODELS, TABLE, Weights, render
from aifund.language.mentions import Reader
from aifund.language.units import Sentence
from aifund.model import Article
from aifund.rules import load
from aifund.sources import read
from aifund.training import fit
from aifund.training.labels import Gold, Key, deals

FOLDS = 5
BRIEF = 2  # sentences, the title among them
STRENGTH = {"money": 20.0, "target": 15.0, "whom": 20.0, "name": 30.0, "deal": 1.0}  # pull the weights to nought


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article with its sentences, its gold, and the examples that the learned roles take from it."""

    article: Article
    sentences: Sequence[Sentence]
    events: Sequence[Gold]
    money: list[tuple[list[str], int]]
    target: list[list[tuple[list[str], bool]]]
    whom: list[list[tuple[list[str], bool]]]
    name: list[tuple[list[str], int]]


def train(lessons: Sequence[Lesson]) -> Weights:
    """The weights of all models. That of the verdict learns from articles that the others have not learnt from."""
    unseen = [x for k in range(FOLDS) for x in worths(lessons[k::FOLDS], roles(others(lessons, k)))]
    deal = fit.classes(unseen, MODELS["deal"], STRENGTH["deal"])
    return Weights({**roles(lessons).tables, "deal": deal})


def others(lessons: Sequence[Lesson], fold: int) -> list[Lesson]:
    return [x for n, x in enumerate(lessons) if n % FOLDS != fold]


def roles(lessons: Sequence[Lesson]) -> Weights:
    """The weights without those of the verdict."""
    return Weights({
        "money": fit.classes([x for e in lessons for x in e.money], MODELS["money"], STRENGTH["money"]),
        "target": fit.among([x for e in lessons for x in e.target], STRENGTH["target"]),
        "whom": fit.among([x for e in lessons for x in e.whom], STRENGTH["whom"]),
        "name": fit.classes([x for e in lessons for x in e.name], MODELS["name"], STRENGTH["name"]),
        "deal": {},
    })  # fmt: skip


def worths(lessons: Sequence[Lesson], weights: Weights) -> list[tuple[list[str], int]]:
    """The drafts that `weights` make of the articles, each with whether it is a deal: of whole articles, and of the
    briefs that feeds make of them.
    """
    out = []
    for e, sentences in ((x, s) for x in lessons for s in (x.sentences, x.sentences[:BRIEF])):
        known = Roles(Stage(e.article, sentences), weights)
        drafts = candidates(e.article, known)
        right = deals([write(d, e.article, drafts) for d in drafts], e.events)
        told = [worth.features(known, d) for d in drafts]
        out += [(x, int(y)) for x, y in zip(told, right, strict=True) if y is not None]
    return out


def lesson(article: Article, sentences: Sequence[Sentence], events: Sequence[Gold]) -> Lesson:
    stage = Stage(article, sentences)
    key = Key(stage, events)
    sums = [(n, i) for n, s in enumerate(sentences) for i in s.moneys()]
    names = {place: key.name(place) for place in stage.at}
    backings = {place: key.backed(place) for place, role in names.items() if role}
    return Lesson(
        article,
        sentences,
        events,
        [(of_money(stage, place), key.money(place)) for place in sums],
        [_group(stage, place, right, stage.candidates(place[0])) for place, (right, _) in key.anchors.items()],
        [_group(stage, place, right, stage.others(place)) for place, right in backings.items()],
        [(of_name(stage, place), role) for place, role in names.items() if role is not None],
    )


def _group(stage: Stage, place: Place, right: Collection[int], who: Sequence[Player]) -> list[tuple[list[str], bool]]:
    """The candidates for the target of what stands at `place`, nobody first, each with whether it is one."""
    named = any(p.number in right for p in who)
    nobody = (of_candidate(stage, place, None), not named)
    return [nobody, *((of_candidate(stage, place, p), p.number in right) for p in who)]


def lessons(corpus: Path) -> list[Lesson]:
    """The lessons of a corpus, in its order."""
    rules = load()
    reader = Reader(rules, Catalogue.load(rules.entities))
    gold: Mapping[str, Any] = {
        r["id"]: r["events"] for r in map(json.loads, (corpus / "gold.jsonl").open(encoding="utf-8"))
    }
    articles = [x for x in read([corpus / "articles.jsonl"]) if isinstance(x, Article) and x.id in gold]
    return [lesson(a, reader.read(a), gold[a.id]) for a in articles]


def main() -> int:
    TABLE.write_text(render(train([x for corpus in sys.argv[1:] for x in lessons(Path(corpus))])), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
