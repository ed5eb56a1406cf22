"""What one sentence asserts: who got money from whom, how much, in which round, at what value, when."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from aifund.events import entries, holdings, investors, targets
from aifund.events.deals import Deal, cut
from aifund.events.frame import Frame
from aifund.events.scene import Scene
from aifund.language.units import Cue, Sentence

_HAS = ("has", "have", "had", "'s", "'ve")
_WEIGHT = {"denied": 0, "in_talks": 1, "rumored": 2}  # what is said of a deal's status: the first of these rules


def frames(sentence: Sentence, amounts: Collection[int] = (), values: Collection[int] = ()) -> list[Frame]:
    """The assertions of `sentence`, in the order of the text; `amounts` are sums known to be the money of a deal,
    `values` those known to be valuations.
    """
    scene = Scene(sentence, amounts, values)
    deals = cut(scene)
    entry = entries.read(scene)
    if entry is not None:
        deals = [Deal(entry.money, entry.round, 0, len(scene.units))]
    out = [entry] if entry is not None else [_frame(scene, deal) for deal in deals]
    _respectively(scene, out)
    _valuations(scene, out, deals)
    _context(scene, out, deals)
    for frame in out:  # "three start-ups got $5m each": they are named elsewhere
        frame.generic = frame.generic and not (frame.money is not None and scene.any("cohort"))
    out = [frame for frame in out if not frame.empty()]
    return out + holdings.read(scene, {i for frame in out for i in frame.targets})


def _frame(scene: Scene, deal: Deal) -> Frame:
    frame = Frame(money=deal.money, round=deal.round)
    targets.fill(scene, frame, deal)
    investors.fill(scene, frame, deal)
    investors.cheques(scene, frame, deal)
    investors.marked(scene, frame)
    if not frame.investors:
        for i, cue in sorted(scene.verbs.items()):
            if cue.kind == "lead" and deal.left <= i < deal.right:
                targets.lead_verb(scene, frame, cue, deal.right)
    if deal.money is not None and not frame.targets and not frame.investors:
        investors.giver(scene, frame, deal.money)
    targets.antecedent(scene, frame, deal)
    return frame


def _respectively(scene: Scene, out: Sequence[Frame]) -> None:
    """ "N and M raised $5m and $6m, respectively": each sum is of the company in its place."""
    paid = [frame for frame in out if frame.money is not None]
    if len(paid) < 2 or not any(unit.low == "respectively" for unit in scene.units):
        return
    before = [i for i in scene.sentence.names() if i < min(frame.money or 0 for frame in paid)]
    if len(before) == len(paid):
        for frame, target in zip(paid, before, strict=True):
            frame.targets, frame.rule = [target], "target.respectively"


def _valuations(scene: Scene, out: list[Frame], deals: list[Deal]) -> None:
    for i, cue in sorted(scene.figures.items()):
        if cue.kind == "valuation":
            frame = next((f for f, deal in zip(out, deals, strict=True) if deal.left <= i < deal.right), out[-1])
            if frame.valuation is None:
                frame.valuation, frame.basis = i, cue
                if not frame.targets and not frame.refers:
                    targets.valued(scene, frame, cue)
    for frame, deal in zip(out, deals, strict=True):
        if frame.valuation is None and deal.money is not None:  # "a $40 million round at $400 million"
            later = (j for j in range(deal.money + 1, deal.right) if scene.units[j].kind == "money")
            frame.valuation = next((j for j in later if j not in scene.figures and scene.text(j - 1) == "at"), None)


def _context(scene: Scene, out: list[Frame], deals: list[Deal]) -> None:
    """When and how far: dates, statuses and words of the past of each deal's stretch."""
    for frame, deal in zip(out, deals, strict=True):
        anchor = deal.anchor if deal.anchor is not None else deal.left
        dates = [i for i in range(deal.left, deal.right) if scene.units[i].kind == "date"]
        frame.date = min(dates, key=lambda i: (abs(i - anchor), i), default=None)
        told_past = (cue for cue in scene.cues("background") if deal.left <= cue.first < deal.right)
        past = any(not _reported(scene, cue) for cue in told_past)
        frame.background = past or (frame is not out[0] and frame.date is None and out[0].background)
        said = [c for c in scene.cues("status", "no_deal") if len(out) == 1 or deal.left <= c.first < deal.right]
        said = [c for c in said if c.value == "rumored" or not _apart(scene, deal, c)]
        frame.status = min(said, key=_rank, default=None)
        sold = any(deal.left <= cue.first < deal.right for cue in scene.cues("flotation"))
        other = any(deal.left <= cue.first < deal.right for cue in scene.cues("other_company"))
        frame.generic = frame.generic or (other and not frame.targets)
        frame.generic = frame.generic or (sold and frame.round is None and not (frame.investors and frame.targets))


def _reported(scene: Scene, cue: Cue) -> bool:
    """Whether the word of the past only reports what somebody said: "said that N had raised $5m"."""
    plain = scene.text(cue.first) == "had" and cue.last == cue.first + 1
    return plain and any(said.first < cue.first for said in scene.cues("saying"))


def _apart(scene: Scene, deal: Deal, cue: Cue) -> bool:
    """Whether the deal is told as done, and `cue` of something else: "N, which had turned down M, has raised $5m"."""
    at = deal.anchor
    verb = scene.above(at) if at is not None else None
    said_of_it = cue.value == "denied" and scene.text(cue.first) in ("is", "are", "was", "were")  # "reports are untrue"
    if at is None or verb is None or verb.value == "weak" or said_of_it or not _done(scene, verb.first):
        return False
    above: set[int] = set()
    while at >= 0 and at not in above:
        above.add(at)
        at = scene.units[at].head
    return above.isdisjoint(range(cue.first, cue.last + 1))


def _done(scene: Scene, verb: int) -> bool:
    """Whether the verb tells of the past and no other verb makes it a plan, a wish or a doubt."""
    has, tag = scene.tree.child(verb, "aux"), scene.units[verb].tag
    return tag == "VBD" or (tag == "VBN" and has is not None and scene.text(has) in _HAS)


def _rank(cue: Cue) -> int:
    return _WEIGHT.get(cue.value, 3)
