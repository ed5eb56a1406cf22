"""Who gives the money: subjects of verbs of investing, lists behind "led by" and "from", owners of an investment."""

from __future__ import annotations

from aifund.events.deals import Deal
from aifund.events.frame import Frame
from aifund.events.lists import listed, listed_before, with_left
from aifund.events.scene import Scene
from aifund.language.units import Cue


def fill(scene: Scene, frame: Frame, deal: Deal) -> None:
    """Adds the investors whom the deal's stretch of the sentence lists."""
    lists = [c for c in scene.cues("leads", "joins", "froms") if deal.left <= c.first < deal.right]
    starts = {c.first for c in lists if c.kind != "froms"}
    for cue in lists:
        if _of_the_deal(scene, deal, cue) and not _heads_target(scene, frame, cue):
            names = listed(scene, cue.last + 1, starts)
            beside = next((j for j in range(cue.last + 1, deal.right) if scene.text(j) == "with"), deal.right)
            for name in (n for n in names if n < deal.right):
                frame.invested(name, cue.kind == "leads" and name < beside, cue.rule)
    for cue in scene.cues("leads_behind", "joins_behind"):
        if deal.left < cue.first < deal.right and (deal.anchor is not None or scene.any("this_round", "funding_noun")):
            for name in listed_before(scene, cue.first):
                if name > deal.left:
                    frame.invested(name, cue.kind == "leads_behind", cue.rule)
    for cue in scene.cues("join"):
        listing = any(start <= cue.first <= start + 2 for start in starts)
        if deal.left <= cue.first < deal.right and not listing and (cue.value == "sure" or _joins(scene, deal, cue)):
            subject(scene, frame, cue)


def cheques(scene: Scene, frame: Frame, deal: Deal) -> None:
    """Adds what single investors give: "N contributed $5m", "of which $5m came from N"."""
    for i, cue in sorted(scene.figures.items()):
        if cue.kind != "cheque" or not deal.left <= i < deal.right:
            continue
        behind = next((j for j in range(i + 1, min(i + 6, deal.right)) if scene.is_name(j)), None)
        from_name = behind is not None and scene.text(behind - 1) in ("from", "by")
        at = scene.tree.subject(cue.first) if not from_name and scene.units[cue.first].tag.startswith("V") else None
        names = scene.tree.names_of(at) if at is not None else []
        for name in [behind] if from_name and behind is not None else names[:1]:
            frame.invested(name, False, cue.rule, i)


def subject(scene: Scene, frame: Frame, cue: Cue, lead: bool = False) -> bool:
    """Adds the subject of the verb at `cue`, with those in one list with it; tells whether it is a name."""
    subjects = (scene.tree.subject(j) for j in range(cue.first, cue.last + 1))  # the cue may open with an adverb
    at = next((j for j in subjects if j is not None), None)
    names = scene.tree.names_of(at) if at is not None else []
    if not names and at is None:
        names = [j for j in range(max(0, cue.first - 3), cue.first) if scene.is_name(j)]
    elif not names and at is not None and scene.units[at].kind == "word":
        names = [j for j in range(at, cue.first) if scene.is_name(j) and scene.units[j].depth == 0][:1]
        names = names or _quoted(scene, at) or (_speaker(scene, at) if frame.targets else [])
    if names:
        behind = (j for j in listed(scene, names[0], {cue.first}) if j < cue.first)
        names = sorted({*with_left(scene, names), *names, *behind})
    for name in dict.fromkeys(_firm_of(scene, name) for name in names):
        frame.invested(name, lead, cue.rule)
    return bool(names)


def marked(scene: Scene, frame: Frame) -> None:
    """ "N (lead), M and O": those whom a bracket calls so lead."""
    for role in frame.investors:
        behind = scene.text(role.unit + 1) in ("(", "[") and scene.text(role.unit + 2)
        role.lead = role.lead or behind in ("lead", "leads")


def _firm_of(scene: Scene, name: int) -> int:
    """ "N Capital's M led": the firm, for which M acts; else the name itself."""
    firm = name > 1 and scene.owned(name - 2) and scene.units[name - 2].tail == "investor"
    return name - 2 if firm else name


def _speaker(scene: Scene, pronoun: int) -> list[int]:
    """The one who speaks of itself: "N said that it had invested"."""
    if scene.text(pronoun) != "it":
        return []
    said = next((c for c in scene.cues("saying") if 0 < pronoun - c.last <= 2), None)
    return [said.first - 1] if said is not None and scene.is_name(said.first - 1) else []


def _quoted(scene: Scene, pronoun: int) -> list[int]:
    """The firm of the one who is quoted: "we led the round," said O, a partner at N."""
    if scene.text(pronoun) != "we":
        return []
    firms = (j for j in range(pronoun + 1, len(scene.units)) if scene.is_name(j) and scene.units[j].tail == "investor")
    return [j for j in firms if scene.text(j - 1) in ("at", "of", "with") and j - 2 in scene.at("job_title")][:1]


def giver(scene: Scene, frame: Frame, money: int) -> None:
    """ "N invested $5m", to whom is told elsewhere: the subject of the verb that the sum is the object of."""
    verb = scene.verbs.get(scene.units[money].head)
    elsewhere = scene.text(money + 1) not in ("in", "into", "to", "on", "for")
    if verb is not None and verb.kind == "invest" and scene.units[money].dep == "dobj" and elsewhere:
        subject(scene, frame, verb)


def owner(scene: Scene, frame: Frame, noun: int) -> None:
    """ "N's investment in M": the owner of the noun gives the money."""
    for j in range(noun - 1, max(-1, noun - 8), -1):
        if scene.owned(j) and j not in frame.targets:
            frame.invested(j, False, "investor.owner")
        if scene.units[j].text in (",", ";") or scene.is_name(j):
            return


def subject_of_noun(scene: Scene, frame: Frame, noun: int) -> None:
    """ "N launched M's Series A": somebody else's round as the object of a verb makes the subject an investor."""
    head, label = scene.units[noun].head, scene.units[noun].dep
    raised = scene.verbs.get(head)
    if label not in ("dobj", "pobj") or head < 0 or (raised and raised.kind == "raise" and raised.value == "strong"):
        return
    verb = head if label == "dobj" else scene.units[head].head
    if verb < 0 or not scene.units[verb].tag.startswith("V"):
        return
    at = scene.tree.subject(verb)
    for name in scene.tree.names_of(at) if at is not None else []:
        frame.invested(name, False, "investor.subject")


def _heads_target(scene: Scene, frame: Frame, cue: Cue) -> bool:
    """ "N, led by M, has raised $5m": who runs N."""
    return cue.kind == "leads" and scene.text(cue.first - 1) == "," and cue.first - 2 in frame.targets


def _of_the_deal(scene: Scene, deal: Deal, cue: Cue) -> bool:
    """Whether what opens a list opens one of investors of this deal."""
    if cue.kind == "leads":
        if deal.anchor is not None:
            return cue.first - 1 not in scene.at("led_people")
        return scene.any("this_round", "funding_noun")
    return _joins(scene, deal, cue) if cue.kind == "joins" else _money_from(scene, deal, cue)


def _joins(scene: Scene, deal: Deal, cue: Cue) -> bool:
    """Whether "including", "joined by" and the like speak of investors here."""
    if cue.value == "sure":
        return True
    near = any(j in scene.at("investor_noun") for j in range(max(0, cue.first - 6), cue.last + 1))
    example = cue.first in scene.at("example")
    if example and cue.first - 1 in scene.at("company_noun") - scene.at("investor_noun"):
        return False
    if example and scene.any("this_round") and any(j < cue.first for j in scene.at("investor_noun")):
        return True
    if deal.first is None:
        return near if example else near or scene.any("this_round", "funding_noun", "leads")
    if not example:
        return True
    listing = any(c.last < cue.first for c in scene.cues("leads", "joins", "froms"))
    return (cue.first > deal.first and near) or listing


def _money_from(scene: Scene, deal: Deal, cue: Cue) -> bool:
    """Whether a bare "from" or "by" tells where the money of the deal comes from."""
    nouns = any(0 < cue.first - c.last <= 3 for c in scene.cues("funding_noun", "invest_noun", "undisclosed"))
    if (deal.anchor is None and not nouns) or cue.first in scene.at("leads") | scene.at("joins") or not cue.first:
        return False
    before = scene.units[cue.first - 1]
    if scene.text(cue.first) == "by":
        return cue.first - 1 in scene.at("money_done") or before.kind in ("money", "round")
    anchor = min(deal.first if deal.first is not None else cue.first, cue.first)
    if deal.first is not None and cue.first < deal.first:
        return False
    verbs = [j for j in range(anchor + 1, cue.first) if scene.units[j].tag in ("VBD", "VBZ", "VBP")]
    return all(scene.tree.child(j, "nsubj") == deal.money for j in verbs)  # "$5m came from N"
