"""How likely a draft is a deal at all, by the signs of the verdict and by what the learned roles hold of it."""

from __future__ import annotations

import math
from bisect import bisect_left

from aifund.events.deals import SOFT_ROUNDS
from aifund.events.draft import Draft, Source, round_of
from aifund.events.frame import CERTAIN, LEARNED
from aifund.events.roles import Roles
from aifund.events.stage import Place, Player, Stage, told
from aifund.events.verdict import own_sentences, score, worlds

_LEAST = 1e-6


def odds(roles: Roles, draft: Draft) -> float:
    """The logarithm of the odds that a draft is a deal."""
    no, yes = roles.weights.classes("deal", features(roles, draft))
    return math.log(max(yes, _LEAST) / max(no, _LEAST))


def features(roles: Roles, draft: Draft) -> list[str]:
    """What speaks for and against a draft."""
    d, own, article = draft, own_sentences(draft), roles.stage.worlds
    near = worlds(own)
    backers = [b for b in d.investors if not b.rule.startswith(LEARNED)]
    kind = round_of(d.round)
    shape = "" if not kind else "soft" if kind in SOFT_ROUNDS else "hard"
    out = ["bias", f"round={shape}", f"lead={any(b.lead_rule for b in backers)}", f"money={d.money is not None}"]
    out += [f"val={d.valuation is not None}", f"item={d.item}", f"ob={d.background}", f"pos={min(d.number, 7)}"]
    out += [f"known={bool(d.target[0].unit.value)}", f"inv={min(3, len(backers))}"]
    out += [f"firms={min(3, sum(b.firm for b in backers))}", f"rule={d.rule.split('.')[0]}", f"rule2={d.rule}"]
    out += [f"fn={v}" for v in sorted({c.value for s in own for c in s.of("funding_noun")})]
    out += [f"title={any(s.part == 'title' for s in own)}", f"score={int(max(-4, min(10, score(d, article))))}"]
    out += [f"vo={min(4, near.venture)}", f"va={min(6, article.venture // 2)}"]
    out += [f"oo={min(3, near.other)}", f"oa={min(6, article.other // 2)}"]
    who = roles.stage.at[roles.stage.place[id(d.target[0].unit)]]
    out.append(f"tplain={d.target[0].unit.plain}")
    out += [f"tn={min(6, len(who.places))}", f"tperson={who.person}", f"tfirm={who.firm}", f"ttitle={who.titled}"]
    spots = {id(s.sentence): s.sentence for s in (d.money or d.round, d.target[0]) if s}
    out += [f"ck={c.kind}" for s in spots.values() for c in s.cues]
    return out + _chances(roles, draft)


def _told(stage: Stage, anchor: Source, player: Player) -> Place:
    """Where the article tells the sum or round of `anchor`, `player` being named by then: titles may tell it before."""
    first = stage.place[id(anchor.unit)]
    alike = stage.told_at[told(anchor.unit)]
    named = player.places[0][0]
    at = bisect_left(alike, (named, -1))
    return first if first[0] >= named or at == len(alike) else alike[at]


def _chances(roles: Roles, draft: Draft) -> list[str]:
    """What the learned roles hold of the draft's sum and investors, and of its target as the one who gets the sum."""
    place = roles.stage.place
    at = place[id(draft.target[0].unit)]
    anchor = draft.money or draft.round
    out: list[str] = []
    if anchor is not None:
        spot = _told(roles.stage, anchor, roles.stage.at[at])
        ranked = roles.target(spot)
        own = 1.0 if draft.rule in CERTAIN else next((q for q, p in ranked if p is roles.stage.at[at]), 0.0)
        out += [f"pt={int(10 * own)}", f"pn={int(10 * ranked[0][0])}", f"pt>{int(4 * own)}"]
        if draft.money:
            chance = roles.money(spot)[1]
            out += [f"pm={int(10 * chance)}", f"pm>{int(4 * chance)}"]
    backing = [max(1 - roles.name(place[id(s.unit)])[0] for s in b.mentions) for b in draft.investors]
    if backing:
        out += [f"pi={int(10 * max(backing))}", f"pimean={int(4 * sum(backing) / len(backing))}"]
    return out
