"""Questions to a parsed sentence: whose verb is it, which names does a list hold, who owns a noun."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from aifund.language.units import Sentence, Unit

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CLIMB = ("conj", "xcomp", "advcl", "acl", "ccomp", "pcomp", "pobj", "prep", "dobj", "attr", "acomp", "aux", "dep", "relcl", "appos", "npadvmod", "agent", "oprd")
_RELATIVE = frozenset(("which", "who", "that", "whose", "whom", "where"))
_PREPOSITIONS = frozenset(["of", "at", "behind", "for", "in", "on", "with", "under", "within", "near", "outside", "inside", "via", "through"])
_FINITE = ("VBD", "VBZ", "VBP", "MD")


class Tree:
    """The dependency tree of a sentence's units."""

    def __init__(self, sentence: Sentence) -> None:
        self.units = sentence.units
        self.children: dict[int, list[int]] = {}
        for index, unit in enumerate(self.units):
            if unit.head >= 0 and unit.head != index:
                self.children.setdefault(unit.head, []).append(index)

    def child(self, index: int, *labels: str) -> int | None:
        return next((c for c in self.children.get(index, ()) if self.units[c].dep in labels), None)

    def subject(self, verb: int) -> int | None:
        """The unit that is the subject of the verb at `verb`, sought up the tree where the verb has none itself."""
        at, seen = verb, set()
        while at not in seen and at >= 0:
            seen.add(at)
            found = self.child(at, *_SUBJECTS)
            if found is not None:
                if self.units[found].low in _RELATIVE:
                    head = self.units[at].head
                    return head if head >= 0 and head != at else None
                return found
            unit = self.units[at]
            if unit.dep == "relcl" and unit.head >= 0:
                return unit.head
            if unit.dep not in _CLIMB or unit.head == at:
                return None
            at = unit.head
        return None

    def names_of(self, index: int) -> list[int]:
        """The names that the noun phrase at `index` stands for: itself, its apposition, and what is joined to it."""
        unit = self.units[index]
        own = [index] if unit.kind == "name" else self._apposed(index)
        joined = [n for c in self.children.get(index, ()) if self.units[c].dep == "conj" and c > index for n in self.names_of(c)]
        return own + joined if own else []

    def _apposed(self, index: int) -> list[int]:
        kids = [c for c in self.children.get(index, ()) if self.units[c].kind == "name"]
        for label in ("appos", "compound", "nmod", "dep"):
            hit = [c for c in kids if self.units[c].dep == label and abs(c - index) <= 3]
            if hit:
                return hit[-1:] if label == "appos" else hit[:1]
        return []


def list_after(units: Sequence[Unit], start: int, stops: Collection[int], titles: Collection[int] = ()) -> list[int]:
    """The names of the list that begins at unit `start`, up to what ends a list: a verb, "to", a unit in `stops`.

    Names that only describe another one are left out: employers ("Brex co-founder N"), owners, names in brackets.
    """
    out: list[int] = []
    gap = 0
    index = start
    base = units[start].depth if start < len(units) else 0
    while index < len(units) and index not in stops:
        unit = units[index]
        if unit.depth > base:
            index += 1
            continue
        if unit.depth < base:
            break
        if unit.kind == "name":
            if not describes(units, index, titles, first=index == start):
                out.append(index)
            gap = 0
        elif unit.kind == "word":
            if _ends_list(units, index, bool(out)):
                break
            if unit.low in _RELATIVE:
                index = _after_clause(units, index)
                continue
            gap += unit.text.isalnum()
        else:
            break
        if gap > 14:
            break
        index += 1
    return out


def joined(units: Sequence[Unit], start: int) -> list[int]:
    """The first name from `start` on and those joined to it by nothing but commas and "and"."""
    first = next((j for j in range(start, min(start + 9, len(units))) if units[j].kind == "name" and not describes(units, j, first=True)), None)
    if first is None or any(units[j].tag in _FINITE or units[j].text in (";", ".") for j in range(start, first)):
        return []
    out, index = [first], first + 1
    while index < len(units) and (units[index].text in (",", "and", "&") or units[index].kind == "name"):
        if units[index].kind == "name":
            out.append(index)
        index += 1
    return out


def describes(units: Sequence[Unit], index: int, titles: Collection[int] = (), first: bool = False) -> bool:
    """Whether the name at `index` only describes another: an employer, an owner, a place of work."""
    after = units[index + 1] if index + 1 < len(units) else None
    if after is not None and after.low in ("'s", "'"):
        return any(units[j].kind == "name" for j in range(index + 2, min(index + 6, len(units)))) and not any(
            units[j].text in (",", "and", ";") for j in range(index + 2, _next_name(units, index + 2))
        )
    after = units[index + 1] if index + 1 < len(units) else None
    if after is not None and index + 1 in titles:
        return _next_name(units, index + 1) - index <= 6 and not any(units[j].text in (",", "and", ";") for j in range(index + 1, _next_name(units, index + 1)))
    if after is not None and after.text == "-" and index + 2 < len(units) and units[index + 2].low in ("backed", "based", "owned", "funded", "led", "founded"):
        return True
    before = units[index - 1].low if index else ""
    if before == "by" and index > 1 and units[index - 2].tag == "VBN":
        return not first
    return not first and before in _PREPOSITIONS


def _next_name(units: Sequence[Unit], start: int) -> int:
    return next((j for j in range(start, len(units)) if units[j].kind == "name"), len(units))


def _ends_list(units: Sequence[Unit], index: int, some: bool) -> bool:
    unit = units[index]
    word = unit.low
    if word in ("to", "for", "in", "at", "on", "after", "before", "while", "but", "as", "when", "because", "if", "into", "toward", "towards", "since", "although", "though", "valuing", "bringing", "--"):
        if word == "in" and not some:
            return False
        if word == "as" and index + 1 < len(units) and units[index + 1].low == "well":
            return False
        return some
    if word in (".", "!", "?", ":") and index + 1 < len(units):
        return some
    if unit.tag == "VBG" and index and units[index - 1].text == "," and word not in ("including", "existing", "leading", "returning", "participating"):
        return some
    return unit.tag in _FINITE and unit.dep not in ("amod", "compound") and some


def _after_clause(units: Sequence[Unit], index: int) -> int:
    """Past a relative clause: the next comma or "and" that a name follows."""
    for j in range(index + 1, len(units)):
        if units[j].text in (",", ";") and j + 1 < len(units):
            return j
    return len(units)
