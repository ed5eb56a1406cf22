"""The money grammar, one figure at a time: currency, number and magnitude, and what their words mean."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from aifund.rules.money_rules import CurrencyRule, MagnitudeRule, MoneyRules
from aifund.rules.patterns import Parts, alternation, compile_pattern, phrases

_DIGITS = (
    r"(?:\d{1,3}(?:[,']\d{2,3})+(?:\.\d{1,4})?"  # 1,000,000.50 and 10,00,000
    r"|\d{1,3}(?:\.\d{3}){2,4}|\d{1,3}(?: \d{3}){2,4}"  # 1.000.000 and 1 000 000
    r"|\d{1,15}(?:[.,]\d{1,6})?)"
)
_SEP = r"[\s-]{0,3}"
_JOINT = r"(?P<joint>\s{0,2}-\s{0,2}|\s+to\s+|\s+and\s+)"
_UNFINISHED = re.compile(rb"\w|[.,]\d|%")
_ANOTHER = re.compile(rb"\s{0,2}\d")
_INSIDE_NUMBER = re.compile(rb"\d[.,]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUPED = re.compile(r"\d{1,3}(?:[,' ]\d{2,3})*[,' ]\d{3}(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}")
_DOTTED = re.compile(r"\d{1,3}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in UTF-8 text: its bytes and bounds (equal unless vague), its currency if it names one, its rules.

    `factor` is 1 where no magnitude is written; `more` tells of a "+" inside; `lower` is the figure that `joint` joins
    before it, as in "20 to 25 million dollars".
    """

    start: int
    end: int
    min: Fraction
    max: Fraction
    currency: CurrencyRule | None
    rules: tuple[str, ...]
    factor: int = 1
    vague: bool = False
    more: bool = False
    lower: Figure | None = None
    joint: str = ""

    def below(self, upper: Figure) -> Figure:
        """This figure with what it leaves to `upper` to say: the magnitude of the 20 in "$20-25 million"."""
        factor = upper.factor if self.factor == 1 and self.max < 1000 else 1
        return replace(self, min=self.min * factor, max=self.max * factor, currency=self.currency or upper.currency)


class Grammar:
    """The vocabulary of `rules`, compiled: finds where figures begin and reads them. All offsets are bytes."""

    def __init__(self, rules: MoneyRules) -> None:
        self._signs = {normal(sign): rule for rule in rules.currencies for sign in rule.signs}
        self._words = {normal(word).lower(): rule for rule in rules.currencies for word in rule.words}
        self._codes = {rule.code: rule for rule in reversed(rules.currencies)}
        self._sizes = {normal(word).lower(): rule for rule in rules.magnitudes for word in (*rule.words, *rule.short)}
        self._numbers = {normal(word).lower(): (Fraction(str(value)), rule.id)
                         for rule in rules.numbers for word, value in rule.values.items()}  # fmt: skip
        self._vague = {normal(word).lower(): rule for rule in rules.vague for word in rule.words}
        self._glue = {word.lower(): rule.id for rule in rules.glue for word in rule.words}
        self._number_parts = _splitter(self._numbers)
        self._size_parts = _splitter(self._sizes)
        self._compile(rules)

    def _compile(self, rules: MoneyRules) -> None:
        currencies, strong = rules.currencies, [rule for rule in rules.currencies if not rule.weak]
        sign = f"(?:{phrases((sign for rule in currencies for sign in rule.signs), right=False)})"
        after, strong_after = _after(currencies), _after(strong)
        full = [word for rule in rules.magnitudes for word in rule.words]
        short = [word for rule in rules.magnitudes for word in rule.short]
        size = rf"(?i:{_SEP}(?:{phrases(full, left=False)})|\s?(?:{phrases(short, left=False)}))"
        spoken = _any(self._numbers)
        number = rf"(?:{_DIGITS}|{spoken}(?:[\s-]{{1,3}}{spoken}){{0,5}})"
        # Only words follow a first magnitude ("lakh crore"): the letter in "$60 million B" is a round.
        sizes = rf"(?:{size}(?i:{_SEP}(?:{phrases(full, left=False)})){{0,2}})"
        sized = rf"(?P<num>{number})(?P<plus>\+|-plus)?(?P<sizes>{sizes}?)"
        vague = _any(word for rule in rules.vague if not rule.currency for word in rule.words)
        whole = _any(word for rule in rules.vague if rule.currency for word in rule.words)
        forms = [
            rf"(?P<sign>{sign})\s{{0,2}}{sized}(?:{_SEP}(?P<after>{strong_after}))?",
            rf"\b{sized}{_SEP}(?P<after>{after})",
            rf"\b(?P<lnum>{number})(?P<lsizes>{sizes}?){_JOINT}{sized}{_SEP}(?P<after>{after})",
            rf"(?P<vague>{vague})(?P<sizes>{sizes})[\"']?(?:\s+of)?{_SEP}(?P<after>{after})",
            rf"(?P<vague>{whole})(?:{_SEP}(?P<after>{strong_after}))?",
        ]
        self._forms = [compile_pattern(form) for form in forms]
        self._start = compile_pattern(alternation(forms))
        self._right = compile_pattern(
            rf"{_JOINT}(?:(?P<sign>{sign})\s{{0,2}})?{sized}(?:{_SEP}(?P<after>{strong_after}))?"
        )
        self._glued = compile_pattern(
            rf"(?P<sizes>{_SEP}(?i:{phrases(self._sizes, left=False, right=False)}))"
            rf"(?P<glue>(?i:{phrases(self._glue, left=False)}))"
        )
        self._broken = compile_pattern(rf"{_SEP}(?i:{phrases(full, left=False, right=False)})")

    def start(self, content: bytes, position: int) -> int:
        """Where the next thing that looks like a figure begins; -1: nowhere."""
        match = self._start.search(content, position)
        return -1 if match is None else int(match.start())

    def read(self, content: bytes, start: int) -> Figure | None:
        """The figure that begins at `start` and names its currency; None where there is none after all."""
        matches = [match for form in self._forms if (match := form.match(content, start))]
        if not matches or _INSIDE_NUMBER.match(content, max(start - 2, 0), start):
            return None
        figure = self._figure(content, Parts(max(matches, key=lambda match: int(match.end()))))
        return figure if figure and figure.currency else None

    def right(self, content: bytes, end: int) -> Figure | None:
        """What joins a figure that ends at `end` from the right: "-25 million" after "$20". It may lack a currency."""
        match = self._right.match(content, end)
        if match is None:
            return None
        parts = Parts(match)
        named = parts.text("sign") or parts.text("sizes") or parts.text("after")
        return self._figure(content, parts) if named else None

    def _figure(self, content: bytes, parts: Parts) -> Figure | None:
        currency, end = self._currency(content, parts)
        if parts.text("vague"):
            return self._vaguely(parts, currency, end)
        sizes = parts.text("sizes")
        glue: tuple[str, ...] = ()
        if not sizes and end == parts.end_of("num", "plus"):
            if match := self._glued.match(content, end):
                glued = Parts(match)
                sizes, end = glued.text("sizes"), glued.end_of("sizes")
                glue = (self._glue[glued.text("glue").lower()],)
            elif self._broken.match(content, end):
                return None
        if not glue and _UNFINISHED.match(content, end):
            return None
        sized = self._sized(parts.text("num"), sizes, currency, bare=not parts.text("sign"))
        if sized is None:
            return None
        value, factor, rules = sized
        return Figure(
            start=parts.start_of("sign" if parts.text("sign") else "num"),
            end=end,
            min=value,
            max=value,
            currency=currency,
            rules=((currency.id,) if currency else ()) + rules + glue,
            factor=factor,
            more=bool(parts.text("plus")),
            lower=self._lower(parts),
            joint=parts.text("joint").strip(),
        )

    def _currency(self, content: bytes, parts: Parts) -> tuple[CurrencyRule | None, int]:
        """The currency and where the figure ends: before `after` where that belongs to what follows."""
        sign = self._signs.get(normal(parts.text("sign")))
        sign_after = self._signs.get(normal(parts.text("after")))
        after = sign_after or self._words.get(normal(parts.text("after")).lower())
        borrowed = sign_after is not None and _ANOTHER.match(content, parts.end)  # "in 2023 USD 5 million"
        clash = sign is not None and after is not None and sign.code != after.code and not sign.generic
        if borrowed or clash:
            return sign, parts.end_of("num", "plus", "sizes", "vague")
        return after or sign, parts.end

    def _sized(
        self, number: str, sizes: str, currency: CurrencyRule | None, *, bare: bool
    ) -> tuple[Fraction, int, tuple[str, ...]] | None:
        """Value, factor and rules of a number with its magnitudes; `bare`: no currency sign stands before it."""
        magnitudes = self._magnitudes(sizes)
        if any(rule.only and (currency is None or currency.code not in rule.only) for rule in magnitudes):
            return None
        factor = math.prod(rule.factor for rule in magnitudes)
        unclear = bare and (not number[0].isdigit() or _YEAR.fullmatch(number))
        if factor == 1 and currency is not None and (currency.weak or unclear):
            return None
        value, rules = self._number(number, whole=factor == 1)
        return value * factor, factor, (*rules, *(rule.id for rule in magnitudes))

    def _number(self, number: str, *, whole: bool) -> tuple[Fraction, tuple[str, ...]]:
        if number[0].isdigit():
            return _digits(number, whole=whole), ()
        value = Fraction(0)
        rules = []
        for word in self._number_parts.findall(normal(number).lower()):
            amount, rule = self._numbers[word]
            if amount >= 100:
                value = max(value, Fraction(1)) * amount
            elif amount < value:
                value += amount
            else:  # "twenty five" adds up, "a ten" in "a ten million dollar round" does not
                value = amount
            rules.append(rule)
        return value, tuple(dict.fromkeys(rules))

    def _vaguely(self, parts: Parts, currency: CurrencyRule | None, end: int) -> Figure:
        rule = self._vague[normal(parts.text("vague")).lower()]
        named = (currency.id,) if currency else ()
        magnitudes = self._magnitudes(parts.text("sizes"))
        factor = math.prod(magnitude.factor for magnitude in magnitudes)
        return Figure(
            start=parts.start,
            end=end,
            min=Fraction(rule.min * factor),
            max=Fraction(rule.max * factor),
            currency=currency or self._codes.get(rule.currency or ""),
            rules=(*named, rule.id, *(magnitude.id for magnitude in magnitudes)),
            factor=factor,
            vague=True,
        )

    def _magnitudes(self, sizes: str) -> list[MagnitudeRule]:
        return [self._sizes[word] for word in self._size_parts.findall(normal(sizes).lower())]

    def _lower(self, parts: Parts) -> Figure | None:
        number, sizes = parts.text("lnum"), parts.text("lsizes")
        if not number or (not sizes and _YEAR.fullmatch(number)):
            return None
        sized = self._sized(number, sizes, None, bare=True)
        if sized is None:
            return None
        value, factor, rules = sized
        return Figure(parts.start_of("lnum"), parts.end_of("lnum", "lsizes"), value, value, None, rules, factor)


def _digits(number: str, *, whole: bool) -> Fraction:
    """The value of digits; `whole`: no magnitude follows, so that "850.000" means thousands."""
    if _GROUPED.fullmatch(number):
        if number.count(".") > 1:
            number = number.replace(".", "")
        number = re.sub("[,' ]", "", number)
    elif whole and _DOTTED.fullmatch(number):
        number = number.replace(".", "")
    if "." not in number:
        number = re.sub("[,']", ".", number, count=1)
    return Fraction(re.sub("[,']", "", number))


def normal(phrase: str) -> str:
    """`phrase` with one space for each run of white space and hyphens."""
    return " ".join(phrase.replace("-", " ").split())


def _any(words: Iterable[str]) -> str:
    return f"(?i:{phrases(words)})"


def _after(currencies: Iterable[CurrencyRule]) -> str:
    rules = list(currencies)
    words = [word for rule in rules for word in rule.words]
    signs = [sign for rule in rules for sign in rule.signs]
    return f"(?:{phrases(signs, left=False)}|(?i:{phrases(words, left=False)}))"


def _splitter(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
