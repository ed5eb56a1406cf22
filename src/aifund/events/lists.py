"""Lists of names along the line: the parse loses its way in them, their punctuation does not."""

from __future__ import annotations

from collections.abc import Collection

from aifund.events.scene import Scene

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_LONGEST_GAP = 14  # words between two members of one list
_INSIDE = (",", "and", "&", "the", "both")
_CALLED = ("called", "named", "dubbed")
_OPENING, _LONG_OPENING = 5, 9  # units before the first member, without and with words as "such as"
_SUCH_AS = ("such", "including", "like", "namely")
_LIST_ENDS = (".", ";", ":", "!", "?")
_OF_ANOTHER = ("by", "at", "from", "with", "of", "to")
_SEPARATORS = (",", "and", ";")


def listed(scene: Scene, start: int, stops: Collection[int] = ()) -> list[int]:
    """The names of the list that begins at unit `start`, up to what ends a list: a verb, "to", a unit in `stops`.

    Names that only describe another one are left out: employers ("N co-founder M"), owners, names in brackets.
    """
    out: list[int] = []
    gap = 0
    index = start
    base = scene.units[start].depth if start < len(scene.units) else 0
    while index < len(scene.units) and index not in stops and gap <= _LONGEST_GAP:
        unit = scene.units[index]
        if unit.depth < base or (unit.depth == base and _ends(scene, index, bool(out))):
            break
        if unit.depth == base:
            if unit.kind == "name":
                if not describes(scene, index, first=index == start):
                    out.append(index)
                gap = 0
            elif index in scene.at("relative") or _behind_the_firm(scene, index):
                index = _after_clause(scene, index)
                continue
            else:
                gap += unit.text.isalnum()
        index += 1
    return out


def joined(scene: Scene, start: int, reach: int = 9) -> list[int]:
    """The first name within `reach` units from `start` and those joined to it by nothing but commas and "and"."""
    units = scene.units
    names = (j for j in range(start, min(start + reach, len(units))) if scene.is_name(j))
    first = next((j for j in names if not describes(scene, j, first=True)), None)
    if first is None or any(units[j].tag in _FINITE or units[j].text in (";", ".") for j in range(start, first)):
        return []
    out, index = [first], first + 1
    while index < len(units) and (units[index].text in (",", "and", "&") or scene.is_name(index)):
        if scene.is_name(index):
            out.append(index)
        index += 1
    return out


def members(scene: Scene, start: int) -> list[int]:
    """The names of the list that begins at unit `start` or soon behind it, past what only explains one of them:
    "such as N (acquired by O), P, founded by Q, and in R".
    """
    named = any(scene.text(j) in _SUCH_AS for j in range(start, start + _LONG_OPENING))
    opening = _LONG_OPENING if named else _OPENING
    out: list[int] = []
    for i in range(start, len(scene.units)):
        unit = scene.units[i]
        if unit.depth > scene.units[start].depth:
            continue
        verb = unit.tag in _FINITE and unit.kind == "word"
        ends = verb or unit.text in _LIST_ENDS or unit.kind in ("money", "round")
        if ends and i not in scene.at("relative"):
            break
        if unit.kind == "name" and scene.text(i - 1) not in _OF_ANOTHER and not scene.owned(i):
            out.append(i)
        apart = (
            (unit.text == "," and scene.text(i + 1) not in _SUCH_AS)
            or i in scene.at("funding_noun")
            or i - start > opening
        )
        if apart and not out:
            break
    return out


def listed_before(scene: Scene, end: int) -> list[int]:
    """The names of the list that ends before unit `end`: "with N and M in the lead"."""
    out: list[int] = []
    index = end - 1
    while index >= 0:
        unit = scene.units[index]
        deeper = unit.depth > scene.units[end].depth
        if unit.kind == "name" and not deeper and not describes(scene, index, first=scene.text(index - 1) == "with"):
            out.append(index)
        elif unit.kind != "name" and unit.depth == scene.units[end].depth and unit.text not in _INSIDE:
            stops = unit.kind != "word" or unit.tag in ("IN", "TO", *_FINITE) or unit.text in (";", ".", ":")
            if stops or not out:
                break
        index -= 1
    return sorted(out)


def with_left(scene: Scene, names: list[int]) -> list[int]:
    """`names` with those that stand before the first of them in one list: "N, M and O"."""
    out = list(names)
    ended = any(scene.text(j) in ("and", "&") for j in range(names[0], names[-1]))
    index = names[0]
    while True:
        j = index - 1
        while j > 0 and scene.text(j) in (",", "and", "&") and index - j < 3:
            ended = ended or scene.text(j) in ("and", "&")
            j -= 1
        if not ended or j < 0 or j == index - 1 or not scene.is_name(j):  # "..., N invested": no list, a new clause
            return sorted(out)
        out.append(j)
        index = j


def describes(scene: Scene, index: int, first: bool = False) -> bool:
    """Whether the name at `index` only describes another: an owner, an employer, a place of work.

    `first` tells that it opens its list, so that what stands before it is no part of the list.
    """
    if scene.owned(index):
        return scene.units[index].tail != "investor" and _leads_to_name(scene, index + 2, 4)
    if scene.owned(index - 2) and scene.units[index - 2].tail == "investor":  # the partner who acts for his firm
        return True
    if index + 1 in scene.at("job_title"):
        return _leads_to_name(scene, index + 1, 5)
    if scene.text(index + 1) == "-" and index + 2 in scene.at("described_by"):
        return True
    if first:
        return False
    if scene.text(index - 1) == "by":
        return index > 1 and scene.units[index - 2].tag == "VBN"
    if comes_from(scene, index):
        return True
    if scene.text(index - 1) in _CALLED:  # "a tool called N"
        return True
    if scene.text(index - 1) in ("a", "an") and scene.text(index - 2) == ",":  # "N, an M fund"
        return True
    before = index - 1
    while before > index - 4 and before in scene.at("company_noun") | scene.at("investor_noun"):
        before -= 1
    if before < index - 1 and scene.text(before) == "with":  # "with angel investors N and M": they join
        return False
    return before in scene.at("preposition")


def comes_from(scene: Scene, index: int) -> bool:
    """ "angels from N and M": where investors without a name come from."""
    if scene.units[index].tail == "investor":
        return False
    if scene.text(index - 1) == "and" and scene.is_name(index - 2):
        return comes_from(scene, index - 2)
    return scene.text(index - 1) == "from" and index - 2 in scene.at("job_title") | scene.at("investor_noun")


def explains(scene: Scene, index: int) -> bool:
    """Whether the name at `index` stands in brackets right behind another, with nothing but titles: "N (MD, M)"."""
    if not scene.units[index].depth:
        return False
    opening = next((j for j in range(index - 1, 0, -1) if scene.text(j) in ("(", "[")), 0)
    inside = range(opening + 1, index)
    plain = scene.at("job_title") | {j for j in inside if scene.is_name(j) or scene.text(j) == ","}
    return scene.is_name(opening - 1) and all(j in plain for j in inside)


def _leads_to_name(scene: Scene, start: int, reach: int) -> bool:
    """Whether a name follows within `reach` units with nothing between that parts it from what stands before."""
    for j in range(start, min(start + reach, len(scene.units))):
        if scene.is_name(j):
            return True
        if scene.units[j].text in _SEPARATORS or scene.units[j].kind in ("money", "round"):
            return False
    return False


def _ends(scene: Scene, index: int, some: bool) -> bool:
    """Whether the unit ends a list that has `some` members already."""
    unit = scene.units[index]
    if unit.kind == "name":  # "led by N, M is poised to grow": M opens a clause
        after = scene.unit(index + 1)
        return some and scene.text(index - 1) == "," and after is not None and after.tag in _FINITE
    if unit.kind != "word":
        return True
    if not some:
        return False
    if index in scene.at("list_end") | scene.at("valuation") or unit.text in (".", "!", "?", ":"):
        return True
    if unit.tag == "VBG" and scene.text(index - 1) == "," and index not in scene.at("list_goes_on"):
        return True
    return unit.tag in _FINITE and unit.dep not in ("amod", "compound")


def _behind_the_firm(scene: Scene, index: int) -> bool:
    """ "N, a fund founded by M": M explains N."""
    return scene.units[index].tag == "VBN" and scene.text(index + 1) == "by" and scene.units[index].dep == "acl"


def _after_clause(scene: Scene, index: int) -> int:
    """Past a relative clause: the next comma."""
    rest = range(index + 1, len(scene.units) - 1)
    return next((j for j in rest if scene.units[j].text in (",", ";")), len(scene.units))
