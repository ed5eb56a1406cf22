"""Accuracy floors of the corpora: `python tests/floors.py` measures and compares, with `--update` it raises the floors.

Floors stand in tests/floors.json, the figures that people read in tests/corpus/README.md; `--update` rewrites both and
refuses to lower a floor. The development corpus is measured where it lies beside the checkout.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import aifund
from aifund.errors import AifundError
from aifund.evaluation import floors
from aifund.evaluation.gold import read
from aifund.evaluation.report import render
from aifund.evaluation.score import measure
from aifund.evaluation.slots import SLOTS
from aifund.output.build import document
from aifund.output.document import Document

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "tests/floors.json"
README = ROOT / "tests/corpus/README.md"
FIGURES = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- /figures -->)", re.DOTALL)


@dataclass(frozen=True)
class Corpus:
    """Articles and their gold; `name` is what people call them."""

    name: str
    articles: Path
    gold: Path

    def extract(self) -> Document:
        """What aifund finds in the articles."""
        return document(aifund.extract([self.articles], aifund.load_rules()))


SHARED = ROOT.parent / "shared"
CORPORA = (
    Corpus("own", ROOT / "tests/corpus/own/articles.jsonl", ROOT / "tests/corpus/own/gold.jsonl"),
    Corpus("plain", ROOT / "tests/corpus/plain/articles.jsonl", ROOT / "tests/corpus/plain/gold.jsonl"),
    Corpus("seeds", ROOT / "seeds", ROOT / "tests/corpus/seeds.gold.jsonl"),
    Corpus("dev", SHARED / "corpus/dev/articles.jsonl", SHARED / "corpus/dev/gold.jsonl"),
)


def table() -> str:
    """The floors as a Markdown table: a figure a row, a corpus a column."""
    known = {(FLOORS.parent / name).resolve(): floor.figures() for name, floor in floors.load(FLOORS).items()}
    columns = {corpus.name: known[corpus.gold] for corpus in CORPORA if corpus.gold in known}
    lines = [f"| | {' | '.join(columns)} |", f"|---|{'---:|' * len(columns)}"]
    for figure in ("micro F1", "record exact", *SLOTS):
        cells = (f"{figures[figure]:.3f}" if figure in figures else "" for figures in columns.values())
        lines.append(f"| {figure} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(update: bool) -> int:
    """Measures the corpora that are there; the exit code is that of the first floor that does not hold, else 0."""
    code = 0
    for corpus in CORPORA:
        if not corpus.gold.exists():
            print(f"{corpus.name}: not here, left out")
            continue
        rows, found = read(corpus.gold), corpus.extract()
        tally = measure(found, rows)
        print(f"{corpus.name}\n{render(tally)}")
        floor = floors.taken(tally, corpus.gold, rows, found)
        try:
            if update:
                FLOORS.write_text(floors.raised(FLOORS, corpus.gold, floor), encoding="utf-8")
            else:
                floors.hold(FLOORS, corpus.gold, floor)
        except AifundError as error:
            print(f"{error}\n", file=sys.stderr)
            code = code or error.exit_code
    if update:
        README.write_text(FIGURES.sub(table(), README.read_text(encoding="utf-8")), encoding="utf-8")
    return code


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--update"]):
        sys.exit("usage: python tests/floors.py [--update]")
    sys.exit(main(update="--update" in sys.argv))
