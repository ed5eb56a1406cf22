"""How resolving and merging grow: `python tests/benchmarks/ledger.py [REPORTS…]` prints wall time and peak memory.

The ledger is generated: as many reports as asked for over a tenth as many organisations, three investors each, rounds
that several articles tell of in several wordings and with figures that differ now and then. Each size runs in a process
of its own, so that one does not lend its memory to the next. Bar: 1,000,000 reports in under 5 minutes and 4 GiB.
Where other programs use the cores too, processor time tells more than wall time.
"""

from __future__ import annotations

import gc
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from aifund.entities.catalogue import Catalogue
from aifund.entities.resolve import resolve
from aifund.events.merge import merge
from aifund.events.rates import Rates
from aifund.model import Article, Evidence, Money, Party, Report, Valuation, When

SIZES = (10_000, 100_000, 1_000_000)
RULES = Path(__file__).resolve().parents[2] / "rules/entities"
ROUNDS = ("seed", "series_a", "series_b", "series_c", None)
SUFFIXES = ("", "", "", " Inc", ", Inc.", " Ltd")
TAILS = (" AI", " Labs", " Robotics", "", "")
CONSONANTS, VOWELS = "bcdfgklmnprstvz", "aeiou"
REPORTS_AN_EVENT = 4


def main(sizes: list[int]) -> None:
    for size in sizes:
        subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)


def one(size: int) -> None:
    """Generates a ledger of `size` reports and measures how it becomes events."""
    gc.set_threshold(100_000, 50, 50)  # as the command line does
    told, articles = ledger(size)
    catalogue = Catalogue.load(RULES)
    start, used = time.perf_counter(), time.process_time()
    resolved, entities = resolve(told, articles, catalogue)
    del told  # as the pipeline does
    between = time.perf_counter()
    events = merge(resolved, articles, Rates())
    end, used = time.perf_counter(), time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{size:>9,} reports: resolve {between - start:6.1f} s, merge {end - between:6.1f} s, processor {used:6.1f} s,"
        f" peak {peak:5.2f} GiB, {len(entities):,} organisations, {len(events):,} events",
        flush=True,
    )


def ledger(size: int) -> tuple[list[Report], dict[str, Article]]:
    """`size` reports, each of an article of its own."""
    chance = random.Random(size)
    names = list(invented_names(size // 10, chance))
    investors = [f"{name} Capital" for name in invented_names(max(size // 100, 50), chance)]
    told: list[Report] = []
    articles: dict[str, Article] = {}
    while len(told) < size:
        name = names[len(told) // REPORTS_AN_EVENT % len(names)]
        backers = [chance.choice(investors) for _ in range(3)]
        millions = chance.randint(1, 400)
        day = date(2021, 1, 1) + timedelta(days=chance.randrange(1500))
        round_ = chance.choice(ROUNDS)
        for _ in range(min(REPORTS_AN_EVENT, size - len(told))):
            article = f"a{len(told):07}"
            spelling = name + chance.choice(SUFFIXES)
            published = day + timedelta(days=chance.randrange(5))
            articles[article] = Article(article, f"{spelling} raised {millions} million.", published=published,
                                        publisher=f"paper {chance.randrange(500)}")  # fmt: skip
            told.append(_report(article, spelling, backers, round_, millions, published, chance))
    return told, articles


def _report(
    article: str, target: str, backers: list[str], round_: str | None, millions: int, day: date, chance: random.Random
) -> Report:
    figure = (millions + chance.choice((0, 0, 0, 5))) * 1_000_000
    worth = Valuation(Money(figure * 5, figure * 5, "USD")) if chance.random() < 0.3 else None
    parties = tuple(Party(name, (name,), role="lead" if not i else "participant") for i, name in enumerate(backers))
    evidence = (
        Evidence("target", "text", 0, len(target), target, "raise.get"),
        Evidence("amount", "text", 0, 3, "abc", "money.dollar"),
        *(Evidence(f"investor.{name}", "text", 0, 3, "abc", "investors.with") for name in backers),
    )
    return Report(
        article=article,
        target=Party(target, (target,)),
        investors=parties,
        round=round_ if chance.random() < 0.8 else None,
        amount=Money(figure, figure, "USD"),
        valuation=worth,
        date=When(day.isoformat(), day, day),
        evidence=evidence,
    )


def invented_names(count: int, chance: random.Random) -> Iterator[str]:
    """Distinct invented names."""
    seen: set[str] = set()
    while len(seen) < count:
        syllables = (chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.randint(3, 4)))
        name = "".join(syllables).title() + chance.choice(TAILS)
        if name not in seen:
            seen.add(name)
            yield name


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
