"""Whether what an article tells is a funding deal at all, or money of another world: budgets, prices, charity, shares.

A weighted count of what speaks for and against. The weights were set by hand on one half of the development corpus and
on news without funding; a named round, investors and the words of the venture world count for, the words of other
worlds against.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aifund.events.deals import SOFT_ROUNDS
from aifund.language.units import Sentence

ENOUGH = 2.0


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a draft: its own sentences and those of the article, and what they told.

    `firms` counts investors whose names are those of investment firms, `named` tells that the target's name ends like a
    young company's, `known` that the catalogue knows it.
    """

    own: Sequence[Sentence]
    article: Sequence[Sentence]
    round: str
    investors: int
    lead: bool
    money: bool
    valuation: bool
    item: bool
    invested: bool
    raised: bool
    firms: int
    named: bool
    known: bool


def is_deal(signs: Signs) -> bool:
    return _score(signs) >= ENOUGH


def _score(s: Signs) -> float:
    score = 3.0 if s.round and s.round not in SOFT_ROUNDS else 1.0 if s.round else 0.0
    score += 0.75 * min(s.investors, 2) + 0.9 * min(s.firms, 2) + 1.5 * s.lead + 1.0 * s.valuation + 1.5 * s.item + 0.7 * s.known
    score += 1.5 * any(cue.value == "deal" for sentence in s.own for cue in sentence.of("funding_noun"))
    score += 0.5 * any(sentence.part == "title" for sentence in s.own) + 0.5 * ((s.invested or s.raised) and s.money)
    score += 0.6 * min(_words(s.own, "venture_world"), 4) + 0.3 * min(_words(s.article, "venture_world"), 10)
    score -= 1.2 * min(_words(s.own, "other_world"), 3) + 0.25 * min(_words(s.article, "other_world"), 10)
    score += 0.5 * s.named + 0.5 * (s.invested and s.money and s.investors > 0)
    if not (s.money or s.round or s.investors):
        score -= 0.5
    return score


def _words(sentences: Iterable[Sentence], kind: str) -> int:
    """How many different words of `kind` the sentences hold."""
    return len({" ".join(u.low for u in s.units[c.first : c.last + 1]) for s in sentences for c in s.of(kind)})
