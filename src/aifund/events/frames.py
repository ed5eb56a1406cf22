"""What one sentence asserts: who got money from whom, how much, in which round.

A sentence is cut into deals, each around a sum or a round; the roles of each are filled along the parse and, for lists
of investors, along the line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from aifund.events.syntax import Tree, describes, joined, list_after
from aifund.language.units import Cue, Sentence, Unit

_COMPANY_WORDS = frozenset(["company", "startup", "start-up", "firm", "business", "it", "they", "we", "its", "our", "us", "venture", "platform", "maker", "project", "which", "that", "who", "group", "lab", "developer", "team"])
_GAP_ROUND = 8
SOFT_ROUNDS = frozenset(("debt", "grant", "strategic", "growth", "secondary", "convertible", "bridge"))
SMALLEST = 2000  # below this many units of a currency a sum is a price, not a deal
_SEPARATORS = frozenset((",", ";", "and", "while", "after", "following", "but", "before", "then", "as", "plus", "-", ":"))


@dataclass(slots=True)
class Role:
    """An investor in a frame."""

    unit: int
    lead: bool
    rule: str
    money: int | None = None


@dataclass(slots=True)
class Frame:
    """One assertion. Numbers are units of the sentence; `refers` tells that the target is "it", "the company"."""

    sentence: int
    targets: list[int] = field(default_factory=list)
    refers: bool = False
    investors: list[Role] = field(default_factory=list)
    money: int | None = None
    round: int | None = None
    valuation: int | None = None
    valuation_cue: Cue | None = None
    date: int | None = None
    status: Cue | None = None
    rule: str = ""
    bare: bool = False
    background: bool = False
    generic: bool = False

    def empty(self) -> bool:
        return self.generic or not (self.bare or self.investors or self.money is not None or self.round is not None or self.valuation is not None)


def frames(sentence: Sentence, index: int) -> list[Frame]:
    """The assertions of `sentence`, in the order of the text."""
    return _Builder(sentence, index).build()


class _Builder:
    def __init__(self, sentence: Sentence, index: int) -> None:
        self.s = sentence
        self.units = sentence.units
        self.index = index
        self.tree = Tree(sentence)
        self.verb_at: dict[int, Cue] = {}
        for cue in sentence.of("raise", "invest", "lead"):
            old = self.verb_at.get(cue.first)
            if old is None or (old.kind == "raise" and old.value == "weak"):
                self.verb_at[cue.first] = cue
        lead_by = {i for c in sentence.of("leads") for i in range(c.first, c.last + 1)}
        joins = {i for c in sentence.of("joins") for i in range(c.first, c.last + 1)}
        self.verb_at = {i: c for i, c in self.verb_at.items() if i not in lead_by and i not in joins}
        self.titles = {i for c in sentence.of("job_title") for i in range(c.first, c.last + 1)}
        self.money_role = self._money_roles()
        self.nouns = {c.last: c for c in sentence.of("funding_noun")}
        self.noun_units = {i for c in sentence.of("funding_noun", "invest_noun") for i in range(c.first, c.last + 1)}
        self.company = {i for c in sentence.of("company_ref", "company_noun") for i in range(c.first, c.last + 1)}
        self.company |= {i for i, u in enumerate(sentence.units) if u.low in ("he", "she", "founder", "founders")}
        self.investor_nouns = {i for c in sentence.of("investor_noun") for i in range(c.first, c.last + 1)}

    # money ---------------------------------------------------------------------------------------------------------

    def _money_roles(self) -> dict[int, Cue]:
        out: dict[int, Cue] = {}
        for kind in ("total", "fund", "other_sum", "cheque", "valuation"):  # later kinds win
            for cue in self.s.of(kind):
                for i in range(cue.first, cue.last + 1):
                    if self.units[i].kind == "money" and not (kind == "valuation" and out.get(i) is not None and out[i].kind == kind and cue.value == "unspecified"):
                        out[i] = cue
        for i, cue in list(out.items()):
            after = self.units[i + 1 : i + 5]
            if cue.kind == "total" and any(u.kind == "round" for u in after) and not any(u.text == "," for u in after[:2]):
                del out[i]
        return out

    def _deal_money(self, i: int) -> bool:
        """Whether the sum at `i` is the money of a deal."""
        if i in self.money_role or _tiny(self.units[i]):
            return False
        units = self.units
        for j in range(i + 1, min(i + 7, len(units))):
            if units[j].kind == "round" or any(c.first <= j <= c.last for c in self.nouns.values()):
                return True
            if units[j].kind == "name" and units[j - 1].low == "from":
                return True
            if units[j].kind == "money" or units[j].text in (",", ";", "."):
                break
        for j in range(i - 1, max(i - 9, -1), -1):
            if units[j].kind == "round" and i - j <= 5:
                return True
            if j in self.nouns and i - j <= 4:
                return True
            if j in self.verb_at:
                cue = self.verb_at[j]
                if cue.kind == "raise" and (cue.value == "strong" or (cue.value == "get" and i - j <= 3) or (i - j <= 4 and self.s.has("round"))):
                    return True
                if cue.kind == "invest":
                    return True
            if (units[j].kind == "money" and j not in self.money_role) or units[j].text in (";", "."):
                break
        governor = self._governor(i)
        return governor is not None and (governor.kind == "invest" or (governor.kind == "raise" and governor.value == "strong"))

    # anchors ---------------------------------------------------------------------------------------------------------

    def _anchors(self) -> list[tuple[int | None, int | None]]:
        """Pairs of a sum and the round that it belongs to, either of which may be missing."""
        sums = [i for i in self.s.moneys() if self._deal_money(i)]
        rounds = [i for i, u in enumerate(self.units) if u.kind == "round" and self._is_round(i)]
        pairs: list[tuple[int | None, int | None]] = []
        free = set(rounds)
        for k, i in enumerate(sums):
            nxt = sums[k + 1] if k + 1 < len(sums) else len(self.units)
            prev = sums[k - 1] if k else -1
            after = [r for r in rounds if r in free and i < r < nxt and r - i <= 14]
            before = [r for r in rounds if r in free and prev < r < i and i - r <= _GAP_ROUND]
            pick = None
            if before and (not after or (i - before[-1] <= 3 and after[0] - i > 3)):
                pick = before[-1]
            elif after:
                pick = after[0]
            if pick is not None:
                free.discard(pick)
                free -= {r for r in free if abs(r - pick) <= 3 and self._same_round(r, pick)}
            pairs.append((i, pick))
        used = {_value(self.units[r]) for _, r in pairs if r is not None}
        pairs += [(None, r) for r in sorted(free) if _value(self.units[r]) not in used and self._stands_alone(r)]
        return sorted(pairs, key=lambda p: min(x for x in p if x is not None))

    def _same_round(self, a: int, b: int) -> bool:
        return _value(self.units[a]) == _value(self.units[b])

    def _is_round(self, i: int) -> bool:
        """Not "a seed investor", "its strategic investment department"."""
        after = self.units[i + 1] if i + 1 < len(self.units) else None
        return after is None or not (after.tag in ("NN", "NNS") and i + 1 not in self.nouns and after.kind == "word") or any(c.first == i + 1 for c in self.nouns.values())

    def _stands_alone(self, i: int) -> bool:
        """Whether a round told without a sum is a deal: a loan or a grant only where a verb of dealing governs it."""
        return _value(self.units[i]) not in SOFT_ROUNDS or self._above(i) is not None

    def _above(self, i: int) -> Cue | None:
        """The nearest deal verb above unit `i` in the tree."""
        at, seen = i, set()
        while at not in seen and at >= 0 and len(seen) < 7:
            seen.add(at)
            if at in self.verb_at and at != i:
                return self.verb_at[at]
            at = self.units[at].head
        return None

    def _governor(self, i: int) -> Cue | None:
        """The deal verb above unit `i` in the tree, else the nearest to the left in the clause."""
        above = self._above(i)
        if above is not None:
            return above
        for j in range(i - 1, max(-1, i - 12), -1):
            if j in self.verb_at:
                return self.verb_at[j]
            if self.units[j].text == ";":
                break
        return None

    # build -------------------------------------------------------------------------------------------------------------

    def build(self) -> list[Frame]:
        anchors = self._anchors()
        zones = self._zones(anchors)
        out = []
        for (money, round_), (left, right) in zip(anchors, zones, strict=True):
            frame = Frame(self.index, money=money, round=round_)
            self._fill_target(frame, left, right)
            self._fill_investors(frame, left, right)
            out.append(frame)
        if not out:
            zones = self._verb_zones()
            for left, right in zones:
                frame = Frame(self.index)
                self._fill_target(frame, left, right)
                self._fill_investors(frame, left, right)
                out.append(frame)
        for frame in out:
            self._antecedent(frame)
        self._fill_valuation(out, zones or [(0, len(self.units))])
        self._fill_context(out, zones or [(0, len(self.units))])
        return [f for f in out if not f.empty()]

    def _verb_zones(self) -> list[tuple[int, int]]:
        """Where no sum and no round is told, each verb of investing opens a deal of its own at the clause it stands in."""
        verbs = [i for i, c in sorted(self.verb_at.items()) if c.kind == "invest"]
        bounds = [0]
        for before, verb in zip(verbs, verbs[1:], strict=False):
            cut = next((j for j in range(verb, before, -1) if self.units[j].text == ";"), None)
            if cut is None:
                cut = next((j for j in range(verb, before, -1) if self.units[j].text == ","), None) if self.tree.child(verb, "nsubj", "nsubjpass") is not None else None
            if cut is not None:
                bounds.append(cut)
        bounds.append(len(self.units))
        return list(zip(bounds, bounds[1:], strict=False))

    def _zones(self, anchors: list[tuple[int | None, int | None]]) -> list[tuple[int, int]]:
        bounds = [0]
        for k in range(1, len(anchors)):
            last = max(x for x in anchors[k - 1] if x is not None)
            first = min(x for x in anchors[k] if x is not None)
            cut = next((j for j in range(first, last, -1) if self.units[j].text in (";", ".")), None)
            if cut is None:
                verb = next((j for j in range(first, last, -1) if j in self.verb_at), first)
                cut = next((j for j in range(verb, last, -1) if self.units[j].low in _SEPARATORS), None)
            bounds.append(cut if cut is not None else first)
        bounds.append(len(self.units))
        return [(bounds[k], bounds[k + 1]) for k in range(len(anchors))]

    # target ------------------------------------------------------------------------------------------------------------

    def _fill_target(self, frame: Frame, left: int, right: int) -> None:
        anchor = frame.money if frame.money is not None else frame.round
        options = []
        if anchor is not None:
            governor = self._governor(anchor)
            if governor is not None:
                options += [*self._main_deal(governor), governor]
        options += [c for i, c in sorted(self.verb_at.items()) if left <= i < right and c not in options]
        for cue in options:
            if self._by_verb(frame, cue, anchor, left, right):
                break
        if not frame.targets and not frame.refers:
            self._by_noun(frame, anchor, left, right)
        if not frame.targets and (not frame.refers or self.s.item) and (anchor is not None or frame.bare):
            self._by_heading(frame, anchor if anchor is not None else right)

    def _main_deal(self, cue: Cue) -> list[Cue]:
        """ "N led a round for M, raising $1 billion": the verb that a participle hangs on."""
        unit = self.units[cue.first]
        main = self.verb_at.get(unit.head) if unit.tag == "VBG" and unit.dep == "advcl" else None
        return [main] if main is not None and main.kind in ("lead", "invest") else []

    def _by_verb(self, frame: Frame, cue: Cue, anchor: int | None, left: int, right: int) -> bool:
        if cue.kind == "raise":
            if anchor is None:
                return self._raised_something(cue, right) and self._subject_is_target(frame, cue) and self._bare(frame, cue)
            if cue.value == "weak" and not (cue.last < anchor and self._linked(cue, anchor)):
                return False
            return self._subject_is_target(frame, cue)
        if cue.kind == "invest":
            return self._invest(frame, cue, left, right)
        return self._lead_verb(frame, cue, left, right)

    def _raised_something(self, cue: Cue, right: int) -> bool:
        """Whether the verb's object is money without a figure: "funding", "an undisclosed amount"."""
        if cue.value == "weak":
            return False
        for j in range(cue.last + 1, min(right, cue.last + 7)):
            unit = self.units[j]
            if unit.low in ("undisclosed", "unspecified") or j in self.nouns:
                after = self.units[j + 1] if j + 1 < len(self.units) else None
                if after is not None and after.kind == "word" and after.tag in ("NN", "NNS") and j + 1 not in self.nouns:
                    continue
                return not any(u.low in ("this", "the", "these", "that", "such", "more", "additional", "further") for u in self.units[cue.last + 1 : j])
            if unit.kind == "name" and self.units[j + 1 : j + 2] and self.units[j + 1].low in ("'s", "'"):
                continue
            if unit.kind != "word" or unit.text in (",", ";", ".") or (unit.tag in ("IN", "TO") and unit.low != "of"):
                return False
        return False

    def _bare(self, frame: Frame, cue: Cue) -> bool:
        """A deal without a figure; "accepted N's investment" names who gave it."""
        frame.bare = True
        for j in range(cue.last + 1, min(len(self.units) - 1, cue.last + 5)):
            if self.units[j].kind == "name" and self.units[j + 1].low in ("'s", "'"):
                self._add(frame, j, False, "investor.owner")
        return True

    def _linked(self, cue: Cue, anchor: int) -> bool:
        """Whether the sum or round at `anchor` is what the verb gets."""
        at, seen = anchor, set()
        while at >= 0 and at not in seen and len(seen) < 6:
            seen.add(at)
            if cue.first <= at <= cue.last:
                return True
            at = self.units[at].head
        between = self.units[cue.last + 1 : anchor]
        return len(between) <= 5 and not any(u.tag.startswith("V") or u.text in (",", ";") for u in between)

    def _subject_is_target(self, frame: Frame, cue: Cue) -> bool:
        passive = self.units[cue.first].tag == "VBN" and self.tree.child(cue.first, "nsubjpass") is not None
        if passive:
            agent = self.tree.child(cue.first, "agent")
            who = self.tree.child(agent, "pobj") if agent is not None else None
            if who is not None:
                return self._take(frame, who, cue.rule)
            subject = self.tree.child(cue.first, "nsubjpass")
            if subject is not None and self.units[subject].kind == "name":
                return self._take(frame, subject, cue.rule)
            return False
        subject = self.tree.subject(cue.first)
        if subject is not None and self._take(frame, subject, cue.rule):
            return True
        return self._left_name(frame, cue)

    def _take(self, frame: Frame, unit: int, rule: str) -> bool:
        names = self.tree.names_of(unit) or self._counted(unit)
        if names:
            frame.targets = names
            frame.rule = rule
            return True
        if self.units[unit].tag == "NNS" and unit in self.company:
            frame.generic = True  # "start-ups raised $110 billion" is nobody's deal
            return True
        described = self._described(unit)
        if described is not None:
            frame.targets, frame.rule = [described], rule
            return True
        if self.units[unit].low in _COMPANY_WORDS or unit in self.company:
            frame.refers = True
            frame.rule = rule
            return True
        return False

    def _counted(self, unit: int) -> list[int]:
        """ "Two start-ups - N and M - raised": the names that spell out a number of companies."""
        if self.units[unit].tag not in ("CD", "NNS"):
            return []
        dash = next((j for j in range(unit + 1, min(unit + 14, len(self.units))) if self.units[j].text in ("-", ":", ",")), None)
        return [] if dash is None else [j for j in list_after(self.units, dash + 1, (), self.titles) if j < len(self.units) and self.units[j].head >= 0]

    def _described(self, unit: int) -> int | None:
        """The name that the noun phrase at `unit` describes: "N, a fitness startup, raised"."""
        head = self.units[unit].head
        if self.units[unit].dep == "appos" and head >= 0 and self.units[head].kind == "name":
            return head
        start = unit
        while start > 0 and self.units[start].kind == "word" and self.units[start].text not in (",", ";", ".", ":", "(") and unit - start < 14:
            start -= 1
        if self.units[start].text == "," and start and self.units[start - 1].kind == "name" and self.units[start + 1].low in ("a", "an", "the", "which", "who", "one"):
            before = self.units[start - 2].low if start > 1 else ""
            if before in ("to", "by", "from", "in", "for", "of", "with", "at") or (self.units[start + 1].low == "the" and unit - start == 2):
                return None
            return start - 1
        return None

    def _left_name(self, frame: Frame, cue: Cue) -> bool:
        """The name left of the verb, where the parse gives no subject."""
        for j in range(cue.first - 1, max(-1, cue.first - 25), -1):
            unit = self.units[j]
            if unit.text in (";", ".") or unit.kind == "money":
                break
            if unit.kind == "name" and unit.depth == 0 and not describes(self.units, j, self.titles):
                before = self.units[j - 1].low if j else ""
                if before in ("by", "from", "with", "to"):
                    continue
                frame.targets, frame.rule = [j], cue.rule
                return True
        return False

    def _invest(self, frame: Frame, cue: Cue, left: int, right: int) -> bool:
        units = self.units
        if cue.value == "direct":
            j = cue.last + 1
            while j < right and units[j].kind == "word" and units[j].text.isalpha() and j - cue.last < 5:
                j += 1
            if j < right and units[j].kind == "name" and units[cue.first].tag in ("VBD", "VBZ", "VBP", "VB", "VBN") and self.tree.child(cue.first, "nsubjpass", "auxpass") is None:
                if self._investor_subject(frame, cue):
                    frame.targets, frame.rule = [j], cue.rule
                    return True
            return False
        if cue.value == "in" and (self._invested_by(frame, cue) or self._invested_which(frame, cue)):
            return True
        for j in range(cue.last + 1, min(right, cue.last + 16)):
            if cue.value == "put" and not self._gives(cue, j):
                continue
            if units[j].low in ("in", "into", "to", "behind") or (units[j].low == "for" and cue.value == "put") or (units[j].low == "on" and units[cue.first].low.startswith(("bet", "wager", "put"))):
                names = joined(units, j + 1)
                if names and names[0] - j <= 9:
                    frame.targets, frame.rule = names, cue.rule
                    self._investor_subject(frame, cue)
                    return True
                if j + 1 < right and (units[j + 1].low in _COMPANY_WORDS or j + 1 in self.company):
                    frame.refers, frame.rule = True, cue.rule
                    self._investor_subject(frame, cue)
                    return True
            if units[j].text in (";", ".") or units[j].low in ("but", "because", "which", "that", "while") or units[j].tag in ("VBD", "VBZ", "VBP"):
                break
        return False

    def _invested_by(self, frame: Frame, cue: Cue) -> bool:
        """ "M has been invested in by N"."""
        subject = self.tree.child(cue.first, "nsubjpass")
        by = next((j for j in range(cue.last + 1, min(len(self.units), cue.last + 4)) if self.units[j].low == "by"), None)
        if subject is None or by is None or self.units[cue.first].tag != "VBN":
            return False
        relative = self.units[subject].low in ("which", "who", "that")
        names = self.tree.names_of(self.units[cue.first].head if relative else subject)
        frame.targets, frame.rule = names, cue.rule
        for name in list_after(self.units, by + 1, (), self.titles):
            self._add(frame, name, False, cue.rule)
        return bool(names)

    def _invested_which(self, frame: Frame, cue: Cue) -> bool:
        """ "M, which N invested in last year"."""
        unit = self.units[cue.first]
        after = self.units[cue.last + 1 : cue.last + 3]
        if unit.dep != "relcl" or unit.head < 0 or not after or after[0].low != "in" or (len(after) > 1 and after[1].kind == "name"):
            return False
        names = self.tree.names_of(unit.head)
        if not names or not self._investor_subject(frame, cue):
            return False
        frame.investors = [r for r in frame.investors if r.unit not in names]
        frame.targets, frame.rule = names, cue.rule
        return bool(frame.investors)

    def _gives(self, cue: Cue, upto: int) -> bool:
        """Whether money is what is put, given, committed before unit `upto`."""
        return any((self.units[k].kind == "money" and k not in self.money_role) or k in self.nouns or self.units[k].low in ("bets", "bet", "stake") for k in range(cue.first, upto))

    def _investor_subject(self, frame: Frame, cue: Cue, lead: bool = False) -> bool:
        subject = self.tree.subject(cue.first)
        names = self.tree.names_of(subject) if subject is not None else []
        if not names and subject is None:
            names = [j for j in range(max(0, cue.first - 3), cue.first) if self.units[j].kind == "name"]
        if subject is not None and not names and self.units[subject].kind == "word":
            names = [j for j in range(subject, cue.first) if self.units[j].kind == "name" and self.units[j].depth == 0][:1]
        for name in self._with_list(names, cue.first):
            self._add(frame, name, lead, cue.rule)
        return bool(names)

    def _with_list(self, names: list[int], before: int) -> list[int]:
        """A subject's names with those that stand in one list with them."""
        if not names:
            return []
        listed = list_after(self.units, names[0], {before}, self.titles)
        return sorted({*names, *(j for j in listed if j < before)})

    def _lead_verb(self, frame: Frame, cue: Cue, left: int, right: int) -> bool:
        units = self.units
        deal = self.units[cue.last].low.startswith("investor") or any(cue.last < c.first <= cue.last + 9 for c in self.s.of("funding_noun", "this_round")) or any(
            units[j].kind in ("round", "money") for j in range(cue.last + 1, min(cue.last + 8, right))
        )
        if not deal:
            return False
        if not self._investor_subject(frame, cue, lead=True):
            return False
        self._by_noun(frame, None, cue.last, right)
        if not frame.targets:
            frame.refers = True
            frame.rule = cue.rule
        return True

    def _by_noun(self, frame: Frame, anchor: int | None, left: int, right: int) -> bool:
        """ "N's Series A", "a $5m round for N", "investment in N"."""
        units = self.units
        taken = {r.unit for r in frame.investors}
        spots = sorted({*(c.first for c in self.s.of("funding_noun", "invest_noun") if left <= c.first < right and c.value != "money"), *(i for i in range(left, right) if units[i].kind in ("round",) or (units[i].kind == "money" and i not in self.money_role))})
        for spot in spots:
            for j in range(spot + 1, min(right, spot + 6)):
                if units[j].kind == "word" and units[j].low not in ("for", "in", "into", "of") and j not in self.noun_units and units[j].low not in ("worth", "from", "by"):
                    break
                if units[j].low in ("for", "in", "into", "of") and j + 1 < right:
                    k = j + 1
                    while k < min(right, j + 12) and units[k].kind == "word" and (units[k].text.isalnum() or (units[k].text == "-" and units[k - 1].end == units[k].start)) and units[k].low not in ("from", "by", "led", "that", "which", "to") and k not in self.investor_nouns:
                        k += 1
                    if k < right and units[k].kind == "name" and k not in taken and not describes(units, k, self.titles, first=True):
                        frame.targets, frame.rule = joined(units, k), "target.noun"
                        self._noun_investor(frame, spot)
                        return True
        for spot in spots:
            for j in range(spot - 1, max(left - 1, spot - 7, 0), -1):
                if units[j].low in ("'s", "'") and units[j - 1].kind == "name" and j - 1 not in taken:
                    frame.targets, frame.rule = [j - 1], "target.owner"
                    self._object_owner(frame, spot)
                    return True
                if (units[j].kind in ("money", "round") and j not in spots) or units[j].text in (",", ";") or units[j].tag in ("TO", "VB", "VBD", "VBZ"):
                    break
        return False

    def _noun_investor(self, frame: Frame, spot: int) -> None:
        """ "N's investment in M": the owner of the noun gives the money."""
        for j in range(spot - 1, max(-1, spot - 7), -1):
            if self.units[j].low in ("'s", "'") and j and self.units[j - 1].kind == "name" and j - 1 not in frame.targets:
                self._add(frame, j - 1, False, "investor.owner")
            if self.units[j].text in (",", ";") or self.units[j].kind == "name":
                return

    def _object_owner(self, frame: Frame, spot: int) -> None:
        """ "N launched M's Series A": somebody else's round as the object of a verb makes the subject an investor."""
        head, label = self.units[spot].head, self.units[spot].dep
        if label not in ("dobj", "pobj") or head < 0 or any(c.kind == "raise" and c.value == "strong" and c.first == head for c in self.verb_at.values()):
            return
        verb = head if label == "dobj" else self.units[head].head
        subject = self.tree.subject(verb) if 0 <= verb < len(self.units) and self.units[verb].tag.startswith("V") else None
        for name in self.tree.names_of(subject) if subject is not None else []:
            if name not in frame.targets and not any(r.unit == name for r in frame.investors):
                self._add(frame, name, False, "investor.subject")

    def _by_heading(self, frame: Frame, anchor: int) -> None:
        """ "N: $5m seed", "N (robots), $5m": a list item that begins with the name."""
        first = next((i for i, u in enumerate(self.units) if u.kind == "name"), None)
        if first is None or first > 3 or anchor < first or any(c.kind == "invest" for c in self.verb_at.values()):
            return
        after = self.units[first + 1] if first + 1 < len(self.units) else None
        if after is not None and (after.text in (":", "-") or self.s.item):
            frame.targets, frame.rule = [first], "target.heading"

    def _antecedent(self, frame: Frame) -> None:
        """ "N is small, but it has the backing of": the subject before "it" or "the company" in the same sentence."""
        if not frame.refers or any(u.low in ("we", "our", "us") for u in self.units):
            return
        anchor = min((x for x in (frame.money, frame.round) if x is not None), default=len(self.units))
        backers = {r.unit for r in frame.investors}
        for i in range(min(anchor, len(self.units))):
            unit = self.units[i]
            if unit.kind == "name" and unit.dep in ("nsubj", "nsubjpass") and i not in backers and not describes(self.units, i, self.titles):
                frame.targets = [i]
                return

    # investors ---------------------------------------------------------------------------------------------------------

    def _add(self, frame: Frame, unit: int, lead: bool, rule: str) -> None:
        if unit in frame.targets:
            return
        for role in frame.investors:
            if role.unit == unit:
                role.lead = role.lead or lead
                return
        frame.investors.append(Role(unit, lead, rule))

    def _fill_investors(self, frame: Frame, left: int, right: int) -> None:
        cues = [c for c in self.s.of("leads", "joins", "froms") if left <= c.first < right]
        starts = {c.first for c in cues if c.kind != "froms"}
        for cue in cues:
            if cue.kind == "froms" and not self._money_from(frame, cue, left):
                continue
            if (cue.kind == "joins" and not self._deal_context(frame, cue)) or (cue.kind == "leads" and not self._of_a_round(frame, cue)):
                continue
            for name in list_after(self.units, cue.last + 1, starts, self.titles):
                if name < right:
                    self._add(frame, name, cue.kind == "leads", cue.rule)
        for cue in self.s.of("join"):
            if left <= cue.first < right and not any(s <= cue.first <= s + 2 for s in starts):
                if self._deal_context(frame, cue):
                    self._investor_subject(frame, cue)
        for i, cue in sorted(self.verb_at.items()):
            if cue.kind == "lead" and left <= i < right and not frame.investors:
                self._lead_verb(frame, cue, left, right)

    def _of_a_round(self, frame: Frame, cue: Cue) -> bool:
        """Whether "led by" speaks of a round, not of a team or a company."""
        if frame.money is not None or frame.round is not None:
            before = self.units[cue.first - 1].low if cue.first else ""
            return before not in ("team", "startup", "company", "start-up", "firm", "founded", "and", "up")
        return any(True for _ in self.s.of("this_round", "funding_noun"))

    def _money_from(self, frame: Frame, cue: Cue, left: int) -> bool:
        """Whether a bare "from" or "by" tells where the money of the frame comes from."""
        if frame.money is None and frame.round is None and not any(c.last < cue.first and cue.first - c.last <= 3 for c in self.s.of("funding_noun", "invest_noun")):
            return False
        if any(c.first <= cue.first <= c.last for c in self.s.of("leads", "joins")):
            return False
        word = self.units[cue.first].low
        before = self.units[cue.first - 1] if cue.first else None
        if before is None:
            return False
        if word == "by":
            return before.low in ("raised", "invested", "funded", "backed", "money", "round", "funding", "financing", "investment", "made", "put", "provided") or before.kind in ("money", "round")
        anchor = min(x for x in (frame.money, frame.round, cue.first) if x is not None)
        if cue.first < anchor:
            return False
        return not any(u.tag in ("VBD", "VBZ", "VBP") for u in self.units[anchor + 1 : cue.first])

    def _deal_context(self, frame: Frame, cue: Cue) -> bool:
        """Whether "including", "joined by" and the like speak of investors here."""
        if frame.money is not None or frame.round is not None:
            anchor = min(x for x in (frame.money, frame.round) if x is not None)
            word = self.units[cue.first].low
            if word in ("including", "includes", "include", "included", "such", "namely", "as", "along"):
                return (cue.first > anchor and any(j in self.investor_nouns for j in range(max(0, cue.first - 6), cue.first))) or any(c.kind in ("leads", "joins", "froms") and c.last < cue.first for c in self.s.cues) or word in ("along", "as")
            return True
        if self.units[cue.first].low in ("including", "includes", "include", "included", "such", "namely"):
            return any(j in self.investor_nouns for j in range(max(0, cue.first - 4), cue.first))
        near = any(True for _ in self.s.of("this_round", "funding_noun", "leads"))
        return near or any(j in self.investor_nouns for j in range(max(0, cue.first - 6), cue.last + 1))

    # valuation, date, status --------------------------------------------------------------------------------------------

    def _fill_valuation(self, out: list[Frame], zones: list[tuple[int, int]]) -> None:
        for i, cue in sorted(self.money_role.items()):
            if cue.kind == "valuation":
                frame = next((f for f, (a, b) in zip(out, zones, strict=True) if a <= i < b), out[-1])
                if frame.valuation is None:
                    frame.valuation, frame.valuation_cue = i, cue
                    if not frame.targets and not frame.refers:
                        self._valued_name(frame, cue)
        for frame, (a, b) in zip(out, zones, strict=True):
            if frame.valuation is None and frame.money is not None:
                for j in range(frame.money + 1, b):
                    if self.units[j].kind == "money" and j not in self.money_role and self.units[j - 1].low == "at":
                        frame.valuation = j

    def _valued_name(self, frame: Frame, cue: Cue) -> None:
        for j in range(cue.last, -1, -1):
            if self.units[j].kind == "name" and not describes(self.units, j, self.titles) and j not in {r.unit for r in frame.investors}:
                frame.targets, frame.rule = [j], cue.rule
                return
        frame.refers, frame.rule = True, cue.rule

    def _fill_context(self, out: list[Frame], zones: list[tuple[int, int]]) -> None:
        dates = [i for i, u in enumerate(self.units) if u.kind == "date"]
        stati = [c for c in self.s.of("status", "no_deal")]
        for frame, (left, right) in zip(out, zones, strict=True):
            anchor = frame.money if frame.money is not None else frame.round if frame.round is not None else left
            near = [d for d in dates if left <= d < right] or ([d for d in dates if d < left] if len(out) > 1 and False else [])
            frame.background = any(left <= c.first < right for c in self.s.of("background")) or (frame is not out[0] and frame.date is None and out[0].background)
            if near:
                frame.date = min(near, key=lambda d: (abs(d - anchor), d))
            here = [c for c in stati if left <= c.first < right] or (stati if len(out) == 1 else [])
            if here:
                frame.status = min(here, key=lambda c: {"denied": 0, "in_talks": 1, "rumored": 2}.get(c.value, 3))


def _value(unit: Unit) -> str:
    return str(getattr(unit.value, "value", ""))


def _tiny(unit: Unit) -> bool:
    """A price, not a deal."""
    money = getattr(unit.value, "value", None)
    return money is not None and max(money.min or 0, money.max or 0) < SMALLEST
