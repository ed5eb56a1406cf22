"""Completes the rules' frames by learned roles, so that phrasing which no rule has seen is read as well.

The rules speak first. The trained weights add sums that no rule takes for a deal's, find the target of a deal without
one (or with one that is next to impossible), and add investors that no list or verb of the rules names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from aifund.events.features import of_candidate, of_money, of_name, vote_on_money
from aifund.events.frame import CERTAIN, LEARNED, Frame
from aifund.events.frames import frames
from aifund.events.lists import comes_from, explains
from aifund.events.stage import Place, Player, Stage
from aifund.events.weights import Weights
from aifund.language.units import Sentence, Unit


@dataclass(frozen=True, slots=True)
class Trust:
    """From which probability on a learned role counts."""

    money: float = 0.55
    masked: float = 0.8  # a sum that the rules hold for another figure
    valuation: float = 0.75
    revalued: float = 0.9  # a sum that the rules hold for a deal's
    target: float = 0.55
    referred: float = 0.8  # of a deal whose target the rules hold for the company told before
    likely: float = 0.6  # of one where no deal was told before and the article's topic is less likely than `topic`
    topic: float = 0.3
    whom: float = 0.5  # in whom an investor invested, where neither sum nor round is told
    unlikely: float = 0.1  # the rules' own target that is less likely than this gives way
    investor: float = 0.7
    never: float = 0.05  # the rules' investor that is less likely than this


TRUST = Trust()


class Roles:
    """The learned roles of one article."""

    def __init__(self, stage: Stage, weights: Weights, trust: Trust = TRUST) -> None:
        self.stage = stage
        self.weights = weights
        self.trust = trust
        self._investors: dict[Place, list[float]] = {}
        self._targets: dict[tuple[str, Place], list[tuple[float, Player | None]]] = {}

    def money(self, place: Place) -> list[float]:
        """How likely the sum at `place` is neither, the money of a deal, a valuation."""
        return self.weights.classes("money", of_money(self.stage, place))

    def name(self, place: Place) -> list[float]:
        """How likely the name at `place` is no investor, an investor, a lead."""
        if place not in self._investors:
            self._investors[place] = self.weights.classes("name", of_name(self.stage, place))
        return self._investors[place]

    def target(self, place: Place) -> list[tuple[float, Player | None]]:
        """How likely each candidate gets the money of the deal at `place`; None: nobody who is named."""
        return self._among("target", place, self.stage.candidates(place[0]))

    def whom(self, place: Place) -> list[tuple[float, Player | None]]:
        """How likely each candidate gets money from the investor at `place`; None: nobody who is named."""
        return self._among("whom", place, self.stage.others(place))

    def _among(self, model: str, place: Place, players: Sequence[Player]) -> list[tuple[float, Player | None]]:
        if (model, place) not in self._targets:
            who: list[Player | None] = [None, *players]
            chances = self.weights.among(model, [of_candidate(self.stage, place, p) for p in who])
            self._targets[model, place] = _for_employers(list(zip(chances, who, strict=True)))
        return self._targets[model, place]

    # completing ------------------------------------------------------------------------------------------------------

    def complete(self) -> list[list[Frame]]:
        """The frames of each sentence."""
        return [self._sentence(n) for n in range(len(self.stage.sentences))]

    def _sentence(self, n: int) -> list[Frame]:
        sentence = self.stage.sentences[n]
        sums = sentence.moneys()
        told = frames(
            sentence,
            [i for i in sums if self._is_deal((n, i))],
            [i for i in sums if self._is_valuation((n, i))],
        )
        for frame in told:
            self._aim(n, frame)
            frame.investors = [r for r in frame.investors if 1 - self.name((n, r.unit))[0] >= self.trust.never]
        return self._fund(n, told)

    def _is_deal(self, place: Place) -> bool:
        vote = vote_on_money(self.stage, place)
        return vote != "deal" and self.money(place)[1] >= (self.trust.money if vote == "open" else self.trust.masked)

    def _is_valuation(self, place: Place) -> bool:
        vote = vote_on_money(self.stage, place)
        enough = self.trust.revalued if vote == "deal" else self.trust.valuation
        return vote != "valuation" and self.money(place)[2] >= enough

    def _aim(self, n: int, frame: Frame) -> None:
        """Gives the frame the likeliest target, unless the rules' own may be right."""
        anchor = frame.money if frame.money is not None else frame.round
        if anchor is None:
            return
        ranked = self.target((n, anchor))
        chance, best = max(ranked, key=lambda x: x[0])
        if best is None or chance < (self.trust.referred if frame.refers else self.trust.target):
            topic = next((q for q, p in ranked if p is self.stage.topic), 0.0)
            better = chance >= self.trust.likely and topic < self.trust.topic
            if frame.refers and best is not None and not best.person and better:
                frame.likely = self._told_of(best, (n, anchor))
            return
        own = [p.number for p in (self.stage.at[n, t] for t in frame.targets)]
        likely = max((q for q, p in ranked if p is not None and p.number in own), default=0.0)
        opens = self.stage.sentences[n].first and 0 in frame.targets  # a line that begins with a name tells of it
        backs = any(self.stage.at[n, r.unit] is best for r in frame.investors)
        if own and (backs or opens or frame.rule in CERTAIN or len(own) > 1 or likely >= self.trust.unlikely):
            return
        spot = self.stage.mention(best, (n, anchor))
        frame.targets, frame.refers, frame.generic = ([spot[1]] if spot[0] == n else []), False, False
        frame.antecedent = None if spot[0] == n else self._told_of(best, (n, anchor))
        frame.rule = frame.rule or f"{LEARNED}.target"
        frame.investors = [r for r in frame.investors if self.stage.at[n, r.unit] is not best]

    def _told_of(self, player: Player, place: Place) -> tuple[Sentence, Unit]:
        """Where the article names `player`, as seen from `place`."""
        spot = self.stage.mention(player, place)
        sentence = self.stage.sentences[spot[0]]
        return sentence, sentence.units[spot[1]]

    def _fund(self, n: int, told: list[Frame]) -> list[Frame]:
        """Adds investors that the rules leave out; a sentence that only adds some speaks of the deal told before."""
        live = [f for f in told if not f.generic]
        open_to = [f for f in live if f.money is not None or f.round is not None or f.investors or f.bare]
        new = self._new_investors(n, told)
        if not new or (live and len(open_to) < len(live) and not open_to):
            return told
        if not open_to:
            open_to = [self._backed(n, new)]
            told = [*told, *open_to]
        for i in new:
            chances = self.name((n, i))
            leads = chances[2] > chances[1]
            self._nearest(n, i, open_to).invested(i, leads, f"{LEARNED}.investor")
        return told

    def _backed(self, n: int, investors: Sequence[int]) -> Frame:
        """What a sentence that only names investors tells: in whom they invested, else of the deal before."""
        ranked = [(q, p) for i in investors for q, p in self.whom((n, i)) if p is not None]
        chance, best = max(ranked, key=lambda x: x[0], default=(0.0, None))
        if best is not None and chance >= self.trust.whom:
            spot = self.stage.mention(best, (n, investors[0]))
            if spot[0] == n and spot[1] not in investors:
                return Frame(targets=[spot[1]], bare=True, rule=f"{LEARNED}.target")
        return Frame(refers=True, rule=LEARNED)

    def _new_investors(self, n: int, told: list[Frame]) -> list[int]:
        cast_ = {r.unit for f in told for r in f.investors} | {t for f in told for t in f.targets}
        targets = {self.stage.at[n, t].number for f in told for t in f.targets}
        targets |= {self.stage.at[self.stage.place[id(f.antecedent[1])]].number for f in told if f.antecedent}
        return [
            i
            for i in self.stage.sentences[n].names()
            if i not in cast_
            and self.stage.at[n, i].number not in targets
            and not self.stage.at[n, i].votes  # the rules know its role in the article
            and not (explains(self.stage.scenes[n], i) or comes_from(self.stage.scenes[n], i))
            and 1 - self.name((n, i))[0] >= self.trust.investor
        ]

    def _nearest(self, n: int, i: int, told: list[Frame]) -> Frame:
        """The frame whose sum, round or parties stand nearest to unit `i`, with no semicolon between."""
        units = self.stage.sentences[n].units

        def gap(frame: Frame) -> tuple[bool, int]:
            anchors = [x for x in (frame.money, frame.round) if x is not None]
            anchors = anchors or frame.targets or [r.unit for r in frame.investors] or [0]
            near = min(anchors, key=lambda x: abs(x - i))
            return any(units[k].text == ";" for k in range(*sorted((near, i)))), abs(near - i)

        return min(told, key=gap)


def _for_employers(ranked: list[tuple[float, Player | None]]) -> list[tuple[float, Player | None]]:
    """`ranked` with the chances of people given to the organisations that they stand for."""
    known = {p.number for _, p in ranked if p is not None}
    chances: defaultdict[int | None, float] = defaultdict(float)
    for chance, player in ranked:
        firm = player.employer if player is not None else None
        gets = firm if firm is not None and firm.number in known else player
        chances[gets.number if gets is not None else None] += chance
    return [(chances[player.number if player is not None else None], player) for _, player in ranked]
