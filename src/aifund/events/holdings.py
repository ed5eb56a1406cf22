"""Who has invested in whom, as lists tell it: "N's investments include O and P", "N, an early investor in O and P"."""

from __future__ import annotations

from collections.abc import Collection

from aifund.events.frame import Frame
from aifund.events.lists import members
from aifund.events.scene import Scene
from aifund.language.units import Cue

_OWNER = 5  # units before the noun in which its owner stands
_ENDS = (".", ";", ":", "!", "?")


def read(scene: Scene, taken: Collection[int]) -> list[Frame]:
    """One frame for each list; `taken` are targets of other frames."""
    out = []
    for cue in scene.cues("holding"):
        targets = members(scene, cue.last + 1)
        who = [i for i in _investors(scene, cue) if i not in targets]
        if targets and who and not set(taken) & set(targets):
            frame = Frame(targets=targets, bare=True, background=True, rule=cue.rule)
            for i in who:
                frame.invested(i, False, cue.rule)
            out.append(frame)
    return out


def _investors(scene: Scene, cue: Cue) -> list[int]:
    """Whose investments they are, who is the investor."""
    for j in range(cue.first - 1, max(-1, cue.first - 1 - _OWNER), -1):
        if scene.owned(j):
            return [j]
        if scene.text(j) == "," and cue.value == "investor" and scene.is_name(j - 1):  # "N, an early investor in O"
            return [j - 1]
        if scene.units[j].text in (*_ENDS, ","):
            break
    subject = scene.tree.subject(cue.first)
    named = scene.tree.names_of(subject)[:1] if subject is not None and subject < cue.first else []
    if named:
        return named
    before = [i for i in scene.sentence.names() if i < cue.first and scene.units[i].depth == 0]
    subjects = [i for i in before if scene.units[i].dep in ("nsubj", "nsubjpass")]
    return subjects[-1:] or before[:1]
