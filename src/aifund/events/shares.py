"""The parts of a deal's money that a sentence tells of: "two-thirds of it", "$12 million of the sum", "the rest"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from aifund.language.units import Cue, Sentence

Bounds = tuple[Fraction, Fraction]

ALL_BUT = "share.but"
PRONOUNS = frozenset(("it", "this", "that", "these", "those", "which", "whom", "them"))
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety hundred"
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_NUMBERS = {
    **{word: n for n, word in enumerate(_SMALL.split())},
    **{word: 10 * n for n, word in enumerate(_TENS.split(), 1)},
    **{word: n for n, word in enumerate(_ORDINALS.split(), 3)},
    "a": 1,
    "an": 1,
    "another": 1,
    "quarter": 4,
    "twentieth": 20,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the money as told, by its first and last unit: a share, a sum, or what the part in cash leaves.

    `bounds` is the share, `amount` a figure without its currency. `money` is the unit of the sum that is the part or,
    of "rest", that is cash. `of` is what the words behind it call the whole ("half of its contribution").
    """

    kind: Literal["share", "money", "rest"]
    first: int
    last: int
    rule: str
    bounds: Bounds | None = None
    amount: Fraction | None = None
    money: int | None = None
    of: Cue | None = None


def parts(sentence: Sentence) -> list[Part]:
    """All parts of money that `sentence` tells of, by where they end. A sum that is a whole ("half of the $5 million")
    is none of them.
    """
    shares: list[Part] = []
    for part in _joined(sentence, _shares(sentence)):
        whole = _with_whole(sentence, part)
        if not shares or whole.first > shares[-1].last:  # the "entire" of "half of the entire round" is no share
            shares.append(whole)
    sums = [_with_whole(sentence, Part("money", i, i, "compute.money", money=i)) for i in sentence.moneys()]
    wholes = {i for p in (*shares, *sums) if p.of for i in range(p.of.first, p.of.last + 1)}
    told = {p.money for p in shares}
    free = [p for p in sums if p.money not in told and (p.of or p.money not in wholes)]
    return sorted([*shares, *free], key=lambda p: (p.last, p.first))


def in_cash(sentence: Sentence, part: Part) -> bool:
    """Whether the words that touch `part` say that it is cash: "half in cash", "cash accounts for $5 million", "half of
    the investment in N is cash".
    """
    after = part.last + 1
    behind = sentence.units[after : after + 2]
    if part.of and len(behind) == 2 and behind[0].low in ("in", "into", "from") and behind[1].kind == "name":
        after += 2
    for cue in sentence.of("cash"):
        if cue.value == "before" and cue.last + 1 == part.first:
            return True
        if cue.value in ("after", "only") and cue.first <= after <= cue.last:
            return True
    return False


def of_pronoun(sentence: Sentence, index: int) -> bool:
    """Whether "of it", "of which" or the like stands at `index`."""
    words = [u.low for u in sentence.units[max(index, 0) : index + 2]]
    return index >= 0 and words[:1] == ["of"] and words[-1] in PRONOUNS


def rest(bounds: Bounds) -> Bounds:
    """What a share leaves of the whole."""
    return 1 - bounds[1], 1 - bounds[0]


def _shares(sentence: Sentence) -> Iterator[Part]:
    hedges = {c.last + 1: c for c in sentence.of("share_hedge")}
    for cue in sentence.of("share"):
        if cue.value != "other" and not _is_hedge(cue, hedges.values()) and not _is_name(sentence, cue):
            yield _part(cue, hedges.get(cue.first))


def _is_hedge(cue: Cue, hedges: Iterable[Cue]) -> bool:
    """The "more" of "more than half"."""
    return any(h.first <= cue.first and cue.last <= h.last for h in hedges)


def _is_name(sentence: Sentence, cue: Cue) -> bool:
    """The "share" of "its $5 million share"."""
    sums = [c for c in sentence.of("paid_sum") if c.last == cue.last]
    return any(unit.kind == "money" for c in sums for unit in sentence.units[c.first : c.last])


def _joined(sentence: Sentence, shares: Iterator[Part]) -> list[Part]:
    """`shares` with the ends of a range made one, and "all but a tenth" too."""
    out: list[Part] = []
    for part in shares:
        before = out[-1] if out else None
        if before and part.bounds and before.rule == ALL_BUT and before.last + 1 == part.first:
            out[-1] = replace(part, first=before.first, bounds=rest(part.bounds))
        elif before and part.bounds and before.bounds and _is_range(sentence, before, part):
            out[-1] = replace(before, last=part.last, bounds=(before.bounds[0], part.bounds[1]))
        else:
            out.append(part)
    return out


def _is_range(sentence: Sentence, low: Part, high: Part) -> bool:
    between = [u.low for u in sentence.units[low.last + 1 : high.first]]
    if between == ["and"]:
        return low.first > 0 and sentence.units[low.first - 1].low == "between"
    return between in (["to"], ["-"], ["or"])


def _with_whole(sentence: Sentence, part: Part) -> Part:
    """`part` with the sum that it is a part of, to whose end it then runs: "half of the round", "its entire cheque"."""
    units = sentence.units
    after = part.last + 1
    if part.rule == ALL_BUT and after < len(units) and units[after].kind == "money":
        return replace(part, last=after, money=after)
    of = after < len(units) and units[after].low == "of"
    if part.kind == "money" and not of:
        return part
    reach = after + 4 if of else after
    for cue in sentence.of("paid_sum"):
        if (part.kind != "money" and cue.first <= part.first and part.last < cue.last) or after <= cue.first <= reach:
            return replace(part, of=cue, last=max(part.last, cue.last))
    return part


def _part(cue: Cue, hedge: Cue | None) -> Part:
    if cue.value in ("rest", "but"):
        return Part("rest", cue.first, cue.last, cue.rule)
    if cue.value.startswith("="):
        number, factor = cue.value[1:].split()
        return Part("share", cue.first, cue.last, cue.rule, amount=_number(number) * _number(factor))
    low, _, high = cue.value.partition("..")
    bounds = _quotient(low), _quotient(high or low)
    if hedge is None:
        return Part("share", cue.first, cue.last, cue.rule, bounds)
    bounds = (bounds[0], Fraction(1)) if hedge.value == "above" else (Fraction(0), bounds[1])
    return Part("share", hedge.first, cue.last, f"{hedge.rule}+{cue.rule}", bounds)


def _quotient(text: str) -> Fraction:
    """The number that "two/third", "40/100", "one/three+one" or "1" stands for, at most 1."""
    top, _, bottom = text.partition("/")
    divisor = _total(_number(term) for term in bottom.split("+")) if bottom else Fraction(1)
    return min(_number(top) / divisor, Fraction(1)) if divisor else Fraction(1)


def _number(text: str) -> Fraction:
    words: Sequence[str] = text.replace("-", " ").split()
    return _total(Fraction(_NUMBERS[w]) for w in words) if words[0] in _NUMBERS else Fraction(text)


def _total(terms: Iterator[Fraction]) -> Fraction:
    return sum(terms, Fraction(0))
