"""A sentence laid out for the questions of the event stages: which words are what, who governs whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from aifund.events.frame import LEARNED
from aifund.events.syntax import Tree
from aifund.language.units import Cue, Sentence, Unit

_STEPS = 7  # how far up the tree a deal verb governs a sum
_REACH = 12  # units to the left in which a verb governs it where the parse does not say so
_PARTS = ("invest.stake", "invest.share")  # rules for buying a part of a company
_BEHIND_WHOLE = ("from", "in", "led", "of", "round", "to")
_MASKS = ("total", "fund", "other_sum", "cheque", "valuation")  # what a sum is; later kinds win


class Scene:
    """One sentence with its cues by unit; `amounts` are sums known to be the money of a deal, `values` valuations."""

    def __init__(self, sentence: Sentence, amounts: Collection[int] = (), values: Collection[int] = ()) -> None:
        self.sentence = sentence
        self.amounts = amounts
        self.values = values
        self.units = sentence.units
        self.tree = Tree(sentence)
        self._at: dict[str, frozenset[int]] = {}

    def cues(self, *kinds: str) -> Iterator[Cue]:
        return self.sentence.of(*kinds)

    def at(self, kind: str) -> frozenset[int]:
        """The units that cues of `kind` cover."""
        if kind not in self._at:
            self._at[kind] = frozenset(i for c in self.cues(kind) for i in range(c.first, c.last + 1))
        return self._at[kind]

    def any(self, *kinds: str) -> bool:
        return any(True for _ in self.cues(*kinds))

    def unit(self, index: int) -> Unit | None:
        return self.units[index] if 0 <= index < len(self.units) else None

    def text(self, index: int) -> str:
        unit = self.unit(index)
        return unit.low if unit else ""

    def is_name(self, index: int) -> bool:
        unit = self.unit(index)
        return unit is not None and unit.kind == "name"

    def owned(self, index: int) -> bool:
        """Whether the name at `index` is an owner: "N's"."""
        return self.is_name(index) and self.text(index + 1) in ("'s", "'")

    @cached_property
    def verbs(self) -> dict[int, Cue]:
        """The deal verbs by their first unit; "led by" and the like are none."""
        taken = self.at("leads") | self.at("joins")
        out: dict[int, Cue] = {}
        for cue in self.cues("raise", "invest", "lead"):
            old = out.get(cue.first)
            tied = self.text(cue.first - 1) == "-" and self.is_name(cue.first - 2)  # "N-backed"
            if cue.first not in taken and not tied and (old is None or (old.kind == "raise" and old.value == "weak")):
                out[cue.first] = cue
        return out

    @cached_property
    def company(self) -> frozenset[int]:
        """The units that stand for a company: "it", "the start-up", "the founder"."""
        return self.at("company_ref") | self.at("company_noun") | self.at("stand_in")

    @cached_property
    def figures(self) -> dict[int, Cue]:
        """The sums that are not the money of a deal, with the cue that says what they are."""
        out: dict[int, Cue] = {}
        for kind in _MASKS:
            for cue in self.cues(kind):
                for i in range(cue.first, cue.last + 1):
                    if self.units[i].kind == "money" and not self._bare_valuation(out.get(i), cue):
                        out[i] = cue
        out = {i: cue for i, cue in out.items() if not self._deal_money(i, cue, out)}
        return out | {i: Cue("valuation", "unspecified", f"{LEARNED}.valuation", i, i) for i in self.values}

    @staticmethod
    def _bare_valuation(old: Cue | None, new: Cue) -> bool:
        """A valuation said to be pre- or post-money is not made vaguer."""
        return old is not None and old.kind == new.kind == "valuation" and new.value == "unspecified"

    def _deal_money(self, i: int, cue: Cue, seeming: Mapping[int, Cue]) -> bool:
        """Whether what seems to be another sum is a deal's."""
        if cue.kind == "total":
            return self._round_follows(i)
        if cue.kind == "fund":
            return self._of_funding(cue)
        if cue.kind == "cheque":
            return self.text(cue.first) == "with" and self._whole(i, cue, seeming)
        # the price of a part of a company
        return cue.kind == "other_sum" and any(
            c.rule in _PARTS and cue.first <= c.first < i for c in self.cues("invest")
        )

    def _of_funding(self, cue: Cue) -> bool:
        """Not the size of a fund: "raised funds of $5m", "a $5m fund raising"."""
        verb = self.verbs.get(cue.first - 1)
        raised = self.text(cue.first) == "funds" and verb is not None and verb.kind == "raise"
        return raised or self.text(cue.last + 1) == "raising"

    def _whole(self, i: int, cue: Cue, seeming: Mapping[int, Cue]) -> bool:
        """Whether it is no part of another sum: "emerged with $5m in funding", "in talks with N over a $5m round"."""
        talks = any(self.is_name(j) for j in range(cue.first, i))
        after = self.unit(i + 1)
        behind = after is not None and (after.kind == "round" or after.low in _BEHIND_WHOLE)
        others = (seeming.get(j) for j in self.sentence.moneys() if j != i)
        return (talks or behind) and all(other is not None and other.kind != "cheque" for other in others)

    def _round_follows(self, i: int) -> bool:
        after = self.units[i + 1 : i + 5]
        return any(u.kind == "round" for u in after) and "," not in (u.text for u in after[:2])

    def above(self, i: int) -> Cue | None:
        """The nearest deal verb above unit `i` in the tree."""
        at = self.units[i].head
        for _ in range(_STEPS):
            if at < 0:
                return None
            if at in self.verbs:
                return self.verbs[at]
            at = self.units[at].head
        return None

    def governor(self, i: int) -> Cue | None:
        """The deal verb above unit `i`, else the nearest one to the left in its clause."""
        found = self.above(i)
        if found is not None:
            return found
        for j in range(i - 1, max(-1, i - _REACH), -1):
            if j in self.verbs:
                return self.verbs[j]
            if self.units[j].text == ";":
                break
        return None
