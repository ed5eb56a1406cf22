"""Sums of money in a text: figures with their hedges, ranges and conversions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from aifund.language.figures import Figure, Grammar, normal
from aifund.language.lexicon import Points
from aifund.language.text import matching
from aifund.model import Mention, Money, Number, Qualifier
from aifund.rules.models import Rules
from aifund.rules.money_rules import CurrencyRule, HedgeRule, MoneyRules, MoneyVetoRule
from aifund.rules.patterns import Parts, compile_pattern, phrases

_STEP = 1_000_000  # "tens of millions" end at 99 million: 10 times the lower end, less one million
_WINDOW = 90  # bytes before a figure in which its hedges stand
_LOWER: tuple[Qualifier, ...] = ("at_least", "more_than")
_UPPER: tuple[Qualifier, ...] = ("up_to", "less_than")
_CLOSE = re.compile(rb"\s?[)\]]")


def find_money(text: str, rules: Rules) -> list[Mention]:
    """All sums in `text`, sorted, none overlapping: kind "money", value `Money`, rule the ids joined by "+".

    A sum told in two currencies is one mention, of the figure that stands first; a price per unit is none.
    """
    return [mention for mention in read(text, rules.money) if mention.kind == "money"]


def read(text: str, rules: MoneyRules) -> list[Mention]:
    """As `find_money`, with what a veto took out as mentions of kind "veto", whose value is the `Money` too."""
    return _reader(rules).read(text)


def render(value: Money) -> str:
    """Money in words for examples: "800000000 USD exact", "1000000000.. USD at_least", "20..25 EUR range"."""
    low, high = ("" if bound is None else str(bound) for bound in (value.min, value.max))
    return f"{low if low == high else f'{low}..{high}'} {value.currency} {value.qualifier}"


@lru_cache(maxsize=4)
def _reader(rules: MoneyRules) -> _Reader:
    return _Reader(rules)


@dataclass(frozen=True, slots=True)
class _Hedges:
    """The hedges before a figure; `start` is where the quote begins: at the first of them, else at the figure."""

    start: int
    rules: tuple[HedgeRule, ...] = ()
    fillers: tuple[str, ...] = ()

    def has(self, qualifier: Qualifier) -> bool:
        return any(rule.qualifier == qualifier for rule in self.rules)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A figure, or the two ends of a range, with the hedges before it."""

    low: Figure
    high: Figure
    hedges: _Hedges


class _Reader:
    """The whole grammar of one set of rules. All offsets are bytes of UTF-8."""

    def __init__(self, rules: MoneyRules) -> None:
        self._grammar = Grammar(rules)
        self._before = {normal(word).lower(): rule for rule in rules.hedges for word in rule.before}
        self._after = {normal(word).lower(): rule for rule in rules.hedges for word in rule.after}
        self._linked = {normal(word).lower(): rule.id for rule in rules.conversions for word in rule.words}
        hedge = f"(?i:{phrases(word for rule in rules.hedges for word in rule.before)})"
        filler = f"(?i:{phrases(word for rule in rules.fillers for word in rule.words)})"
        after = f"(?i:{phrases(word for rule in rules.hedges for word in rule.after)})"
        words = f"(?i:{phrases(word for rule in rules.conversions for word in rule.words)})"
        self._fillers = {normal(word).lower(): rule.id for rule in rules.fillers for word in rule.words}
        self._hedge_or_filler = compile_pattern(f"{hedge}|{filler}")
        self._hedged = compile_pattern(rf"(?:(?:{hedge})[\s-]{{0,3}}(?:(?:{filler})[\s-]{{1,3}}){{0,3}}){{1,3}}\z")
        self._hedged_after = compile_pattern(rf"[\s-]{{0,2}}(?P<hedge>{after})")
        self._link = compile_pattern(
            r"\s{0,2}(?P<open>[(\[])?(?P<mark>[,;:/-]{0,2})\s{0,2}"
            rf"(?:(?P<word>{words})[\s,:]{{0,3}})?(?P<hedge>(?:{hedge}[\s-]{{0,3}}){{0,2}})"
        )
        self._vetoes = [_Veto(rule) for rule in rules.vetoes]
        self._switches = [_Switch(rule) for rule in rules.currencies if rule.unless]

    def read(self, text: str) -> list[Mention]:
        content = matching(text).encode("utf-8", "replace")
        points = Points(content, len(content) == len(text))
        codes = {switch.rule: switch.code for switch in self._switches if switch.pattern.search(content)}
        mentions = []
        position = 0
        while (start := self._grammar.start(content, position)) >= 0:
            figure = self._grammar.read(content, start)
            if figure is None or figure.currency is None:
                position = start + 1
                continue
            total = self._sum(content, position, figure)
            end, more = self._end(content, total)
            position, linked = self._conversion(content, end, figure.currency)
            vetoes = [veto.id for veto in self._vetoes if veto.holds(content, total.hedges.start, end, position)]
            value = _money(total, more, codes.get(figure.currency.id, figure.currency.code))
            rules = [*(rule.id for rule in total.hedges.rules), *total.hedges.fillers]
            rules += [*total.low.rules, *total.high.rules, *(rule.id for rule in more), *linked, *vetoes]
            span = slice(points.at(total.hedges.start), points.at(end))
            kind = "veto" if vetoes else "money"
            names = "+".join(dict.fromkeys(rules))
            mentions.append(Mention(kind, span.start, span.stop, text[span], value, names))
        return mentions

    def _sum(self, content: bytes, floor: int, figure: Figure) -> _Sum:
        """The figure as part of what stands around it, from `floor` on."""
        if figure.lower is not None:
            hedges = self._hedges(content, floor, figure.lower.start)
            low = figure.lower.below(figure)
            if _joins(low, figure, figure.joint, hedges):
                return _Sum(low, figure, hedges)
        hedges = self._hedges(content, floor, figure.start)
        high = self._grammar.right(content, figure.end)
        if high is not None:
            high = high if high.currency else replace(high, currency=figure.currency)
            low = figure.below(high)
            if _joins(low, high, high.joint, hedges):
                return _Sum(low, high, hedges)
        return _Sum(figure, figure, _Hedges(figure.start) if hedges.has("range") else hedges)

    def _hedges(self, content: bytes, floor: int, start: int) -> _Hedges:
        begin = max(floor, start - _WINDOW)
        window = content[begin:start]
        if begin > floor:  # the cut may have left half a word
            begin += window.find(b" ") + 1
            window = content[begin:start]
        match = self._hedged.search(window)
        if match is None:
            return _Hedges(start)
        first = start
        rules: list[HedgeRule] = []
        fillers: list[str] = []
        for part in self._hedge_or_filler.finditer(window, match.start()):
            word = normal(part.group().decode()).lower()
            rule = self._before.get(word)
            if rule is None:
                fillers.append(self._fillers[word])
                continue
            rules.append(rule)
            if rule.qualifier == "exact":
                first = start
            elif first == start:
                first = begin + int(part.start())
        return _Hedges(first, tuple(rules), tuple(dict.fromkeys(fillers)))

    def _end(self, content: bytes, total: _Sum) -> tuple[int, tuple[HedgeRule, ...]]:
        match = self._hedged_after.match(content, total.high.end)
        if match is None:
            return total.high.end, ()
        return int(match.end()), (self._after[normal(Parts(match).text("hedge")).lower()],)

    def _conversion(self, content: bytes, end: int, currency: CurrencyRule) -> tuple[int, tuple[str, ...]]:
        """Where to read on after a sum that ends at `end`: behind the same sum in other currencies."""
        rules: list[str] = []
        inside = False
        while True:
            link = Parts(self._link.match(content, end))
            word, mark = normal(link.text("word")).lower(), link.text("mark")
            sure = inside or link.text("open") or word or "/" in mark or (mark and link.text("hedge"))
            figure = self._grammar.read(content, link.end) if sure else None
            if figure is None or figure.currency is None or figure.currency.code == currency.code:
                return end, tuple(rules)
            inside = inside or bool(link.text("open"))
            if word:
                rules.append(self._linked[word])
            high = self._grammar.right(content, figure.end)
            end = high.end if high is not None and high.joint == "-" else figure.end
            if closed := _CLOSE.match(content, end):
                return closed.end(), tuple(rules)


class _Veto:
    """A veto rule, compiled."""

    def __init__(self, rule: MoneyVetoRule) -> None:
        self.id = rule.id
        self._after = compile_pattern(f"(?i:{rule.after})") if rule.after else None
        self._unless = compile_pattern(f"(?i:{rule.unless})") if rule.unless else None
        self._before = compile_pattern(rf"(?i:{rule.before})\z") if rule.before else None

    def holds(self, content: bytes, start: int, end: int, resume: int) -> bool:
        """Whether the rule speaks against a figure from `start` to `end`, or to `resume` with its conversion."""
        if self._before and self._before.search(content[max(0, start - _WINDOW) : start]):
            return True
        return any(self._follows(content, place) for place in {end, resume})

    def _follows(self, content: bytes, place: int) -> bool:
        if self._after is None or not self._after.match(content, place):
            return False
        return self._unless is None or not self._unless.match(content, place)


class _Switch:
    """A currency that is another one in a text with certain words."""

    def __init__(self, rule: CurrencyRule) -> None:
        self.rule = rule.id
        self.code = rule.instead or rule.code
        self.pattern = compile_pattern(f"(?i:{phrases(rule.unless)})")


def _joins(low: Figure, high: Figure, joint: str, hedges: _Hedges) -> bool:
    """Whether two figures are the ends of a range: "from X to Y" is a change, "X and Y" needs a "between"."""
    if low.vague or high.vague or low.max >= high.min or low.currency is None or high.currency is None:
        return False
    if low.currency.code != high.currency.code:
        return False
    return hedges.has("range") if joint.lower() == "and" else not hedges.has("exact")


def _money(total: _Sum, more: tuple[HedgeRule, ...], currency: str) -> Money:
    low, high = _number(total.low.min), _number(total.high.max)
    if total.low is not total.high:
        return Money(low, high, currency, "range")
    if total.high.vague:
        return Money(low, high, currency, "vague")
    if any(rule.qualifier == "vague" for rule in more):
        return Money(low, _number(max(total.high.max, total.high.max * 10 - _STEP)), currency, "vague")
    said = [rule.qualifier for rule in (*more, *total.hedges.rules)]
    bounds = [qualifier for qualifier in said if qualifier in _LOWER or qualifier in _UPPER]
    qualifier: Qualifier = "more_than" if total.high.more else "about" if "about" in said else "exact"
    qualifier = bounds[0] if bounds else qualifier
    return Money(None if qualifier in _UPPER else low, None if qualifier in _LOWER else high, currency, qualifier)


def _number(value: Fraction) -> Number:
    return int(value) if value.denominator == 1 else float(value)
