"""How long proposals take: `python tests/benchmarks/aliases.py` compares 100,000 invented names (bar: one minute)."""

from __future__ import annotations

import random
import time

from ledger import invented_names

from aifund.entities.suggest import Seen, merges

COUNT = 100_000
TAILS = frozenset({"ai", "labs", "robotics"})


def main() -> None:
    names = invented_names(COUNT, random.Random(COUNT))
    seen = [Seen(f"name-{place:06}", name, False, frozenset(), frozenset()) for place, name in enumerate(names)]
    start = time.perf_counter()
    found = merges(seen, TAILS, frozenset())
    print(f"{COUNT:,} names: {time.perf_counter() - start:.1f} s, {len(found):,} proposals")


if __name__ == "__main__":
    main()
