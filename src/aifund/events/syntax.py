"""Questions to the parse of a sentence: whose verb is it, whom does a noun phrase name."""

from __future__ import annotations

from aifund.language.units import Sentence

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CLIMB = frozenset(
    ("conj", "xcomp", "advcl", "acl", "ccomp", "pcomp", "pobj", "prep", "dobj", "attr", "acomp", "aux", "dep", "relcl",
     "appos", "npadvmod", "agent", "oprd")
)  # fmt: skip
_RELATIVE_TAGS = ("WDT", "WP", "WP$")


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
        """The unit that is the subject of the verb at `verb`, sought up the tree where the verb has none itself; of
        "which" what it stands for.
        """
        at, seen = verb, set[int]()
        while at >= 0 and at not in seen:
            seen.add(at)
            unit = self.units[at]
            found = self.child(at, *_SUBJECTS)
            if found is not None:
                return self._antecedent(found, at)
            aim = self.child(at, "aux")  # "in discussions to lead": who is in them leads
            if unit.dep == "relcl" and unit.head >= 0 and (aim is None or self.units[aim].low != "to"):
                return unit.head
            if unit.dep not in _CLIMB:
                return None
            at = unit.head
        return None

    def _antecedent(self, subject: int, verb: int) -> int | None:
        if self.units[subject].tag not in _RELATIVE_TAGS and self.units[subject].low != "that":
            return subject
        head = self.units[verb].head
        return head if head >= 0 and head != verb else None

    def names_of(self, index: int) -> list[int]:
        """The names that the noun phrase at `index` stands for: itself, its apposition, and what is joined to it."""
        own = [index] if self.units[index].kind == "name" else self._apposed(index)
        joined = [
            name
            for c in self.children.get(index, ())
            if self.units[c].dep == "conj" and c > index
            for name in self.names_of(c)
        ]
        return own + joined if own else []

    def _apposed(self, index: int) -> list[int]:
        kids = [c for c in self.children.get(index, ()) if self.units[c].kind == "name"]
        nested = next((c for c in self.children.get(index, ()) if self.units[c].dep == "appos" and c not in kids), None)
        if not kids and nested is not None:
            return self._apposed(nested)
        for label in ("appos", "compound", "nmod", "dep"):
            hit = [c for c in kids if self.units[c].dep == label and abs(c - index) <= 3]
            if hit:
                return hit[-1:] if label == "appos" else hit[:1]
        return []
