"""Which names of an article are people, and for which organisation each of them stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aifund.events.keys import key_of
from aifund.events.lists import joined
from aifund.events.scene import Scene
from aifund.language.units import Sentence, Unit

Mention = tuple[Sentence, Unit]

_JOINTS = ("and", "&", ",")
_BESIDE = (",", "(", "the", "a", "an", "is", "was", "its")  # between a person and the title
_PAST = ("former", "ex", "late", "onetime")
_OF = ("of", "at", "for")
_OF_REACH = 5  # units from "of" to the name behind it
_BY_REACH = 6  # units from "founded" to "by"
_LONGEST = 3  # words of a person's name
_PART = 2  # letters of the first or last name that may stand for the whole


def people(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The keys of the names of persons: full names, and first and last names alone."""
    full = {name for sentence in sentences for name in (*_titled(sentence), *_introduced(sentence))}
    return frozenset(key for name in full for key in _keys(name))


def employers(sentences: Sequence[Sentence], persons: frozenset[str]) -> dict[str, Mention]:
    """Where the article names the organisation that a person runs, has founded or works for, by keys of the person."""
    out: dict[str, Mention] = {}
    for sentence in sentences:
        for person, firm in _posts(sentence):
            names = sentence.units[person].text, sentence.units[firm].text
            if key_of(names[0]) in persons and key_of(names[1]) not in persons:
                for key in _keys(names[0]):
                    out.setdefault(key, (sentence, sentence.units[firm]))
    return out


def _keys(name: str) -> Iterator[str]:
    yield key_of(name)
    yield from (key_of(part) for part in {*name.split()[-1:], *name.split()[:1]} if len(part) > _PART)


def _titled(sentence: Sentence) -> Iterator[str]:
    """Names that stand beside a job title, or that speak and have a first and a last name."""
    units = sentence.units
    titles = _titles(sentence)
    saying = {c.first for c in sentence.of("saying")}
    for i, unit in enumerate(units):
        if not _personal(unit):
            continue
        near = range(i + 1, min(i + 4, len(units)))
        after = next((j for j in near if units[j].low not in (",", "the", "its", "(", "a", "an")), None)
        apposed = after is not None and after in titles and after > i + 1
        before = i - 1 in titles and units[i - 1].low not in ("and",)
        speaks = len(unit.text.split()) == 2 and i + 1 in saying and not _organisation(units, i)
        full = " " in unit.text and not unit.tail  # people are introduced so
        if (apposed and full) or before or speaks:
            yield unit.text


def _titles(sentence: Sentence) -> set[int]:
    return _spots(sentence, "job_title") - _spots(sentence, "company_noun")  # not "N, a leader in pumps"


def _spots(sentence: Sentence, kind: str) -> set[int]:
    return {i for cue in sentence.of(kind) for i in range(cue.first, cue.last + 1)}


def _personal(unit: Unit) -> bool:
    letters = "".join(c for c in unit.text if c not in " -.")
    return unit.kind == "name" and len(unit.text.split()) <= _LONGEST and letters.isalpha()


def _organisation(units: Sequence[Unit], i: int) -> bool:
    """Whether the name before a verb of saying is no person's: one known or formed as an organisation's, or an "it"."""
    unit = units[i]
    return bool(unit.value or unit.tail) or any(u.low in ("it", "its") for u in units[i + 2 : i + 6])


def _introduced(sentence: Sentence) -> Iterator[str]:
    """First and last names of people who are told to have founded or to run something."""
    for person, _ in _posts(sentence):
        unit = sentence.units[person]
        if _personal(unit) and " " in unit.text and not (unit.tail or unit.value):
            yield unit.text


# who works for whom -----------------------------------------------------------------------------------------------


def _posts(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Persons with their organisations, by the titles between them and by verbs of founding."""
    scene, titles = Scene(sentence), _titles(sentence)
    yield from _founded(scene)
    for first in sorted(i for i in titles if i - 1 not in titles):
        last = first
        while last + 1 in titles or (scene.text(last + 1) in _JOINTS and last + 2 in titles):
            last += 1
        if scene.text(first - 1) not in _PAST:
            yield from _by_title(scene, first, last)


def _by_title(scene: Scene, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The person and the organisation around the title at units `first` to `last`."""
    left = first - 1
    while scene.text(left) in _BESIDE:
        left -= 1
    behind = _behind_of(scene, last + 1)
    after = last + 1 + (scene.text(last + 1) == ",")
    if behind is not None and scene.is_name(left):  # "O, the head of N"
        yield left, behind
    elif behind is not None and scene.text(behind + 1) == "," and scene.is_name(behind + 2):  # "the head of N, O, said"
        yield behind + 2, behind
    elif scene.text(first - 1) in ("'s", "'") and scene.is_name(first - 2):
        if scene.is_name(after):  # "N's founder, O"
            yield after, first - 2
        elif scene.text(first - 3) == "," and scene.is_name(first - 4):  # "O, N's founder"
            yield first - 4, first - 2
    elif scene.is_name(first - 1) and scene.is_name(last + 1):  # "N founder O"
        yield last + 1, first - 1
    elif scene.text(first - 1) == "(" and scene.text(last + 1) == "," and scene.is_name(last + 2):  # "O (CEO, N)"
        yield left, last + 2


def _behind_of(scene: Scene, start: int) -> int | None:
    """The name behind "of" or "at": "of the Oslo-based N"."""
    if scene.text(start) not in _OF:
        return None
    near = range(start + 1, start + _OF_REACH)
    name = next((j for j in near if scene.is_name(j)), None)
    plain = name is not None and all(scene.text(j).isalnum() or scene.text(j) == "-" for j in range(start + 1, name))
    return name if plain else None


def _founded(scene: Scene) -> Iterator[tuple[int, int]]:
    """Founders with what they founded: "O founded N", "N was founded in 2020 by O and P"."""
    for cue in scene.cues("founding"):
        by = next((j for j in range(cue.last + 1, cue.last + _BY_REACH) if scene.text(j) == "by"), None)
        subject = scene.tree.subject(cue.first)
        if subject is None:
            continue
        if by is not None:
            firms = scene.tree.names_of(subject)[:1]
            yield from ((person, firm) for firm in firms for person in joined(scene, by + 1) if person != firm)
        elif scene.is_name(cue.last + 1):
            yield from ((person, cue.last + 1) for person in scene.tree.names_of(subject))
