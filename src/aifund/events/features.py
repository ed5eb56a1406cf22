"""What the learned roles look at: the masked words around a sum or a name, its arcs, its list, the rules' votes.

A feature is a string; its weight is looked up in the trained table. No feature holds a name.
"""

from __future__ import annotations

import math
from bisect import bisect_left

from aifund.events.deals import is_deal_money
from aifund.events.stage import Place, Player, Stage, figure, money_in
from aifund.language.units import Unit
from aifund.model import Money

_NEAR, _BAG = 4, 8  # units to each side that count by their place, and without it
_STEPS = 4  # how far up the tree a unit is followed
_TREE = 8  # the deepest common head that is sought
_JOINTS = (",", "and", "&", "(", ")")
_BUCKETS = (4, 7, 12)
_BEFORE_OUT = ("company_ref", "company_noun", "stand_in", "this_round", "background")


def of_money(stage: Stage, place: Place) -> list[str]:
    """A sum: the money of a deal, a valuation, or neither?"""
    n, i = place
    unit = stage.sentences[n].units[i]
    money = money_in(unit)
    frame = next((f for f in stage.told[n] if f.money == i), None)
    told = "no" if frame is None else "T" if frame.targets else "R" if frame.refers else "0"
    out = ["bias", f"mag={int(math.log10(_size(money) + 1))}", f"q={money.qualifier}", f"cur={money.currency}"]
    out += [f"depth={min(unit.depth, 2)}", f"rule={vote_on_money(stage, place)}", f"frame={told}"]
    out.append(f"seen={int(stage.figures[figure(unit)] < place)}")  # the same sum before
    return [*out, *_window(stage, place, ""), *_heads(stage, place, ""), *_sentence(stage, n)]


def of_candidate(stage: Stage, place: Place, player: Player | None) -> list[str]:
    """`player` as the target of the deal whose sum or round stands at `place`; None: nobody whom the article names."""
    if player is None:
        return ["none"] + ["none|" + x for x in _sentence(stage, place[0])]
    before = bisect_left(player.places, place)
    votes = "".join(sorted({v for n, v in player.votes if n <= place[0]}))
    out = [*_player(stage, player), f"E.nb={min(4, before)}", f"E.votes={votes}"]
    out.append(f"E.first={_b(player.places[0][0])}")
    mention = stage.mention(player, place)
    where = _inside if mention[0] == place[0] else _outside
    return out + where(stage, place, mention, player)


def of_name(stage: Stage, place: Place) -> list[str]:
    """A name: an investor of the deal told here, its lead, or neither?"""
    n, i = place
    unit, player, votes = stage.sentences[n].units[i], stage.at[place], stage.votes[n]
    before = bisect_left(player.places, place)
    out = ["bias", *_player(stage, player), f"depth={min(2, unit.depth)}", f"nth={min(3, before)}"]
    out.append(f"vote={votes.get(i)}")
    out.append("evote=" + "".join(sorted({v for m, v in player.votes if m != n})))
    if " " in unit.text:
        out.append("tail=" + unit.text.split()[-1].lower())
    out += _window(stage, place, "") + _heads(stage, place, "") + _sentence(stage, n)
    return out + _list(stage, place) + _deals(stage, place)


def vote_on_money(stage: Stage, place: Place) -> str:
    """What the rules hold a sum for: "deal", the kind of another figure, or "open"."""
    n, i = place
    figure = stage.scenes[n].figures.get(i)
    return "deal" if is_deal_money(stage.scenes[n], i) else figure.kind if figure else "open"


# shared ---------------------------------------------------------------------------------------------------------------


def _b(count: int) -> int:
    """A count, in buckets from 4 on."""
    return count if count < _BUCKETS[0] else max(low for low in _BUCKETS if low <= count)


def _at(words: list[str], i: int) -> str:
    return "<" if i < 0 else words[i] if i < len(words) else ">"


def _window(stage: Stage, place: Place, tag: str, near: int = _NEAR, bag: int = _BAG) -> list[str]:
    n, i = place
    words, cues = stage.words[n], stage.cues[n]
    out = []
    for d in range(1, near + 1):
        for j, side in ((i - d, "l"), (i + d, "r")):
            out.append(f"{tag}{side}{d}={_at(words, j)}")
            out += [f"{tag}{side}{d}k={k}" for k in cues.get(j, ())]
    left, right = [_at(words, i - d) for d in (3, 2, 1)], [_at(words, i + d) for d in (1, 2, 3)]
    out += [f"{tag}l12={' '.join(left[1:])}", f"{tag}r12={' '.join(right[:2])}", f"{tag}l1r1={left[2]} {right[0]}"]
    out += [f"{tag}l123={' '.join(left)}", f"{tag}r123={' '.join(right)}"]
    for j in range(max(0, i - bag), min(len(words), i + bag + 1)):
        side = "L" if j < i else "R"
        if j != i and (len(words[j]) > 2 or words[j] in ("of", "in", "by")):
            out.append(f"{tag}b{side}={words[j]}")
        if j != i:
            out += [f"{tag}b{side}k={k}" for k in cues.get(j, ())]
    return out


def _heads(stage: Stage, place: Place, tag: str) -> list[str]:
    """The way up the tree to the first verb."""
    n, at = place
    units, words, cues = stage.sentences[n].units, stage.words[n], stage.cues[n]
    label, path = units[at].dep, ""
    out = []
    for d in range(_STEPS):
        head = units[at].head
        if head < 0 or head == at:
            break
        path += units[at].dep + ">"
        at = head
        out += [f"{tag}h{d}={path}{words[at]}", f"{tag}hw{d}={words[at]}"]
        out += [x for k in cues.get(at, ()) for x in (f"{tag}h{d}k={path}{k}", f"{tag}hk={k}")]
        if units[at].tag.startswith("V"):
            out += [f"{tag}v={words[at]}", f"{tag}vp={path}{words[at]}", f"{tag}vd={label}.{words[at]}"]
            break
    return [*out, f"{tag}path={path}", f"{tag}dep={label}"]


def _sentence(stage: Stage, n: int) -> list[str]:
    s = stage.sentences[n]
    rounds = sum(u.kind == "round" for u in s.units)
    out = [f"part={s.part}", f"item={s.item}", f"nm={min(4, len(s.moneys()))}", f"nn={_b(len(s.names()))}"]
    return [*out, f"nr={rounds}", f"si={_b(n)}", *(f"sk={k}" for k in sorted({c.kind for c in s.cues}))]


def _player(stage: Stage, p: Player) -> list[str]:
    out = [f"E.topic={stage.topic is p}", f"E.person={p.person}", f"E.firm={p.firm}", f"E.known={p.known}"]
    return [*out, f"E.title={p.titled}", f"E.n={min(6, len(p.places))}"]


def _path(stage: Stage, n: int, i: int, j: int) -> list[str]:
    """The way between two units over their common head."""
    units, words = stage.sentences[n].units, stage.words[n]
    left, right = _ancestors(units, i), _ancestors(units, j)
    top = next((x for x in left if x in right), None)
    if top is None:
        return ["tp=none"]
    a, c = left[: left.index(top)], right[: right.index(top)]
    down = ">".join(units[x].dep for x in c)
    out = [f"tp={'<'.join(units[x].dep for x in a)}|{down}", f"tpw={words[top]}|{down}", f"tpl={len(a)},{len(c)}"]
    return out + [f"tpk={k}|{down}" for k in stage.cues[n].get(top, ())]


def _ancestors(units: list[Unit], i: int) -> list[int]:
    out = [i]
    while len(out) < _TREE and units[out[-1]].head >= 0 and units[out[-1]].head not in out:
        out.append(units[out[-1]].head)
    return out


def _size(money: Money) -> float:
    return max(money.min or 0, money.max or 0)


# a candidate ----------------------------------------------------------------------------------------------------------


def _inside(stage: Stage, place: Place, mention: Place, player: Player) -> list[str]:
    """The candidate stands in the deal's own sentence."""
    (n, i), j = place, mention[1]
    units, words = stage.sentences[n].units, stage.words[n]
    side = "L" if j < i else "R"
    gap = range(min(i, j) + 1, max(i, j))
    kinds = [units[k].kind for k in gap]
    verbs = [words[k] for k in gap if units[k].tag.startswith("V")]
    commas = sum(units[k].text == "," for k in gap)
    out = [f"in{side}", f"in{side}d={_b(len(gap))}", f"in{side}nb={min(3, kinds.count('name'))}"]
    out += [f"in{side}mb={min(3, kinds.count('money'))}", f"in{side}cb={min(3, commas)}"]
    out += [f"invote={stage.votes[n].get(j)}", f"indep={side}{units[j].dep}", f"inT={stage.topic is player}"]
    out += ["semi"] * any(units[k].text == ";" for k in gap)
    out += [f"bv{side}={v}" for v in (verbs[-2:] if side == "L" else verbs[:2])]
    out += [f"bw{side}={words[k]}" for k in gap[-6:]] + [f"bk{side}={q}" for k in gap for q in stage.cues[n].get(k, ())]
    if len(gap) <= _NEAR:
        out.append(f"btw{side}=" + " ".join(words[k] for k in gap))
    first = player.places[bisect_left(player.places, (n, -1))][1]
    out += [f"infirst={_b(first)}", f"in.person={player.person}", f"in.firm={player.firm}"]
    return out + _window(stage, mention, "m", 3, 0) + _heads(stage, mention, "m") + _path(stage, n, i, j)


def _outside(stage: Stage, place: Place, mention: Place, player: Player) -> list[str]:
    """The candidate was named in a sentence before."""
    (n, i), (m, j) = place, mention
    here, there = stage.sentences[n], stage.sentences[m]
    words, topic, block = stage.words[n], stage.topic is player, here.block == there.block
    apart = _b(n - m)
    since = stage.others_between(mention, place, player, _BUCKETS[-1])
    votes = "".join(sorted(v for k, v in player.votes if k == m))
    out = ["out", f"outd={apart}", f"outblk={block}", f"outT={topic}", f"outdep={there.units[j].dep}"]
    out += [f"outlater={_b(since)}", f"outhas={bool(here.names())}", f"outTd={topic}{apart}", f"outvotes={votes}"]
    out += [f"out{q}={any(True for _ in here.of(q))}{topic}{block}" for q in _BEFORE_OUT]
    out += [f"outhead{block}"] * (there.first and j == 0)
    out += [f"outT{topic}W{d}={words[i + d]}" for d in (-1, -2, 1) if 0 <= i + d < len(words)]
    return [*out, f"out.person={player.person}", f"out.firm={player.firm}", f"out.only={not since}"]


# a name ---------------------------------------------------------------------------------------------------------------


def _list(stage: Stage, place: Place) -> list[str]:
    """What opens and closes the list that the name stands in, and the votes on its other members."""
    n, i = place
    words, cues = stage.words[n], stage.cues[n]
    low, before = _edge(stage, place, -1)
    high, after = _edge(stage, place, 1)
    out = [f"lp={min(3, before)}", f"ln={min(3, after)}"]
    for d in range(3):
        for tag, j in (("op", low - d), ("cl", high + d)):
            if 0 <= j < len(words):
                out += [f"{tag}{d}={words[j]}", *(f"{tag}{d}k={k}" for k in cues.get(j, ()))]
    out += [f"op01={_at(words, low - 1)} {_at(words, low)}", f"cl01={_at(words, high)} {_at(words, high + 1)}"]
    for j, vote in stage.votes[n].items():
        if j != i:
            out.append(f"sv={vote}{'L' if j < i else 'R'}{'n' if low < j < high else 'f'}")
    firms = sum(stage.at[n, j].firm for j in stage.sentences[n].names() if j != i)
    return [*out, f"firms={min(3, firms)}"]


def _edge(stage: Stage, place: Place, step: int) -> tuple[int, int]:
    """The first unit outside the list on one side, and how many names the list holds there."""
    n, i = place
    units = stage.sentences[n].units
    depth = units[i].depth
    j, names = i + step, 0
    while 0 <= j < len(units) and (units[j].kind == "name" or units[j].text in _JOINTS or units[j].depth > depth):
        names += units[j].kind == "name" and units[j].depth == depth
        j += step
    return j, names


def _deals(stage: Stage, place: Place) -> list[str]:
    """The sums, rounds and frames near the name."""
    n, i = place
    s, told = stage.sentences[n], stage.told
    near = told[max(0, n - 4) : n + 1][::-1]
    last = next((d for d, fs in enumerate(near) if any(f.money is not None or f.round is not None for f in fs)), 9)
    out = [f"fr={min(3, len(told[n]))}", f"fm={any(f.money is not None for f in told[n])}", f"lastdeal={last}"]
    sums, rounds = s.moneys(), [j for j, u in enumerate(s.units) if u.kind == "round"]
    for tag, spots in (("dm", sums), ("dr", rounds)):
        if spots:
            j = min(spots, key=lambda j: abs(j - i))
            out.append(f"{tag}={'L' if j < i else 'R'}{_b(abs(j - i))}")
            out += ["M" + x for x in _path(stage, n, j, i)] if tag == "dm" else []
    return out
