"""Who is paid in computing power instead of cash: how much of the money, whose money, and in which words.

A sentence tells of it where a thing to pay with (cloud credits, machine hours) follows words of paying, or of being,
that speak of a part of the money. The parts are read along the line, not along the parse: such sentences are often
short of verbs ("half of it in credits") or come from machine translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from aifund.events.syntax import Tree
from aifund.language.units import Cue, Sentence, Unit
from aifund.model import Compute, Mention, Money

Bounds = tuple[Fraction, Fraction]

_NOTHING: Bounds = (Fraction(0), Fraction(0))
_ONES = "no a two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred"
_NUMBERS = {word: n for n, word in enumerate(_ONES.split())} | {word: n * 10 for n, word in enumerate(_TENS.split(), 2)}
_NUMBERS |= {"an": 1, "one": 1, "the": 1, "about a": 1, "another": 1, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6}
_NUMBERS |= {"seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20}
_NUMBERS |= {"million": 10**6, "crore": 10**7, "billion": 10**9}
_BREAKS = frozenset((";", "?", "!", "but"))
_PRONOUNS = frozenset(["it", "this", "that", "these", "those", "which", "whom", "them"])
_DEAL = ("invest", "invest_noun", "raise", "lead", "leads", "join", "joins", "this_round", "paid_sum", "cheque")
_ALL_BUT = "share.but"
_PAYMENT = "compute.payment"
_OF_BARE = ("share.amount_of", "share.out_of")
_RIGHTS = ("credit", "voucher", "kind", "power")
_NO = "share.no"
_REACH = 16  # units between a part of the money and the words of paying
_GAP = 7  # units between the words of paying and what is paid with: "in 400 hours of reserved ... time"


@dataclass(frozen=True, slots=True)
class Claim:
    """That a part of the money is computing power. All but the shares are indices of units of its sentence.

    `money` is the sum paid in computing power, `cash` the sum that is cash where the rest is computing power, `of` the
    sum that the share is a share of (None: the round, or with `whose` "investor" one investor's cheque), `investor` the
    name whose cheque it is, `first` and `last` the quoted phrase.
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
    whose: Literal["round", "investor"] = "round"


def claims(sentence: Sentence) -> list[Claim]:
    """What `sentence` says of payment in computing power: mostly nothing, else what is said of each part of the money."""
    if not any(sentence.of("compute")):
        return _only_cash(sentence)
    line = _Line(sentence)
    found = [claim for thing in line.things if (claim := line.claim(thing)) is not None]
    telling = [c for c in found if c.share_min is not None or c.money is not None or c.cash is not None]
    out: list[Claim] = []
    for claim in telling or found[:1]:
        if not any(_same(claim, other) for other in out):
            out.append(claim)
    return out or _only_cash(sentence)


def share(claim: Claim, round_money: Money | None, cheque: Money | None, units: Sequence[Unit]) -> Compute | None:
    """`claim` as a share of the round, from 0 to 1; None where its sums contradict the round's.

    `cheque` is what the investor of the claim gives, where the claim's sentence does not say so itself. A share of a
    cheque is scaled by the cheque's part of the round where both are known, else it stays a share `of` the investor's.
    """
    quote = _quote(units, claim.first, claim.last)
    base = _sum(units, claim.of) or (cheque if claim.whose == "investor" else None)
    bounds: Bounds | None = None
    amount = _sum(units, claim.money)
    if claim.share_min is not None and claim.share_max is not None:
        bounds = _exact(claim.share_min), _exact(claim.share_max)
        if bounds == (1, 1):
            amount = base
    elif amount is not None:
        whole = round_money or _plus(amount, _sum(units, claim.cash))
        return _compute(_ratio(amount, whole), quote, amount, "round") if whole else Compute(None, None, quote, amount)
    elif claim.cash is not None:
        cash = _ratio(_sum(units, claim.cash), base or round_money)
        bounds = cash and _rest(cash)
        if bounds is None:
            return Compute(None, None, quote)
    else:
        return Compute(None, None, quote)
    part = _ratio(base, round_money)
    if part is not None and part[0] <= Fraction(51, 50):
        return _compute((bounds[0] * part[0], bounds[1] * part[1]), quote, amount, "round")
    return _compute(bounds, quote, amount, claim.whose)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the money as told: a share, a sum, or what a part in cash leaves.

    `money` is the sum that is the part (of "rest": that is cash), `of` what the words behind "of" call the whole.
    """

    kind: Literal["share", "money", "rest"]
    first: int
    last: int
    rule: str
    bounds: Bounds | None = None
    amount: Fraction | None = None
    money: int | None = None
    of: Cue | None = None


class _Line:
    """A sentence as the words that speak of payment."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.units = sentence.units
        self.pays, self.makes, self.reverse = (list(sentence.of(k)) for k in ("compute_pay", "compute_makes", "compute_reverse"))
        self.cash, self.sums = list(sentence.of("cash")), list(sentence.of("paid_sum"))
        self.things = [c for c in sentence.of("compute") if c.value != "other"]
        self.valued = {i for c in sentence.of("valuation") for i in range(c.first, c.last + 1)}
        self.deal = any(sentence.of(*_DEAL)) or any(c.value in ("pays", "mix") for c in self.pays)
        self.parts = self._parts()
        self.in_cash = [p for p in self.parts if self._is_cash(p)]

    # the parts of the money ------------------------------------------------------------------------------------------

    def _parts(self) -> list[_Part]:
        shares: list[_Part] = []
        for part in self._shares():  # no share in the words for the whole: "half of the entire round"
            if not shares or part.first > shares[-1].last:
                shares.append(part)
        wholes = {i for p in shares if p.of for i in range(p.of.first, p.of.last + 1)} | {p.money for p in shares}
        sums = [i for i in self.sentence.moneys() if i not in wholes]
        return sorted([*shares, *(_Part("money", i, i, "compute.money", money=i) for i in sums)], key=lambda p: (p.last, p.first))

    def _shares(self) -> list[_Part]:
        hedges = {c.last + 1: c for c in self.sentence.of("share_hedge")}
        out: list[_Part] = []
        for cue in self.sentence.of("share"):
            if cue.value == "other" or any(h.first <= cue.first and cue.last <= h.last for h in hedges.values()):
                continue  # the "more" of "more than half"
            part = _part(cue, hedges.get(cue.first))
            before = out[-1] if out else None
            if before and before.bounds and part.bounds and self._joined(before, part):
                out[-1] = replace(before, last=part.last, bounds=(before.bounds[0], part.bounds[1]))
            elif before and before.rule == _ALL_BUT and part.bounds and before.last + 1 == part.first:
                out[-1] = replace(part, first=before.first, bounds=_rest(part.bounds))
            else:
                out.append(part)
        return [self._completed(p) for p in out]

    def _joined(self, low: _Part, high: _Part) -> bool:
        """Whether two shares are the ends of a range: "between a quarter and 30 per cent"."""
        between = self.units[low.last + 1 : high.first]
        opener = self.units[low.first - 1].low if low.first else ""
        return len(between) == 1 and (between[0].low in ("to", "-", "or") or (between[0].low == "and" and opener == "between"))

    def _completed(self, part: _Part) -> _Part:
        """`part` with the sum behind it: "half of the round", "its entire contribution", "all but $2 million"."""
        after = part.last + 1
        if part.rule == _ALL_BUT and after < len(self.units) and self.units[after].kind == "money":
            return replace(part, last=after, money=after)
        reach = after + 4 if self._low(after) == "of" else after
        for cue in self.sums:
            if (cue.first <= part.first and part.last <= cue.last) or after <= cue.first <= reach:
                return replace(part, of=cue, last=max(part.last, cue.last))
        return part

    def _is_cash(self, part: _Part) -> bool:
        return any(
            (c.value in ("after", "only") and c.first <= part.last + 1 <= c.last) or (c.value == "before" and c.last + 1 == part.first)
            for c in self.cash
        )

    def _low(self, index: int) -> str:
        return self.units[index].low if 0 <= index < len(self.units) else ""

    # claims ----------------------------------------------------------------------------------------------------------

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
        if link is not None and link.value == "swap" and not any(c.value != "not" for c in self.cash):
            return Claim(1.0, 1.0, None, None, None, link.first, thing.last, f"{link.rule}+{thing.rule}")
        if link is not None and self._pays(link, thing) and not self._reversed(link.first, thing.first, link):
            return Claim(None, None, None, None, self._payer(link), link.first, thing.last, thing.rule)
        return None

    def only_cash(self) -> Claim | None:
        """That the money is nothing but cash."""
        for cue in self.cash:
            if cue.value == "only" and self._low(cue.first - 1) != "not" and any(self.sentence.of("paid_sum", "this_round", "round")) and not self.reverse:
                return Claim(0.0, 0.0, None, None, None, cue.first, cue.last, cue.rule)
        return None

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
        nots = [i for i in range(link.first, thing.first) if self._low(i) in ("not", "n't", "never")]
        return any(not _inside(i, self.cash) and self._low(i + 1) not in ("only", "just") for i in nots)

    def _part_before(self, link: Cue, thing: Cue) -> _Part | None:
        """The part of the money that the words of paying speak of: the nearest before them."""
        for part in reversed(self.parts):
            between = [u.low for u in self.units[part.last + 1 : link.first]]
            if part.last >= thing.first or part in self.in_cash or part.money in self.valued:
                continue
            anaphor = between[-1:] in (["it"], ["this"], ["that"]) and between[-2:-1] in ([";"], [":"])  # "...: it is credits"
            if len(between) > _REACH or (not anaphor and _BREAKS.intersection(between)):
                return None
            if self._fits(part, link, thing, len(between)):
                return part
        return None

    def _fits(self, part: _Part, link: Cue, thing: Cue, gap: int) -> bool:
        if part.kind == "money":
            near = gap <= 6 or link.value in ("pays", "gives")
            return (near and (self.deal or link.value == "pays") and thing.value in ("credit", "power", "kind")) or self._of_it(part) or _covers(self.sums, part)
        if part.rule in _OF_BARE:
            return True
        if part.of or self._of_it(part):
            return link.value != "is" or part.of is not None or thing.value in _RIGHTS or self._whole(part) is not None
        if part.bounds == _NOTHING:
            near = part.last + 1 == thing.first if part.rule == _NO else gap <= 2
            return near and self.deal and thing.value in ("credit", "power", "kind")
        if gap == 0 and part.first == 0 and part.kind == "share":
            return thing.value in ("credit", "voucher")
        return gap <= 2 and (self._whole(part) is not None or (link.value == "pays" and self.deal))

    def _of_it(self, part: _Part) -> bool:
        return self._low(part.last + 1) == "of" and self._low(part.last + 2) in _PRONOUNS

    def _part_behind(self, thing: Cue) -> _Part | None:
        """The part of the money that the words behind `thing` speak of: "credits make up a third of the round"."""
        if thing.value in ("weak", "voucher"):
            return None
        of_which = any(self._low(i) == "of" and self._low(i + 1) in _PRONOUNS for i in range(thing.first - 3, thing.first - 1))
        for cue in self.makes:
            between = self.units[thing.last + 1 : cue.first]
            if cue.first > thing.last and len(between) <= 6 and "," not in (u.text for u in between):
                for part in self.parts:
                    if 0 < part.first - cue.last <= 3 and (part.kind == "money" or part.of or of_which or self._of_it(part)):
                        return part
        return None

    def _pays(self, link: Cue, thing: Cue) -> bool:
        return self.deal and (link.value == "mix" or (link.value == "pays" and thing.value in ("credit", "power")) or thing.rule == _PAYMENT) and not self._denied(link, thing)

    def _reversed(self, first: int, last: int, link: Cue | None) -> bool:
        """Whether the sentence speaks of money that goes the other way, from the clause of unit `first` to `last`."""
        start = first
        while start > max(0, first - 6) and self._low(start - 1) not in (",", ";", ":", "(", "-"):
            start -= 1
        return any(c.first <= last and c.last >= start and not (link and c.first <= link.last and link.first <= c.last) for c in self.reverse)

    def _told(self, part: _Part, link: Cue | None, thing: Cue) -> Claim | None:
        whole = part.of or self._whole(part) if part.kind != "money" else _covering(self.sums, part)
        bounds, money, cash = part.bounds, part.money, None
        if part.kind == "rest":
            money, cash = None, part.money
            other = next(iter(self.in_cash), None) if cash is None else None
            if other is not None:
                bounds, cash = other.bounds and _rest(other.bounds), other.money
                whole = other.of or whole
            elif cash is None:
                bounds = Fraction(0), Fraction(1)
        of = self._sum_in(whole) if part.kind != "money" else None
        if part.amount is not None:
            bounds = _ratio(Money(float(part.amount), float(part.amount), ""), _sum(self.units, of), any_currency=True)
            if bounds is None:
                return None
        whose: Literal["round", "investor"] = "investor" if whole is not None and self._is_investors(whole) else "round"
        investor = self._investor(whole, part, link)
        low, high = (float(bounds[0]), float(bounds[1])) if bounds else (None, None)
        ends = (part.first, part.last, thing.first, thing.last)
        return Claim(low, high, money, cash, investor, min(ends), max(ends), f"{part.rule}+{thing.rule}", of, whose)

    def _whole(self, part: _Part) -> Cue | None:
        """The sum that "of it" or nothing at all refers to: the last one told before `part`."""
        return next((c for c in reversed(self.sums) if c.last < part.first and not self.valued.intersection(range(c.first, c.last + 1))), None)

    def _sum_in(self, whole: Cue | None) -> int | None:
        return next((i for i in range(whole.first, whole.last + 1) if self.units[i].kind == "money"), None) if whole else None

    def _is_investors(self, whole: Cue) -> bool:
        return whole.value == "investor" or any(c.value == "investor" and 0 < whole.first - c.last <= 2 for c in self.sums)

    def _investor(self, whole: Cue | None, part: _Part, link: Cue | None) -> int | None:
        spans = [range(c.first, c.last + 1) for c in self.sums if whole is not None and c.value == "investor" and whole.first - c.first >= 0 and whole.first - c.last <= 2]
        if part.kind == "money" and self._low(part.last + 1) in ("from", "by"):
            spans.append(range(part.last + 2, part.last + 4))
        named = next((i for span in spans for i in span if i < len(self.units) and self.units[i].kind == "name"), None)
        return named if named is not None or link is None else self._payer(link)

    def _payer(self, link: Cue) -> int | None:
        """The subject of an active verb of paying."""
        verb = link.first
        if verb >= len(self.units) or self.units[verb].tag not in ("VBZ", "VBP", "VBD", "VBG", "VB") or link.value == "is":
            return None
        tree = Tree(self.sentence)
        subject = tree.subject(verb)
        return next(iter(tree.names_of(subject)), None) if subject is not None else None


def _part(cue: Cue, hedge: Cue | None) -> _Part:
    if cue.value in ("rest", "but"):
        return _Part("rest", cue.first, cue.last, cue.rule)
    if cue.value.startswith("="):
        number, factor = cue.value[1:].split()
        return _Part("share", cue.first, cue.last, cue.rule, amount=_number(number) * _number(factor))
    low, _, high = cue.value.partition("..")
    bounds = _quotient(low), _quotient(high or low)
    if hedge is None:
        return _Part("share", cue.first, cue.last, cue.rule, bounds)
    bounds = (bounds[0], Fraction(1)) if hedge.value == "above" else (Fraction(0), bounds[1])
    return _Part("share", hedge.first, cue.last, f"{hedge.rule}+{cue.rule}", bounds)


def _quotient(text: str) -> Fraction:
    top, _, bottom = text.partition("/")
    return min(_number(top) / sum(map(_number, bottom.split("+"))), Fraction(1)) if bottom else _number(top)


def _number(text: str) -> Fraction:
    words = text.replace("-", " ").split()
    return sum((Fraction(_NUMBERS[w]) for w in words), Fraction(0)) if words and words[0] in _NUMBERS else Fraction(text)


def _passes(unit: Unit) -> bool:
    """Whether `unit` may stand between the words of paying and the thing: no verb, no mark, no new clause."""
    if unit.kind != "word":
        return unit.kind == "name"
    if unit.low in ("of", "worth", "in", "-"):
        return True
    return (unit.text[0].isalnum() or unit.low == "'s") and unit.tag not in ("VBZ", "VBP", "VBD", "VB", "MD", "TO", "IN", "WDT", "WP", "WRB")


def _inside(index: int, cues: Sequence[Cue]) -> bool:
    return any(c.value == "not" and c.first <= index <= c.last for c in cues)


def _covering(cues: Sequence[Cue], part: _Part) -> Cue | None:
    return next((c for c in cues if c.first <= part.first and part.last <= c.last and c.last > c.first), None)


def _covers(cues: Sequence[Cue], part: _Part) -> bool:
    return _covering(cues, part) is not None


def _only_cash(sentence: Sentence) -> list[Claim]:
    if not any(c.value == "only" for c in sentence.of("cash")):
        return []
    claim = _Line(sentence).only_cash()
    return [claim] if claim else []


def _same(a: Claim, b: Claim) -> bool:
    """Whether two claims rest on the same words: one part of the money, two things that pay it."""
    return a.first == b.first or a.last == b.last


# numbers -------------------------------------------------------------------------------------------------------------


def _rest(bounds: Bounds) -> Bounds:
    return 1 - bounds[1], 1 - bounds[0]


def _sum(units: Sequence[Unit], index: int | None) -> Money | None:
    value = units[index].value if index is not None else None
    return value.value if isinstance(value, Mention) else None


def _ratio(part: Money | None, whole: Money | None, *, any_currency: bool = False) -> Bounds | None:
    """`part` divided by `whole`, or None where they cannot be compared. An open bound counts as the stated figure."""
    if part is None or whole is None or (part.currency != whole.currency and not any_currency):
        return None
    low, high = part.min or part.max, part.max or part.min
    least, most = whole.min or whole.max, whole.max or whole.min
    if low is None or high is None or not least or not most:
        return None
    return _exact(low) / _exact(most), _exact(high) / _exact(least)


def _plus(a: Money, b: Money | None) -> Money | None:
    if b is None or a.currency != b.currency or None in (a.min, a.max, b.min, b.max):
        return None
    return Money((a.min or 0) + (b.min or 0), (a.max or 0) + (b.max or 0), a.currency)


def _exact(number: float) -> Fraction:
    return Fraction(number).limit_denominator(10**6)


def _compute(bounds: Bounds | None, text: str, amount: Money | None, whose: Literal["round", "investor"]) -> Compute | None:
    if bounds is None:
        return Compute(None, None, text, amount, whose)
    if bounds[0] > 1:
        return None
    low, high = (round(float(min(b, Fraction(1))), 4) for b in bounds)
    return Compute(low, high, text, amount, whose)


def _quote(units: Sequence[Unit], first: int, last: int) -> str:
    """The units from `first` to `last` as text, one space where the article has white space."""
    pieces = []
    for before, unit in zip([None, *units[first:last]], units[first : last + 1]):
        pieces.append(" " if before is not None and before.end < unit.start else "")
        pieces.append(unit.text)
    return "".join(pieces)
