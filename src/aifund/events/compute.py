"""Who is paid in computing power instead of cash: how much of the money, whose money, and in which words.

A sentence tells of it where a thing to pay with (cloud credits, machine hours) follows words of paying, or of being,
that speak of a part of the money. Both are read along the line, not along the parse: such sentences are often short of
verbs ("half of it in credits") or come from machine translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from aifund.events.shares import Bounds, Part, in_cash, of_pronoun, parts, rest
from aifund.events.syntax import Tree
from aifund.language.units import Cue, Sentence, Unit
from aifund.model import Compute, Mention, Money, Number

Whose = Literal["round", "investor"]

_BREAKS = frozenset((";", "?", "!", "but"))
_CLAUSE = frozenset((",", ";", ":", "(", "-"))
_POINTERS = frozenset(("it", "this", "that"))
_REACH = 16  # units between a part of the money and the words of paying
_NEAR = 6  # the same for a sum and mere words of being; also how far words of making up stand from their subject
_GAP = 7  # units between the words of paying and what is paid with
_CLAUSE_VERBS = frozenset(("VBZ", "VBP", "VBD", "VB", "MD", "TO", "IN", "WDT", "WP", "WRB"))
_ACTIVE = frozenset(("VBZ", "VBP", "VBD", "VBG", "VB"))
_DEAL = ("invest", "invest_noun", "raise", "lead", "leads", "join", "joins", "this_round", "paid_sum", "cheque")
_ROUND = ("invest", "invest_noun", "lead", "leads", "this_round")
_CERTAIN = ("credit", "power", "kind")  # things that are computing power wherever they are paid with
_RIGHTS = (*_CERTAIN, "voucher")
_PAYMENT = "compute.payment"
_WHOLE_IS_TOLD = ("share.amount_of", "share.out_of")
_NO = "share.no"
_ALL: Bounds = (Fraction(1), Fraction(1))
_NONE: Bounds = (Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class Claim:
    """That a part of the money is computing power. All but the shares are indices of units of its sentence.

    `money` is the sum paid in computing power, `cash` the sum that is cash where the rest is computing power, `of` the
    sum that the share is a share of (None: the round or, with `whose` "investor", one investor's cheque), `investor`
    the name whose cheque it is, `first` and `last` the quoted phrase. Without share and sums it only says that some is.
    """

    share_min: float | None
    share_max: float | None
    money: int | None
    cash: int | None
    investor: int | None
    first: int
    last: int
    rule: str
    of: int | None = None
    whose: Whose = "round"


def claims(sentence: Sentence) -> list[Claim]:
    """What `sentence` says of payment in computing power: mostly nothing, else one claim for each part of the money."""
    if not any(c.kind == "compute" or (c.kind == "cash" and c.value == "only") for c in sentence.cues):
        return []
    line = _Line(sentence)
    found = [claim for thing in line.things if (claim := line.claim(thing)) is not None]
    telling = [c for c in found if c.share_min is not None or c.money is not None or c.cash is not None]
    out: list[Claim] = []
    for claim in telling or found[:1]:
        if not any(claim.first == other.first or claim.last == other.last for other in out):
            out.append(claim)
    return out or line.only_cash()


def share(claim: Claim, round_money: Money | None, cheque: Money | None, units: Sequence[Unit]) -> Compute | None:
    """`claim` as a share of the round, from 0 to 1; None where its sum is larger than the round's.

    `cheque` is what the investor of the claim gives, where the claim's sentence does not say so itself. A share of a
    cheque is scaled by the cheque's part of the round where both are known, else it stays a share `of` the investor's.
    """
    quote = _quote(units, claim.first, claim.last)
    base = _money(units, claim.of) or (cheque if claim.whose == "investor" else None)
    amount = _money(units, claim.money)
    if amount is not None:
        return _compute(_ratio(amount, round_money or _sum(amount, _money(units, claim.cash))), quote, amount)
    bounds: Bounds | None = None
    if claim.share_min is not None and claim.share_max is not None:
        bounds = _exact(claim.share_min), _exact(claim.share_max)
    elif claim.cash is not None and (cash := _ratio(_money(units, claim.cash), base or round_money)):
        bounds = rest(cash)
    if bounds is None:
        return Compute(None, None, quote)
    scale = _ratio(base, round_money)
    whole = base if bounds == _ALL else None
    if scale is None or scale[0] > 1:
        return _compute(bounds, quote, whole, claim.whose)
    return _compute((bounds[0] * scale[0], bounds[1] * scale[1]), quote, whole)


def cheque_share(claim: Claim, cheque: Money | None, units: Sequence[Unit]) -> Compute | None:
    """`claim`, which speaks of one investor's money, as a share of its `cheque`; None where it tells of more."""
    own = share(replace(claim, of=None, whose="round"), _money(units, claim.of) or cheque, None, units)
    return own and replace(own, of="investor")


class _Line:
    """A sentence as the words that speak of payment."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.units = sentence.units
        self.pays = list(sentence.of("compute_pay"))
        self.sums = list(sentence.of("paid_sum"))
        self.cash = list(sentence.of("cash"))
        self.things = [c for c in sentence.of("compute") if c.value != "other"]
        self.valued = {i for c in sentence.of("valuation") for i in range(c.first, c.last + 1)}
        self.deal = any(sentence.of(*_DEAL)) or any(c.value in ("pays", "mix") for c in self.pays)
        self.parts = parts(sentence)
        self.in_cash = [p for p in self.parts if in_cash(sentence, p)]

    def claim(self, thing: Cue) -> Claim | None:
        """What the sentence says of `thing` as a payment."""
        link = self._link(thing)
        if link is not None and not self._denied(link, thing):
            part = self._part_before(link, thing)
            if part is not None:
                return None if self._reversed(part.first, thing.first, link) else self._told(part, link, thing)
        behind = self._part_behind(thing)
        if behind is not None and (self.deal or behind.of) and not self._reversed(thing.first, behind.last, link):
            return self._told(behind, link, thing)
        if link is None or self._denied(link, thing) or self._reversed(link.first, thing.first, link):
            return None
        return self._bare(link, thing)

    def only_cash(self) -> list[Claim]:
        """That the money is nothing but cash."""
        if not any(self.sentence.of("paid_sum", "this_round")) or any(self.sentence.of("compute_reverse")):
            return []
        only = [c for c in self.cash if c.value == "only" and self._low(c.first - 1) != "not"]
        return [Claim(0.0, 0.0, None, None, None, c.first, c.last, c.rule) for c in only[:1]]

    # words of paying ------------------------------------------------------------

    def _link(self, thing: Cue) -> Cue | None:
        """The words of paying that lead up to `thing`; a share may also stand directly before it."""
        if thing.value == "kind":
            return thing
        if any(p.last + 1 == thing.first for p in self.parts if p.kind != "money" and not p.of):
            return Cue("compute_pay", "bare", "compute.bare", thing.first, thing.first - 1)
        for cue in reversed(self.pays):
            between = self.units[cue.last + 1 : thing.first]
            if cue.last < thing.first and len(between) <= _GAP and all(map(_passes, between)):
                return cue
        return None

    def _denied(self, link: Cue, thing: Cue) -> bool:
        """Whether the words of paying are negated, other than in "not cash but ..." and "not only"."""
        for i in range(link.first, thing.first):
            contrast = any(c.value == "not" and c.first <= i <= c.last for c in self.cash)
            if self._low(i) in ("not", "n't", "never") and not contrast and self._low(i + 1) not in ("only", "just"):
                return True
        return False

    def _reversed(self, first: int, last: int, link: Cue | None) -> bool:
        """Whether money goes the other way (it buys the thing) from the clause of unit `first` up to unit `last`."""
        start = first
        while start > max(0, first - 6) and self._low(start - 1) not in _CLAUSE:
            start -= 1
        return any(
            c.first <= last and start <= c.last and not (link and c.first <= link.last and link.first <= c.last)
            for c in self.sentence.of("compute_reverse")
        )

    def _bare(self, link: Cue, thing: Cue) -> Claim | None:
        """A payment without any word of how much. A stake given for computing power is paid in nothing else."""
        if link.value == "swap" and all(c.value == "not" for c in self.cash):
            return Claim(1.0, 1.0, None, None, None, link.first, thing.last, f"{link.rule}+{thing.rule}")
        certain = link.value == "pays" and thing.value in ("credit", "power")
        if not self.deal or not (certain or link.value == "mix" or thing.rule == _PAYMENT):
            return None
        rule = thing.rule if link is thing else f"{link.rule}+{thing.rule}"
        return Claim(None, None, None, None, self._payer(link), link.first, thing.last, rule)

    # the part of the money ------------------------------------------------------------

    def _part_before(self, link: Cue, thing: Cue) -> Part | None:
        """The part of the money that the words of paying speak of: the nearest before them."""
        for part in reversed(self.parts):
            if part.last >= thing.first or part in self.in_cash or part.money in self.valued:
                continue
            between = [u.low for u in self.units[part.last + 1 : link.first]]
            points_back = len(between) > 1 and between[-1] in _POINTERS and between[-2] in (";", ":")
            if len(between) > _REACH or (_BREAKS.intersection(between) and not points_back):
                return None
            if self._fits(part, link, thing, len(between)):
                return part
        return None

    def _fits(self, part: Part, link: Cue, thing: Cue, gap: int) -> bool:
        """Whether `part`, `gap` units before the words of paying, can be what is paid."""
        of_it = of_pronoun(self.sentence, part.last + 1)
        if part.kind == "money":
            if of_it or self._named(part) is not None:
                return True
            if link.value == "mix":
                return False  # a mixture of cash and it is not all of the sum
            if self._low(link.last) in ("in", "as") and link.first == link.last and len(self.sums) < 2:
                return False  # "$5 million in cloud credits" may as well be a prize
            return self.deal and thing.value in _CERTAIN and (gap <= _NEAR or link.value in ("pays", "gives"))
        if part.rule in _WHOLE_IS_TOLD or part.of:
            return True
        whole = self._whole(part)
        if of_it:
            return link.value != "is" or thing.value in _RIGHTS or whole is not None
        if part.bounds == _NONE:
            if part.rule == _NO:
                return part.last + 1 == thing.first and any(self.sentence.of(*_ROUND)) and thing.value in _CERTAIN
            return gap <= 2 and self.deal and thing.value in _CERTAIN
        if gap <= 1 and part.first <= 2 and part.kind == "share":  # "Half is cloud credits." "The other half ..."
            return thing.value in ("credit", "voucher") or (thing.value == "power" and link.value in ("pays", "gives"))
        contrast = any(p.kind == "share" for p in self.in_cash)  # "60 per cent in cash, 40 per cent in compute"
        return gap <= 2 and (whole is not None or contrast or (link.value == "pays" and self.deal))

    def _part_behind(self, thing: Cue) -> Part | None:
        """The part of the money that the words behind `thing` speak of: "credits make up a third of the round"."""
        if thing.value not in _CERTAIN:
            return None
        of_which = any(of_pronoun(self.sentence, i) for i in range(thing.first - 3, thing.first - 1))
        for cue in self.sentence.of("compute_makes"):
            between = self.units[thing.last + 1 : cue.first]
            if cue.first <= thing.last or len(between) > _NEAR or any(u.text == "," for u in between):
                continue
            for part in self.parts:
                linked = part.kind == "money" or part.of or of_which or of_pronoun(self.sentence, part.last + 1)
                if linked and 0 < part.first - cue.last <= 3:
                    return part
        return None

    def _told(self, part: Part, link: Cue | None, thing: Cue) -> Claim | None:
        """The claim that `part` is paid in `thing`; None where a bare figure has no whole to be a part of."""
        whole = self._named(part) if part.kind == "money" else part.of or self._whole(part)
        bounds, money, cash = part.bounds, part.money, None
        if part.kind == "rest":
            money, cash = None, part.money
            if cash is None:
                other = next(iter(self.in_cash), Part("share", 0, 0, "", (Fraction(0), Fraction(1))))
                bounds, cash = other.bounds and rest(other.bounds), other.money
                whole = other.of or whole
        of = self._sum_in(whole) if part.kind != "money" else None
        if part.amount is not None:
            bounds = _part_of(part.amount, _money(self.units, of))
            if bounds is None:
                return None
        low, high = (float(bounds[0]), float(bounds[1])) if bounds else (None, None)
        first, last = min(part.first, thing.first), max(part.last, thing.last)
        investor, whose = self._investor(whole, part, link)
        if of is None and whose == "investor":
            of = self._cheque_before(part)
        return Claim(low, high, money, cash, investor, first, last, f"{part.rule}+{thing.rule}", of, whose)

    # the whole, and whose it is ------------------------------------------------------------

    def _whole(self, part: Part) -> Cue | None:
        """The sum that "of it" or nothing at all refers to: the last one told before `part`."""
        before = [c for c in self.sums if c.last < part.first and self.valued.isdisjoint(range(c.first, c.last + 1))]
        return before[-1] if before else None

    def _named(self, part: Part) -> Cue | None:
        """The words that call a sum a cheque, a contribution and the like: "its $5 million ticket"."""
        return next((c for c in self.sums if c.first <= part.first and part.last <= c.last and c.first < c.last), None)

    def _sum_in(self, whole: Cue | None) -> int | None:
        span = range(whole.first, whole.last + 1) if whole else range(0)
        return next((i for i in span if self.units[i].kind == "money"), None)

    def _cheque_before(self, part: Part) -> int | None:
        """The sum that one investor gives where it is told apart: "$5 million of the total ... half of its cheque"."""
        starts = {c.first for c in self.sums if c.value == "round"}
        told = [i for i in range(part.first) if self.units[i].kind == "money" and self._low(i + 1) == "of"]
        return next((i for i in told if i + 2 in starts), None)

    def _investor(self, whole: Cue | None, part: Part, link: Cue | None) -> tuple[int | None, Whose]:
        """The name of the one who pays, and whether the whole is that one's cheque rather than the round."""
        near = range(whole.first - 2, whole.last + 1) if whole else range(0)
        cheques = [c for c in self.sums if c.value == "investor" and c.last in near]
        spans = [range(max(0, c.first - 2), c.last + 1) for c in cheques]  # with its owner
        if part.kind == "money" and self._low(part.last + 1) in ("from", "by"):
            spans.append(range(part.last + 2, min(part.last + 4, len(self.units))))
        named = next((i for span in spans for i in span if self.units[i].kind == "name"), None)
        if named is None and link is not None:
            named = self._payer(link)
        return named, "investor" if cheques else "round"

    def _payer(self, link: Cue) -> int | None:
        """The subject of an active verb of paying."""
        if link.value == "is" or link.first >= len(self.units) or self.units[link.first].tag not in _ACTIVE:
            return None
        tree = Tree(self.sentence)
        subject = tree.subject(link.first)
        return next(iter(tree.names_of(subject)), None) if subject is not None else None

    def _low(self, index: int) -> str:
        return self.units[index].low if 0 <= index < len(self.units) else ""


def _passes(unit: Unit) -> bool:
    """Whether `unit` may stand between the words of paying and the thing: no sum, no verb, no mark, no new clause."""
    if unit.kind != "word":
        return unit.kind == "name"
    if unit.low in ("of", "worth", "in", "-", "'s"):
        return True
    return unit.text[0].isalnum() and unit.tag not in _CLAUSE_VERBS


# sums ------------------------------------------------------------


def _money(units: Sequence[Unit], index: int | None) -> Money | None:
    value = units[index].value if index is not None else None
    return value.value if isinstance(value, Mention) else None


def _ratio(part: Money | None, whole: Money | None) -> Bounds | None:
    """`part` divided by `whole`, None where they cannot be compared. An open bound counts as the stated figure."""
    if part is None or whole is None or part.currency != whole.currency:
        return None
    low, high = _ends(part)
    least, most = _ends(whole)
    return (low / most, high / least) if least else None


def _part_of(amount: Fraction, whole: Money | None) -> Bounds | None:
    """A figure without a currency, divided by `whole`; None where it is larger."""
    if whole is None:
        return None
    least, most = _ends(whole)
    return (amount / most, amount / least) if least and amount <= least else None


def _sum(a: Money, b: Money | None) -> Money | None:
    if b is None or a.currency != b.currency:
        return None
    (a_low, a_high), (b_low, b_high) = _ends(a), _ends(b)
    return Money(float(a_low + b_low), float(a_high + b_high), a.currency)


def _ends(money: Money) -> Bounds:
    low = money.min if money.min is not None else money.max
    high = money.max if money.max is not None else money.min
    return _exact(low or 0), _exact(high or 0)


def _exact(number: Number) -> Fraction:
    return Fraction(number).limit_denominator(10**6)


def _compute(bounds: Bounds | None, text: str, amount: Money | None, whose: Whose = "round") -> Compute | None:
    if bounds is None:
        return Compute(None, None, text, amount, whose)
    low, high = (round(float(min(bound, Fraction(1))), 4) for bound in bounds)
    return Compute(low, high, text, amount, whose) if bounds[0] <= 1 else None


def _quote(units: Sequence[Unit], first: int, last: int) -> str:
    """The units from `first` to `last` as text, one space where the article has white space."""
    out = units[first].text
    for before, unit in zip(units[first:last], units[first + 1 : last + 1], strict=True):
        out += (" " if before.end < unit.start else "") + unit.text
    return out
