"""Whether what an article tells is a funding deal at all, or money of another world: budgets, prices, charity, shares.

The learned odds decide together with a weighted count of what speaks for and against: a named round, investors and the
words of the venture world count for, the words of other worlds against. The weights of the count, and what is enough,
were set by hand on news with and without funding.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from aifund.events.deals import SOFT_ROUNDS
from aifund.events.draft import Draft, Source, round_of
from aifund.events.frame import CERTAIN, LEARNED
from aifund.language.units import Sentence

_USUAL = 2.0  # what a deal's signs weigh at least, mostly
_SIGNS = 0.35  # what they count for beside the odds
_SURE = 2.0
_ENOUGH = 0.5  # beside a sure one
_STRONG, _STRONG_IF_GIVEN, _STRONG_IF_FIRM = 7.0, 6.0, 4.5  # signs that outweigh odds
_BESIDE, _BEHIND = 3, 9  # units before a name and in what explains it, within which its description stands
_NEVER = -1.5  # odds that no sign outweighs


@dataclass(frozen=True, slots=True)
class Worlds:
    """How many different words of the venture world, and of other worlds, sentences hold."""

    venture: int
    other: int


def worlds(sentences: Sequence[Sentence]) -> Worlds:
    return Worlds(_words(sentences, "venture_world"), _words(sentences, "other_world"))


def deals(drafts: Sequence[Draft], article: Worlds, odds: Callable[[Draft], float]) -> list[Draft]:
    """Which drafts are deals; `article` is what all its sentences hold, `odds` the logarithm of those of a draft.

    An article that surely tells of one deal is news of funding: what else it tells needs less.
    """
    weights = [_weight(draft, article, odds(draft)) for draft in drafts]
    enough = _ENOUGH if max(weights, default=0.0) > _SURE else _SURE
    return [draft for draft, weight in zip(drafts, weights, strict=True) if weight > enough]


def _weight(draft: Draft, article: Worlds, odds: float) -> float:
    if _own_fund(draft):
        return -math.inf
    signs = score(draft, article)
    if signs >= _strong(draft) and odds > _NEVER and not draft.rule.startswith(LEARNED):
        return math.inf
    return odds + _SIGNS * (signs - _USUAL)


def _strong(draft: Draft) -> float:
    """How many signs need no odds: few where it is said who led for which sum or which firm gave it, or who gave how
    much to whom.
    """
    if draft.money is None or not draft.investors:
        return _STRONG
    if draft.lead or any(backer.firm for backer in draft.investors):
        return _STRONG_IF_FIRM
    given = draft.rule.startswith("invest") or draft.claim is not None
    return _STRONG_IF_GIVEN if given else _STRONG


def score(draft: Draft, article: Worlds) -> float:
    return _told(draft) + _setting(draft, article)


def _own_fund(draft: Draft) -> bool:
    """What an investment firm raises is its own fund."""
    firm = all(source.unit.tail == "investor" for source in draft.target)
    return firm and draft.round is None and not draft.lead


def _told(draft: Draft) -> float:
    """What the deal itself says for it: a named round, investors, a lead, a valuation, the verb."""
    kind, backers = round_of(draft.round), [b for b in draft.investors if not b.rule.startswith(LEARNED)]
    invested = draft.rule.startswith("invest")
    verb = invested or draft.rule in ("raise.strong", "raise.get")
    score = 3.0 if kind and kind not in SOFT_ROUNDS else 1.0 if kind else 0.0
    score += 0.75 * min(len(backers), 2) + 0.9 * min(sum(b.firm for b in backers), 2)
    score += 1.5 * any(b.lead_rule for b in backers)
    score += 5.0 * (draft.claim is not None) + 1.0 * (draft.valuation is not None)
    score += 0.5 * (verb and draft.money is not None)
    score += 1.0 * (invested and draft.money is not None and bool(backers))
    score += 0.7 * bool(draft.target[0].unit.value) + 0.25 * any(_company(source) for source in draft.target)
    score += 2.0 * draft.rule.startswith("holding")
    score += 2.0 * any(_startup(source) for source in draft.target)
    return score - 0.5 * (not (draft.money or kind or backers))


def _startup(source: Source) -> bool:
    """Whether it is called a young company: "the start-up N", "N, a Berlin-based start-up"."""
    units = source.sentence.units
    at = next(i for i, unit in enumerate(units) if unit is source.unit)
    spots = [c for c in source.sentence.of("company_noun") if c.rule == "company.startup"]
    apposed = at + 1 < len(units) and units[at + 1].text in (",", "(")
    return any(0 < at - c.last <= _BESIDE or (apposed and 0 < c.first - at <= _BEHIND) for c in spots)


def _company(source: Source) -> bool:
    """Whether the name ends as those of young companies do."""
    return source.unit.tail == "organisation" or "." in source.name[1:-1]


def _setting(draft: Draft, article: Worlds) -> float:
    """What the words around it say: those of the venture world, and those of others."""
    own = own_sentences(draft)
    near = worlds(own)
    score = 1.5 * (draft.item or draft.rule in CERTAIN) + 0.9 * any(s.part == "title" for s in own)
    score += 1.5 * any(cue.value == "deal" for sentence in own for cue in sentence.of("funding_noun"))
    score += 0.6 * min(near.venture, 4) + 0.3 * min(article.venture, 10)
    return score - 1.2 * min(near.other, 3) - 0.25 * min(article.other, 10)


def own_sentences(draft: Draft) -> list[Sentence]:
    """The sentences that have told of the draft."""
    sources = [*draft.target, *(s for b in draft.investors for s in b.mentions)]
    sources += [s for s in (draft.money, draft.round, draft.valuation) if s]
    return list({id(s.sentence): s.sentence for s in sources}.values())


def _words(sentences: Iterable[Sentence], kind: str) -> int:
    """How many different words of `kind` the sentences hold."""
    return len({" ".join(u.low for u in s.units[c.first : c.last + 1]) for s in sentences for c in s.of(kind)})
