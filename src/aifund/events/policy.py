"""Which of several values an event takes where its reports differ, and what is told as a conflict.

The policy, in this order:

- **Nothing is averaged.** The value of an event is always one that a report states.
- **Who counts.** Denials give no values to an event that is not denied. Publishers count, not articles: ten articles
  of one publisher, or one text at ten addresses, are one voice. What a publisher says later corrects what it said
  before and does not agree with it: the earlier value stays listed and has no voice.
- **Status moves forward**: closed over in_talks over rumored. `denied` holds if nobody reports the deal as closed and
  no report of it is later than the denial, or if the denial is later than every report that it closed.
- **Figures** (amount, valuation, compute share): a value reported of a closed deal over one of talks and rumours; then
  the one that more publishers' closed reports agree with; then more publishers of any report; then one that the target
  or an investor publishes itself over rewrites; then the more precise; then more publishers for exactly this value;
  then the later published; then a fixed order. A vague value gives way to a more precise one that it agrees with
  ("over $1 billion" to "$1 billion") and counts as a voice for it.
- **Dates**: those of closed reports over the others, then as for figures; the narrower period is the more precise. A
  date that rests on an article's publication alone only fills in: the earliest counts where no report states a date,
  or where it lies in a stated period longer than a month. It is told as a conflict where it lies more than a month
  outside of the stated period that counts.
- **Conflicts** are told where two values cannot both be right: sums that differ by more than rounding (`compare`; two
  currencies are compared at reference rates), shares or stated periods without overlap, closed against denied. Every
  distinct value is listed with its articles, the chosen one first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

from aifund.events.compare import periods_agree, share_width
from aifund.model import Compute, Conflict, Money, Status, Valuation, When

T = TypeVar("T")

_FORWARD: tuple[Status, ...] = ("denied", "rumored", "in_talks", "closed")
_MONTH = 31  # days
_PRECISION = ("exact", "about", "range", "at_least", "more_than", "up_to", "less_than", "vague")
_BASES = ("post", "pre", "unspecified")


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """A value as one article tells it. `voice` is the publisher, or what stands for an unknown one.

    `primary`: who publishes it takes part in the deal.
    """

    value: T
    article: str
    voice: str
    closed: bool
    published: date | None = None
    primary: bool = False


class Choice(NamedTuple, Generic[T]):
    """The value taken, None if nothing is told, and the conflict if values disagree."""

    value: T | None
    conflict: Conflict | None


@dataclass(frozen=True, slots=True)
class _Standing(Generic[T]):
    """What speaks for a value."""

    value: T
    articles: tuple[str, ...]
    of_closed: bool
    closed_voices: int
    voices: int
    primary: bool
    vagueness: float
    own_voices: int
    latest: date

    def rank(self) -> tuple[object, ...]:
        counts = (not self.of_closed, -self.closed_voices, -self.voices, not self.primary)
        return *counts, self.vagueness, -self.own_voices, -self.latest.toordinal(), repr(self.value)


def choose(
    field: str,
    told: Sequence[Told[T]],
    agree: Callable[[T, T], bool],
    vagueness: Callable[[T], float],
) -> Choice[T]:
    """The value that the policy takes out of `told`.

    `agree` says whether two values can both be right, `vagueness` is lower for the more precise of two.
    """
    values = list(dict.fromkeys(each.value for each in told))
    if len(values) < 2:
        return Choice(values[0] if values else None, None)
    heard = [each for each in told if not _corrected(each, told, agree)]
    standings = [_standing(value, told, heard, agree, vagueness) for value in values]
    standings.sort(key=lambda standing: standing.rank())
    standing_firm = [each for each in standings if not _outdone(each, standings, agree)]
    chosen = standing_firm[0]
    if all(agree(one, other) for index, one in enumerate(values) for other in values[:index]):
        return Choice(chosen.value, None)
    ordered = [chosen, *(each for each in standings if each is not chosen)]
    listed = tuple((each.value, each.articles) for each in ordered)
    rival = next((each for each in standing_firm if not agree(each.value, chosen.value)), None)
    return Choice(chosen.value, Conflict(field, listed, chosen.value, _because(chosen, rival)))


def choose_status(told: Sequence[Told[Status]]) -> tuple[Status, Conflict | None]:
    """The status of an event with at least one report, and the conflict if it is told as closed and as denied."""
    denials = [each for each in told if each.value == "denied"]
    others = [each for each in told if each.value != "denied"]
    if not denials or not others:
        return max((each.value for each in told), key=_FORWARD.index), None
    furthest = max((each.value for each in others), key=_FORWARD.index)
    last_denial = _last(denials)
    if furthest != "closed":
        overtaken = _last(others) > last_denial > date.min
        return furthest if overtaken else "denied", None
    closed = [each for each in others if each.value == "closed"]
    held = last_denial > _last(closed) > date.min
    chosen, rejected = (denials, closed) if held else (closed, denials)
    listed = tuple((group[0].value, _articles(group)) for group in (chosen, rejected))
    because = (
        "the denial was published after every report that the deal closed"
        if held
        else "the deal is reported as closed, and no denial is known to be later"
    )
    return chosen[0].value, Conflict("status", listed, chosen[0].value, because)


def choose_date(stated: Sequence[Told[When]], published: Sequence[Told[When]]) -> Choice[When]:
    """The date of an event from the dates that reports state and those that rest on their articles' publication."""
    if any(each.closed for each in (*stated, *published)):
        stated, published = [each for each in stated if each.closed], [each for each in published if each.closed]
    choice = choose("date", stated, periods_agree, days)
    first = min((each.value for each in published), key=lambda when: (when.max, when.min, when.edtf), default=None)
    if first is None or choice.value is None:
        return Choice(choice.value or first, choice.conflict)
    if days(choice.value) > _MONTH and choice.value.min <= first.min and first.max <= choice.value.max:
        return Choice(first, choice.conflict)
    return Choice(choice.value, choice.conflict or _far_off(choice.value, stated, published))


def _far_off(chosen: When, stated: Sequence[Told[When]], published: Sequence[Told[When]]) -> Conflict | None:
    """The conflict where articles tell as fresh news what lies more than a month away from the stated date."""
    month = timedelta(days=_MONTH)
    far = [each for each in published if each.value.min - chosen.max > month or chosen.min - each.value.max > month]
    if not far:
        return None
    values = dict.fromkeys([chosen, *sorted((each.value for each in far), key=lambda when: when.edtf)])
    listed = tuple((value, _articles([each for each in (*stated, *far) if each.value == value])) for value in values)
    return Conflict("date", listed, chosen, "it is stated, the other only the day on which an article tells it as news")


def days(when: When) -> float:
    """The length of a period in days: how vague a date is."""
    return (when.max - when.min).days


def money_vagueness(money: Money) -> float:
    """How vague a sum is: exact below about, a range, a lower bound, an upper bound, a vague sum."""
    return _PRECISION.index(money.qualifier)


def valuation_vagueness(valuation: Valuation) -> float:
    """As of money; of equal sums, one whose basis is told is the less vague."""
    return money_vagueness(valuation.money) + _BASES.index(valuation.basis) / len(_BASES)


def compute_vagueness(compute: Compute) -> float:
    """What a compute share leaves open; of equal shares, one that is told of the round is the less vague."""
    unsaid = compute.share_min is None and compute.share_max is None
    return share_width(compute) + (1 if unsaid else 0) + (0 if compute.of == "round" else 0.001)


def _corrected(one: Told[T], told: Sequence[Told[T]], agree: Callable[[T, T], bool]) -> bool:
    """Whether the publisher says something else later, of a deal that is as far along."""
    return one.published is not None and any(
        other.voice == one.voice
        and other.published is not None
        and other.published > one.published
        and other.closed >= one.closed
        and not agree(other.value, one.value)
        for other in told
    )


def _standing(
    value: T,
    told: Sequence[Told[T]],
    heard: Sequence[Told[T]],
    agree: Callable[[T, T], bool],
    vagueness: Callable[[T], float],
) -> _Standing[T]:
    """What speaks for `value`: of all that is `told`, what is `heard`."""
    own = [each for each in heard if each.value == value]
    agreeing = [each for each in heard if agree(each.value, value)]
    return _Standing(
        value=value,
        articles=_articles([each for each in told if each.value == value]),
        of_closed=any(each.closed for each in own),
        closed_voices=len({each.voice for each in agreeing if each.closed}),
        voices=len({each.voice for each in agreeing}),
        primary=any(each.primary for each in own),
        vagueness=vagueness(value),
        own_voices=len({each.voice for each in own}),
        latest=_last(own),
    )


def _outdone(one: _Standing[T], standings: Sequence[_Standing[T]], agree: Callable[[T, T], bool]) -> bool:
    """Whether a more precise value says what this one says (a rumour does not refine what is told of a closed deal)."""
    return any(
        other.vagueness < one.vagueness and other.of_closed >= one.of_closed and agree(other.value, one.value)
        for other in standings
    )


def _because(chosen: _Standing[T], rival: _Standing[T] | None) -> str:
    if rival is None:
        return "the values that differ from it are vaguer ones, or differ only from each other"
    if chosen.of_closed != rival.of_closed:
        return "it is reported of the closed deal, the other only of talks or rumours"
    for mine, theirs, who in (
        (chosen.closed_voices, rival.closed_voices, "publishers with reports of the closed deal"),
        (chosen.voices, rival.voices, "publishers"),
    ):
        if mine != theirs:
            return f"more independent {who} agree with it ({mine} against {theirs})"
    if chosen.primary != rival.primary:
        return "as many publishers agree with either, and a party to the deal publishes it itself"
    if chosen.vagueness != rival.vagueness:
        return "as many publishers agree with either, and it is the more precise"
    if chosen.own_voices != rival.own_voices:
        return f"more publishers state exactly this ({chosen.own_voices} against {rival.own_voices})"
    if chosen.latest != rival.latest:
        return f"nothing else decides, and it was published later ({chosen.latest})"
    return "nothing decides between them; the first in a fixed order is taken"


def _articles(told: Sequence[Told[T]]) -> tuple[str, ...]:
    return tuple(sorted({each.article for each in told}))


def _last(told: Sequence[Told[T]]) -> date:
    """The last publication; the earliest of all days where none is known."""
    return max((each.published for each in told if each.published), default=date.min)
