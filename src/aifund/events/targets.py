"""Who gets the money: the subject of raising, what is invested in, whose round it is."""

from __future__ import annotations

from aifund.events import investors
from aifund.events.deals import Deal, value_of
from aifund.events.frame import Frame
from aifund.events.lists import describes, joined, listed, members
from aifund.events.scene import Scene
from aifund.language.units import Cue

_FINITE = ("VBD", "VBZ", "VBP")
_DIRECT = ("VBD", "VBZ", "VBP", "VB", "VBN")
_STOPS = (";", ".")
_TEAMS = ("team", "duo", "trio", "pair", "people", "alumni", "veterans", "engineers", "brothers", "sisters", "siblings")
_POSSESSIVES = ("his", "her", "their")
_BREAKS = (",", ";", ".", ":", "(")


def fill(scene: Scene, frame: Frame, deal: Deal) -> None:
    """Finds the target of the deal, and the investors that the same words name."""
    if deal.anchor is not None and _given(scene, frame, deal):
        return
    for cue in _candidates(scene, deal):
        if _by_verb(scene, frame, deal, cue):
            break
    if not frame.targets and not frame.refers:
        by_noun(scene, frame, deal.left, deal.right)
    if not frame.targets and (not frame.refers or scene.sentence.item) and (deal.anchor is not None or frame.bare):
        _by_heading(scene, frame, deal)
    if not frame.targets and not frame.refers and deal.anchor is not None:
        _by_subject(scene, frame, deal.anchor)


def lead_verb(scene: Scene, frame: Frame, cue: Cue, right: int) -> bool:
    """ "N led M's Series A", "N is the lead investor in M"."""
    near = range(cue.last + 1, min(cue.last + 10, right))
    nouns = scene.at("funding_noun") | scene.at("this_round")
    deal = any(j in nouns or scene.units[j].kind in ("round", "money") for j in near)
    alone = scene.text(cue.last + 1) in ("", ".", ",", ";", "and")  # "N led."
    named = scene.text(cue.last).startswith(("investor", "backer"))
    if not (deal or alone or named) or not investors.subject(scene, frame, cue, lead=True):
        return False
    if not by_noun(scene, frame, cue.last, right):
        frame.refers, frame.rule = True, cue.rule
    return True


def by_noun(scene: Scene, frame: Frame, left: int, right: int) -> bool:
    """ "N's Series A", "a $5m round for N", "investment in N"."""
    spots = {c.first for c in scene.cues("funding_noun", "invest_noun") if c.value != "money"}
    spots |= {i for i, u in enumerate(scene.units) if u.kind == "round"}
    spots |= {i for i in scene.sentence.moneys() if i not in scene.figures}
    inside = sorted(i for i in spots if left <= i < right)
    return any(_behind(scene, frame, i, right) for i in inside) or any(
        _owner(scene, frame, i, left, spots) for i in inside
    )


def antecedent(scene: Scene, frame: Frame, deal: Deal) -> None:
    """ "N is small, but it has the backing of": the subject before "it" or "the company" in the same sentence."""
    if not frame.refers or scene.any("speaker"):
        return
    backers = {role.unit for role in frame.investors}
    for i in range(deal.left, deal.first if deal.first is not None else deal.right):
        subject = scene.is_name(i) and scene.units[i].dep in ("nsubj", "nsubjpass")
        if subject and i not in backers and not describes(scene, i):
            frame.targets = [i]
            return


def valued(scene: Scene, frame: Frame, cue: Cue) -> None:
    """The name that a valuation is said of: the nearest before it."""
    backers = {role.unit for role in frame.investors}
    names = (j for j in range(cue.last, -1, -1) if scene.is_name(j) and j not in backers)
    name = next((j for j in names if not describes(scene, j)), None)
    frame.rule = cue.rule
    frame.targets, frame.refers = ([name], False) if name is not None else ([], True)


def _candidates(scene: Scene, deal: Deal) -> list[Cue]:
    """The verbs that may tell of the deal, the one that governs its sum or round first."""
    out: list[Cue] = []
    governor = scene.governor(deal.anchor) if deal.anchor is not None else None
    if governor is not None:
        unit = scene.units[governor.first]
        main = scene.verbs.get(unit.head) if unit.tag == "VBG" and unit.dep == "advcl" else None
        if main is not None and main.kind in ("lead", "invest"):  # "N led a round for M, raising $1 billion"
            out.append(main)
        out.append(governor)
    return out + [c for i, c in sorted(scene.verbs.items()) if deal.left <= i < deal.right and c not in out]


def _by_verb(scene: Scene, frame: Frame, deal: Deal, cue: Cue) -> bool:
    if cue.kind == "invest":
        return _invest(scene, frame, cue, deal.right)
    if cue.kind == "lead":
        return lead_verb(scene, frame, cue, deal.right)
    if deal.anchor is None:
        return _raised_something(scene, cue, deal.right) and _raiser(scene, frame, cue) and _bare(scene, frame, cue)
    if cue.value == "weak" and not (cue.last < deal.anchor and _linked(scene, cue, deal.anchor)):
        return False
    return _raiser(scene, frame, cue)


def _given(scene: Scene, frame: Frame, deal: Deal) -> bool:
    """ "N announced a $5m investment in M", "a $5m loan to M": the noun says who gets it, the subject gives it."""
    anchor = deal.anchor
    if anchor is None:
        return False
    nouns = [c.last for c in scene.cues("invest_noun") if 0 <= c.first - anchor <= 4]
    soft = [i for i in (deal.round,) if i is not None and value_of(scene.units[i]) in ("debt", "grant")]
    for noun in [*nouns, *soft]:
        into = scene.text(noun + 1) in (("to",) if noun in soft else ("in", "into"))
        name = _next_name(scene, noun + 2, deal.right) if into else None
        if name is not None:
            frame.targets, frame.rule = joined(scene, name), "target.given"
            governor = scene.governor(anchor)
            if governor is not None and governor.first < anchor:
                investors.subject(scene, frame, governor, lead=governor.kind == "lead")
            investors.owner(scene, frame, noun)
            return True
    return False


# verbs of raising ------------------------------------------------------------


def _raiser(scene: Scene, frame: Frame, cue: Cue) -> bool:
    """The subject of a verb of raising, or for whom it raises; of "was raised by" the agent."""
    passive = scene.tree.child(cue.first, "nsubjpass") if scene.units[cue.first].tag == "VBN" else None
    if passive is not None:
        agent = scene.tree.child(cue.first, "agent")
        who = scene.tree.child(agent, "pobj") if agent is not None else None
        if who is not None:
            return _take(scene, frame, who, cue.rule)
        return scene.is_name(passive) and _take(scene, frame, passive, cue.rule)
    subject = scene.tree.subject(cue.first)
    for_whom = _for_whom(scene, cue, subject)
    if for_whom is not None:
        return _take(scene, frame, for_whom, cue.rule)
    opening = _around_apposition(scene, cue)
    if opening is not None and not (subject is not None and scene.is_name(subject)):
        return _take(scene, frame, opening, cue.rule)
    return (subject is not None and _take(scene, frame, subject, cue.rule)) or _left_name(scene, frame, cue)


def _for_whom(scene: Scene, cue: Cue, subject: int | None) -> int | None:
    """ "O raised $5m for her company N", "the founders of M raise $5m for N": the company of the people who raise."""
    people = subject is not None and (subject in scene.at("job_title") or scene.text(subject) in _TEAMS)
    for j in range(cue.last + 1, len(scene.units)):
        if scene.units[j].text in _STOPS:
            return None
        if scene.text(j) != "for":
            continue
        name = next((k for k in range(j + 1, min(j + 8, len(scene.units))) if scene.is_name(k)), None)
        if name is not None and scene.text(j + 1) in _POSSESSIVES:
            company = any(k in scene.company for k in range(max(j + 2, name - 2), name))  # "her company, N"
            return name if company else None
        if name == j + 1 and people and scene.text(name + 1) in ("", *_BREAKS, "in", "from", "at"):
            return name
    return None


def _around_apposition(scene: Scene, cue: Cue) -> int | None:
    """The name that opens the sentence before what explains it, in commas: "N, enabling farms to sell, has raised"."""
    verb = cue.first
    while scene.units[verb - 1].dep == "aux" or scene.text(verb - 1) in ("has", "have", "had"):
        verb -= 1
    name = 1 if scene.text(0) == "the" else 0
    opens = scene.is_name(name) and scene.text(name + 1) == "," and name + 2 < verb
    return name if opens and scene.text(verb - 1) == "," else None


def _take(scene: Scene, frame: Frame, unit: int, rule: str) -> bool:
    """Makes the noun phrase at `unit` the target: its names, or a reference to the company told of."""
    names = scene.tree.names_of(unit) or _counted(scene, unit) or _run_by(scene, unit)
    if not names and scene.units[unit].tag == "NNS" and unit in scene.company:
        frame.generic = True
        return True
    names = names or _described(scene, unit)
    if not names and unit not in scene.company:
        return False
    frame.targets, frame.refers, frame.rule = names, not names, rule
    return True


def _counted(scene: Scene, unit: int) -> list[int]:
    """ "Two start-ups - N and M - raised": the names that spell out a number of companies."""
    if scene.units[unit].tag not in ("CD", "NNS"):
        return []
    near = range(unit + 1, min(unit + 14, len(scene.units)))
    dash = next((j for j in near if scene.units[j].text in ("-", ":", ",")), None)
    return [] if dash is None else [j for j in listed(scene, dash + 1) if scene.units[j].head >= 0]


def _run_by(scene: Scene, unit: int) -> list[int]:
    """ "N's founders", "the team behind N": the company that those at `unit` stand for."""
    if unit not in scene.at("job_title") and scene.text(unit) not in _TEAMS:
        return []
    if scene.owned(unit - 2):
        return [unit - 2]
    return [unit + 2] if scene.text(unit + 1) in ("of", "behind", "at") and scene.is_name(unit + 2) else []


def _described(scene: Scene, unit: int) -> list[int]:
    """The name that the noun phrase at `unit` describes: "N, a fitness startup, raised"."""
    head = scene.units[unit].head
    if scene.units[unit].dep == "appos" and scene.is_name(head):
        return [head]
    start = unit
    while start > max(0, unit - 14) and scene.units[start].kind == "word" and scene.units[start].text not in _BREAKS:
        start -= 1
    opener = scene.unit(start + 1)
    if scene.units[start].text != "," or not scene.is_name(start - 1) or opener is None:
        return []
    short = opener.low == "the" and unit - start == 2  # "According to N, the company raised"
    fits = (opener.tag in ("DT", "CD") or start + 1 in scene.at("relative")) and not short
    free = start - 2 not in scene.at("preposition") | scene.at("passive_by")
    return [start - 1] if fits and free else []


def _left_name(scene: Scene, frame: Frame, cue: Cue) -> bool:
    """The name left of the verb, where the parse gives no subject."""
    for j in range(cue.first - 1, max(-1, cue.first - 25), -1):
        if scene.units[j].text in _STOPS or scene.units[j].kind == "money":
            return False
        free = scene.is_name(j) and scene.units[j].depth == 0 and j - 1 not in scene.at("passive_by")
        if free and not describes(scene, j):
            frame.targets, frame.rule = [j], cue.rule
            return True
    return False


def _linked(scene: Scene, cue: Cue, anchor: int) -> bool:
    """Whether the sum or round at `anchor` is what the verb gets."""
    at = anchor
    for _ in range(6):
        if cue.first <= at <= cue.last:
            return True
        at = scene.units[at].head if at >= 0 else -1
    between = scene.units[cue.last + 1 : anchor]
    return len(between) <= 5 and not any(u.tag.startswith("V") or u.text in (",", ";") for u in between)


def _raised_something(scene: Scene, cue: Cue, right: int) -> bool:
    """Whether the verb's object is money without a figure: "funding", "an undisclosed amount"."""
    for j in range(cue.last + 1, min(right, cue.last + 7)) if cue.value != "weak" else ():
        unit = scene.units[j]
        if j in scene.at("undisclosed"):
            return True
        if j in scene.at("funding_noun"):
            after = scene.unit(j + 1)
            part = after is not None and after.tag in ("NN", "NNS") and j + 1 not in scene.at("funding_noun")
            if not part:  # not "funding rules"
                return not any(k in scene.at("known_money") for k in range(cue.last + 1, j))
        elif not scene.owned(j) and (
            unit.kind != "word" or unit.text in (",", ";", ".") or (unit.tag in ("IN", "TO") and unit.low != "of")
        ):
            return False
    return False


def _bare(scene: Scene, frame: Frame, cue: Cue) -> bool:
    """A deal without a figure; "accepted N's investment" names who gave it."""
    frame.bare = True
    for j in range(cue.last + 1, min(len(scene.units) - 1, cue.last + 5)):
        if scene.owned(j):
            frame.invested(j, False, "investor.owner")
    return True


# verbs of investing ------------------------------------------------------------


def _invest(scene: Scene, frame: Frame, cue: Cue, right: int) -> bool:
    if cue.value == "direct":
        return _backed(scene, frame, cue, right)
    if cue.value == "put" and _handed(scene, frame, cue):
        return True
    if cue.value == "in" and (_invested_by(scene, frame, cue) or _invested_which(scene, frame, cue)):
        return True
    for j in range(cue.last + 1, min(right, cue.last + 16)):
        if _takes_target(scene, cue, j):
            names = joined(scene, j + 1) if frame.money is not None else members(scene, j + 1)
            its_round = any(unit.kind == "round" for unit in scene.units[j + 1 : j + 4])  # "invested in the Series A"
            if names or j + 1 in scene.company or its_round:
                frame.targets, frame.refers, frame.rule = names, not names, cue.rule
                investors.subject(scene, frame, cue, lead=cue.last in scene.at("alone"))
                return True
        if scene.units[j].text in _STOPS or j in scene.at("clause") or scene.units[j].tag in _FINITE:
            return False
    return False


def _handed(scene: Scene, frame: Frame, cue: Cue) -> bool:
    """ "M was handed $5m by N"."""
    passive = scene.tree.child(cue.first, "nsubjpass") if scene.units[cue.first].tag == "VBN" else None
    near = scene.units[cue.last + 1 : cue.last + 5]
    if passive is None or not any(unit.kind == "money" for unit in near):
        return False
    if not _take(scene, frame, passive, cue.rule):
        return False
    by = next((j for j in range(cue.last + 1, min(cue.last + 12, len(scene.units))) if scene.text(j) == "by"), None)
    for name in listed(scene, by + 1) if by is not None else []:
        frame.invested(name, False, cue.rule)
    return True


def _takes_target(scene: Scene, cue: Cue, j: int) -> bool:
    """Whether unit `j` is the preposition before the one who gets what the verb gives."""
    if j in scene.at("into"):
        return cue.value != "put" or _gives(scene, cue, j)
    if scene.text(j) == "on":
        return cue.first in scene.at("bet_on") and _gives(scene, cue, j)
    return scene.text(j) == "for" and cue.value == "put" and _gives(scene, cue, j)


def _gives(scene: Scene, cue: Cue, upto: int) -> bool:
    """Whether money is what is put, given, committed before unit `upto`."""
    things = scene.at("funding_noun") | scene.at("stake")
    sums = {i for i in scene.sentence.moneys() if i not in scene.figures}
    return any(k in sums or k in things for k in range(cue.first, upto))


def _backed(scene: Scene, frame: Frame, cue: Cue, right: int) -> bool:
    """ "N backed M"."""
    j = cue.last + 1
    while j < min(right, cue.last + 5) and scene.units[j].kind == "word" and scene.units[j].text.isalpha():
        j += 1
    active = scene.units[cue.first].tag in _DIRECT and scene.tree.child(cue.first, "nsubjpass", "auxpass") is None
    names = members(scene, cue.last + 1) if j < right and frame.money is None and frame.round is None else [j]
    if j < right and scene.is_name(names[0] if names else j) and active and investors.subject(scene, frame, cue):
        frame.targets, frame.rule = names, cue.rule
        return True
    return False


def _invested_by(scene: Scene, frame: Frame, cue: Cue) -> bool:
    """ "M has been invested in by N"."""
    subject = scene.tree.child(cue.first, "nsubjpass")
    by = next((j for j in range(cue.last + 1, cue.last + 4) if scene.text(j) == "by"), None)
    if subject is None or by is None or scene.units[cue.first].tag != "VBN":
        return False
    at = scene.units[cue.first].head if subject in scene.at("relative") else subject
    frame.targets, frame.rule = scene.tree.names_of(at), cue.rule
    for name in listed(scene, by + 1):
        frame.invested(name, False, cue.rule)
    return bool(frame.targets)


def _invested_which(scene: Scene, frame: Frame, cue: Cue) -> bool:
    """ "M, which N invested in last year"."""
    unit = scene.units[cue.first]
    if unit.dep != "relcl" or unit.head < 0 or scene.text(cue.last + 1) != "in" or scene.is_name(cue.last + 2):
        return False
    names = scene.tree.names_of(unit.head)
    if not names or not investors.subject(scene, frame, cue):
        return False
    frame.investors = [role for role in frame.investors if role.unit not in names]
    frame.targets, frame.rule = names, cue.rule
    return bool(frame.investors)


# nouns ------------------------------------------------------------


def _behind(scene: Scene, frame: Frame, noun: int, right: int) -> bool:
    """The one behind a noun for a deal: "a round for N", "investment in N"."""
    goes_on = scene.at("funding_noun") | scene.at("invest_noun") | scene.at("deal_goes_on")
    for j in range(noun + 1, min(right, noun + 6)):
        if j in scene.at("of_deal"):
            name = _next_name(scene, j + 1, right)
            if name is not None and not any(role.unit == name for role in frame.investors):
                frame.targets, frame.rule = joined(scene, name), "target.noun"
                investors.owner(scene, frame, noun)
                return True
        elif scene.units[j].kind == "word" and j not in goes_on:
            return False
    return False


def _next_name(scene: Scene, start: int, right: int) -> int | None:
    for k in range(start, min(right, start + 12)):
        unit = scene.units[k]
        if unit.kind == "name":
            return None if describes(scene, k, first=True) else k
        hyphen = unit.text == "-" and scene.units[k - 1].end == unit.start
        if unit.kind != "word" or not (unit.text.isalnum() or hyphen):
            return None
        if k in scene.at("name_ends") or k in scene.at("investor_noun"):
            return None
    return None


def _owner(scene: Scene, frame: Frame, noun: int, left: int, spots: set[int]) -> bool:
    """The owner of a round: "N's Series A"."""
    for j in range(noun - 1, max(left - 1, noun - 8, -1), -1):
        if j in scene.at("owning") or (j in scene.company and scene.text(j + 1) in ("'s", "'")):
            frame.refers, frame.rule = True, "target.owner"  # "its Series A", "the firm's Series A"
            return True
        if scene.owned(j):
            if any(role.unit == j for role in frame.investors):
                return False
            frame.targets, frame.rule = [j], "target.owner"
            investors.subject_of_noun(scene, frame, noun)
            return True
        unit = scene.units[j]
        other = unit.kind in ("money", "round") and j not in spots
        if other or unit.text in (",", ";") or unit.tag in ("TO", "VB", "VBD", "VBZ"):
            return False
    return False


def _by_subject(scene: Scene, frame: Frame, anchor: int) -> None:
    """The subject of whatever verb the sum or round hangs on, where nothing better tells: "N is out for $5m", "With $5m
    from M, N grows".
    """
    at = anchor
    for _ in range(8):
        if at < 0:
            return
        verb = scene.units[at].tag.startswith("V")
        subject = scene.tree.child(at, "nsubj", "nsubjpass") if verb else None
        if subject is not None and subject in scene.at("relative") and scene.text(subject - 1) == ",":
            subject -= 2  # "N, which grew with $5m from M"
        behind = subject is not None and subject > anchor and scene.text(subject - 1) == ","
        if subject is not None and scene.is_name(subject) and (behind or (subject < anchor and at not in scene.verbs)):
            if not any(role.unit == subject for role in frame.investors) and not describes(scene, subject):
                frame.targets, frame.rule = [subject], "target.subject"
            return
        if scene.units[at].head == at:
            return
        at = scene.units[at].head


def _by_heading(scene: Scene, frame: Frame, deal: Deal) -> None:
    """ "N: $5m seed", "N (robots), $5m": a list item that begins with the name."""
    end = deal.anchor if deal.anchor is not None else deal.right
    first = next((i for i in range(min(4, end)) if scene.is_name(i)), None)
    if first is None or any(cue.kind == "invest" for cue in scene.verbs.values()):
        return
    if scene.sentence.item or scene.text(first + 1) in (":", "-"):
        frame.targets, frame.rule = [first], "target.heading"
