"""The type of what one sentence asserts of one deal."""

from __future__ import annotations

from dataclasses import dataclass, field

from aifund.language.units import Cue, Sentence, Unit

COHORT = "target.cohort"
CERTAIN = (COHORT, "target.entry", "target.form", "target.respectively")  # their targets stand, whatever is learned
LEARNED = "learned"  # how the rule of what no rule has found begins


@dataclass(slots=True)
class Role:
    """An investor in a frame: the unit of its name, whether it leads, the rule that says so, the unit of its cheque."""

    unit: int
    lead: bool
    rule: str
    cheque: int | None = None


@dataclass(slots=True)
class Frame:
    """One assertion; numbers are units of the sentence.

    `refers`: the target is "it" or "the company". `bare`: money came in, but neither sum nor round is told.
    `antecedent`: the target, where a sentence before names it. `likely`: who it may be unless the deal was told before;
    likelier than the article's topic. `background`: told as something of the past.
    `generic`: nobody's deal ("start-ups raised $110 billion").
    """

    targets: list[int] = field(default_factory=list)
    investors: list[Role] = field(default_factory=list)
    money: int | None = None
    round: int | None = None
    valuation: int | None = None
    basis: Cue | None = None
    date: int | None = None
    status: Cue | None = None
    rule: str = ""
    refers: bool = False
    bare: bool = False
    background: bool = False
    generic: bool = False
    antecedent: tuple[Sentence, Unit] | None = None
    likely: tuple[Sentence, Unit] | None = None

    def empty(self) -> bool:
        told = (self.money, self.round, self.valuation)
        return self.generic or not (self.bare or self.investors or any(x is not None for x in told))

    def invested(self, unit: int, lead: bool, rule: str, cheque: int | None = None) -> None:
        """Notes the name at `unit` as an investor; what is known to lead stays so."""
        if unit in self.targets:
            return
        role = next((role for role in self.investors if role.unit == unit), None)
        if role is None:
            role = Role(unit, lead, rule)
            self.investors.append(role)
        role.lead = role.lead or lead
        role.cheque = cheque if cheque is not None else role.cheque
