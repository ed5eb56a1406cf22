"""Cuts a sentence into deals, each around a sum, a round, or where neither is told a verb of investing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from aifund.events.scene import Scene
from aifund.language.units import Unit

SMALLEST = 2000  # below this many units of a currency a sum is a price, not a deal
SOFT_ROUNDS = frozenset(("debt", "grant", "strategic", "growth", "secondary", "convertible", "bridge"))
_ROUND_AFTER, _ROUND_BEFORE = 14, 8  # units between a sum and the round that it belongs to
_MARKS = (",", ";", "-", ":")


@dataclass(frozen=True, slots=True)
class Deal:
    """The units of a deal's sum and round, and the stretch of the sentence (end exclusive) that tells of it."""

    money: int | None
    round: int | None
    left: int
    right: int

    @property
    def anchor(self) -> int | None:
        return self.money if self.money is not None else self.round

    @property
    def first(self) -> int | None:
        return min((x for x in (self.money, self.round) if x is not None), default=None)


def cut(scene: Scene) -> list[Deal]:
    """The deals of a sentence in the order of the text; at least one, which may hold nothing."""
    pairs = _pairs(scene)
    if not pairs:
        return [Deal(None, None, left, right) for left, right in _verb_zones(scene)]
    return [Deal(m, r, left, right) for (m, r), (left, right) in zip(pairs, _zones(scene, pairs), strict=True)]


def value_of(unit: Unit) -> str:
    """The value of a round's unit, as the rules render it."""
    return str(getattr(unit.value, "value", ""))


def _pairs(scene: Scene) -> list[tuple[int | None, int | None]]:
    """Pairs of a sum and the round that it belongs to, either of which may be missing."""
    sums = [i for i in scene.sentence.moneys() if is_deal_money(scene, i)]
    free = {i for i, u in enumerate(scene.units) if u.kind == "round" and is_round(scene, i)}
    pairs: list[tuple[int | None, int | None]] = []
    for before, i, after in zip([-1, *sums], sums, [*sums[1:], len(scene.units)], strict=False):
        pick = _round_of(i, before, after, free)
        if pick is None:
            pick = _round_of_list(scene, i, after, free)
        if pick is not None:
            value = value_of(scene.units[pick])
            free = {r for r in free if r != pick and (abs(r - pick) > 3 or value_of(scene.units[r]) != value)}
        pairs.append((i, pick))
    used = {value_of(scene.units[r]) for _, r in pairs if r is not None}
    alone = [r for r in sorted(free) if value_of(scene.units[r]) not in used and _stands_alone(scene, r)]
    pairs += [(None, r) for r in alone]
    return sorted(pairs, key=lambda pair: min(x for x in pair if x is not None))


def _round_of(i: int, low: int, high: int, free: set[int]) -> int | None:
    after = min((r for r in free if i < r < high and r - i <= _ROUND_AFTER), default=None)
    before = max((r for r in free if low < r < i and i - r <= _ROUND_BEFORE), default=None)
    if before is not None and (after is None or (i - before <= 3 < after - i)):
        return before
    return after


def _round_of_list(scene: Scene, i: int, high: int, free: set[int]) -> int | None:
    """The round behind a long list of investors: "raised $5m from N, M and others in its Series B"."""
    after = min((r for r in free if i < r < high), default=None)
    if after is None or any(scene.units[j].tag in ("VBD", "VBZ", "VBP") for j in range(i, after)):
        return None
    return after


def is_deal_money(scene: Scene, i: int) -> bool:
    """Whether the sum at unit `i` is the money of a deal: by the noun it stands with or the verb that governs it."""
    if _tiny(scene.units[i]) or _paid_part(scene, i):
        return False
    if i in scene.amounts:
        return True
    if scene.owned(i - 2) and scene.text(i + 1) in ("for", "in", "into") and scene.is_name(i + 2):  # "N's $4m for M"
        return True
    if i in scene.figures or _price(scene, i):
        return False
    if _noun_after(scene, i) or _told_before(scene, i) or _in_list_of_backers(scene, i) or _sought(scene, i):
        return True
    governor = scene.governor(i)
    return governor is not None and (governor.kind == "invest" or governor.value == "strong")


def _in_list_of_backers(scene: Scene, i: int) -> bool:
    """The first sum of a sentence that says who leads, and a sum that is a sentence by itself."""
    first = next(j for j in scene.sentence.moneys() if j not in scene.figures)
    return len(scene.units) <= 3 or (i == first and scene.any("leads", "leads_behind"))


def _sought(scene: Scene, i: int) -> bool:
    """ "in talks over $5m", "in talks with N for $5m"."""
    near = (cue.last for cue in scene.cues("status") if cue.value == "in_talks" and cue.last < i)
    return any(i - last <= 3 + any(scene.is_name(j) for j in range(last, i)) for last in near)


def _paid_part(scene: Scene, i: int) -> bool:
    """ "$25 million: $15 million in cash and $10 million in cloud credits": in what a larger sum is paid."""
    means = range(i + 2, i + 4) if scene.text(i + 1) == "in" else ()
    told = any(j in scene.at("compute") or scene.text(j) == "cash" for j in means)
    return told and any(_worth(scene.units[j]) > _worth(scene.units[i]) for j in scene.sentence.moneys() if j < i)


def _price(scene: Scene, i: int) -> bool:
    """ "$305 million ..., at $3.3 billion": behind "at" stands what the company is worth."""
    return scene.text(i - 1) == "at" and any(j < i for j in scene.sentence.moneys())


def _noun_after(scene: Scene, i: int) -> bool:
    """Whether a round, a noun for a deal or "from N" follows the sum; what stands in brackets does not count."""
    level = [j for j in range(i + 1, len(scene.units)) if scene.units[j].depth <= scene.units[i].depth][:6]
    for before, j in zip([i, *level], level, strict=False):
        unit = scene.units[j]
        source = unit.kind == "name" and scene.text(before) == "from"
        if source or unit.kind == "round" or j in scene.at("funding_noun"):
            return True
        if unit.kind == "money" or unit.text in (",", ";", "."):
            return False
    return False


def _told_before(scene: Scene, i: int) -> bool:
    for j in range(i - 1, max(i - 9, -1), -1):
        unit, gap = scene.units[j], i - j
        if (unit.kind == "round" and gap <= 5) or (j in scene.at("funding_noun") and gap <= 4):
            return True
        verb = scene.verbs.get(j)
        if verb is not None and (
            verb.kind == "invest"
            or (verb.kind == "raise" and verb.value == "strong")
            or (verb.value == "get" and gap <= 3)
            or (verb.kind == "raise" and gap <= 4 and scene.sentence.has("round"))
        ):
            return True
        if (unit.kind == "money" and j not in scene.figures) or unit.text in (";", "."):
            return False
    return False


def is_round(scene: Scene, i: int) -> bool:
    """Not "a seed investor", "its strategic investment department"."""
    after = scene.unit(i + 1)
    return after is None or after.kind != "word" or after.tag not in ("NN", "NNS") or i + 1 in scene.at("funding_noun")


def _stands_alone(scene: Scene, i: int) -> bool:
    """Whether a round told without a sum is a deal: a loan or a grant only where a verb of dealing governs it."""
    return value_of(scene.units[i]) not in SOFT_ROUNDS or scene.above(i) is not None


def _zones(scene: Scene, pairs: list[tuple[int | None, int | None]]) -> list[tuple[int, int]]:
    """The stretches of the pairs: each begins at the last separator before the verb that governs it."""
    bounds = [0]
    for before, here in pairwise(pairs):
        last = max(x for x in before if x is not None)
        first = min(x for x in here if x is not None)
        stop = next((j for j in range(first, last, -1) if scene.units[j].text in (";", ".")), None)
        if stop is None:
            verb = next((j for j in range(first, last, -1) if j in scene.verbs), first)
            stop = next((j for j in range(verb, last, -1) if _separates(scene, j)), first)
        bounds.append(stop)
    bounds.append(len(scene.units))
    return list(pairwise(bounds))


def _separates(scene: Scene, i: int) -> bool:
    return scene.units[i].text in _MARKS or i in scene.at("separator")


def _verb_zones(scene: Scene) -> list[tuple[int, int]]:
    """Where no sum and no round is told, each verb of investing opens a deal at the clause that it stands in."""
    verbs = [i for i, cue in sorted(scene.verbs.items()) if cue.kind == "invest"]
    bounds = [0]
    for before, verb in pairwise(verbs):
        own_subject = scene.tree.child(verb, "nsubj", "nsubjpass") is not None
        marks = (";", ",") if own_subject else (";",)
        stops = [next((j for j in range(verb, before, -1) if scene.units[j].text == mark), None) for mark in marks]
        bounds += [stop for stop in stops if stop is not None][:1]
    bounds.append(len(scene.units))
    return list(pairwise(bounds))


def _tiny(unit: Unit) -> bool:
    return getattr(unit.value, "value", None) is not None and _worth(unit) < SMALLEST


def _worth(unit: Unit) -> float:
    money = getattr(unit.value, "value", None)
    return max(money.min or 0, money.max or 0) if money else 0
