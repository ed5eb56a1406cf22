"""Deals told as entries of a list or table ("N, Bergen - NOK 62m, Series A - O (lead), P", "N | $5m | debt") or as
forms ("Company: N, Amount: $5m, Round: seed, Lead: O").
"""

from __future__ import annotations

from itertools import pairwise

from aifund.events.deals import is_round
from aifund.events.frame import Frame
from aifund.events.lists import describes
from aifund.events.scene import Scene
from aifund.language.units import Cue

_MARKS = ("-", "|", "·")


def read(scene: Scene) -> Frame | None:
    """The deal of a form, or of a line that is cut by dashes or bars and begins with a name; None for other lines."""
    labels = [cue for cue in scene.cues("label") if scene.units[cue.first].depth == 0]
    if len({cue.value for cue in labels}) > 1 and {cue.value for cue in labels} & {"money", "round"}:
        return _form(scene, labels)
    marks = [i for i, u in enumerate(scene.units) if u.text in _MARKS and u.depth == 0 and _apart(scene, i)]
    if len(marks) < 2 or not scene.sentence.first or not scene.is_name(0) or scene.verbs.get(1) is not None:
        return None
    money = next((i for i in scene.sentence.moneys() if i not in scene.figures), None)
    round_ = next((i for i, u in enumerate(scene.units) if u.kind == "round" and is_round(scene, i)), None)
    if money is None and round_ is None:
        return None
    frame = Frame(targets=[0], money=money, round=round_, rule="target.entry")
    for left, right in zip(marks, [*marks[1:], len(scene.units)], strict=True):
        _investors(scene, frame, left + 1, right)
    return frame


def _form(scene: Scene, labels: list[Cue]) -> Frame | None:
    """The deal of a form, whose target stands behind its label or before all labels."""
    fields = {cue.first: (cue.last + 1, after.first) for cue, after in pairwise(labels)}
    fields[labels[-1].first] = labels[-1].last + 1, len(scene.units)
    frame = Frame(rule="target.form")
    for cue in labels:
        left, right = fields[cue.first]
        inside = range(left, right)
        if cue.value == "company":
            frame.targets = [i for i in inside if scene.is_name(i)][:1]
        elif cue.value == "money":
            frame.money = next((i for i in inside if scene.units[i].kind == "money"), frame.money)
        elif cue.value in ("lead", "investor"):
            for name in (i for i in inside if scene.is_name(i) and not describes(scene, i, first=i == left)):
                frame.invested(name, cue.value == "lead" or _marked(scene, name, right), "investor.form")
    rounds = [i for i, u in enumerate(scene.units) if u.kind == "round"]
    frame.round = rounds[0] if rounds else None
    frame.targets = frame.targets or [i for i in range(labels[0].first) if scene.is_name(i)][:1]
    told = frame.money is not None or frame.round is not None
    return frame if frame.targets and told else None


def _marked(scene: Scene, name: int, right: int) -> bool:
    """ "N (lead)", "N led"."""
    return any(scene.text(i).startswith(("lead", "led")) for i in (name + 1, name + 2) if i < right)


def _apart(scene: Scene, i: int) -> bool:
    """Whether white space stands on both sides of the mark."""
    before, after = scene.unit(i - 1), scene.unit(i + 1)
    here = scene.units[i]
    return before is not None and after is not None and before.end < here.start and here.end < after.start


def _investors(scene: Scene, frame: Frame, left: int, right: int) -> None:
    """A cell of little but names lists the investors; "(lead)" or "led" marks those before it."""
    names = [i for i in range(left, right) if scene.is_name(i) and not describes(scene, i, first=i == left)]
    plain = [u for u in scene.units[left:right] if u.kind == "word" and u.text.isalpha() and u.depth == 0]
    leads = [i for i in range(left, right) if scene.text(i).startswith(("lead", "led"))]
    if not names or len(plain) - len(leads) > len(names) + 2:
        return
    for name in names:
        follows = next((i for i in leads if i > name), None)
        next_name = next((n for n in names if n > name), right)
        both = follows is not None and not any(scene.units[j].text in (",", ";") for j in range(name, follows))
        frame.invested(name, both or (follows is not None and follows < next_name), "investor.entry")
