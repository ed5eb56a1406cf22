"""The words of the date rules, and the patterns that are written with them.

A pattern is RE2 in which a space stands for a gap between words and `{month}` for any word of the vocabulary `month`
or a number of that shape; `{month:month2}` gives what is read there another name. See `rules/dates.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import re2

from aifund.rules.patterns import compile_pattern

Value = int | str

INTEGERS = ("month", "weekday", "season", "quarter", "half", "shift", "deictic", "count")  # their values are numbers
NAMES = ("part", "unit")
WORDS = ("weekday_short", "round_word", "counted")  # their values are never looked at
MARKS = ("ago", "rolling", "coming", "head", "tail", "weekend")  # groups whose presence is their meaning
NUMBERS = {
    "year": r"(?:19|20)\d\d",
    "any_year": r"(?:(?:19|20)\d\d|'\d\d)",
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?",
    "late_day": r"(?:1[3-9]|2\d|3[01])",
    "month_number": r"(?:0?[1-9]|1[0-2])",
}
VOCABULARIES = (*INTEGERS, *NAMES, *WORDS)

_ALIASES = {*INTEGERS, *NAMES, "year", "day", "month2", "year2", "day2", "year_shift", "week_shift"}
_GAP = r"(?:[ \t\r]{0,2}[ \t\n])"  # up to three spaces or one line's end, never a blank line
_PLACEHOLDER = re.compile(r"\{([a-z_]+)(?::([a-z_]+2?))?\}")
_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one vocabulary: value → words, and the rule that lists them."""

    rule: str
    values: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns what a group matched into its value. `rule` is empty for plain numbers."""

    rule: str = ""
    table: Mapping[str, str] | None = None

    def read(self, text: str) -> Value:
        if self.table is None:
            return _number(text)
        value = self.table.get(_folded(text), text)
        return int(value) if value.lstrip("-").isdigit() else value


class Vocabulary:
    """All words, by the placeholder that stands for them."""

    def __init__(self, words: Mapping[str, Words]) -> None:
        self._words = words
        self._sources = dict(NUMBERS)

    def expand(self, pattern: str) -> str:
        """`pattern` as RE2, each placeholder a named group."""
        return _PLACEHOLDER.sub(lambda m: f"(?P<{m[2] or m[1]}>{self._source(m[1])})", pattern.replace(" ", _GAP))

    def readers(self, pattern: str) -> dict[str, Reader]:
        """For each group that `expand` names what reads it."""
        marks = {name: Reader("", {}) for name in _GROUP.findall(pattern)}
        return marks | {alias or name: self._reader(name) for name, alias in _PLACEHOLDER.findall(pattern)}

    def rules(self, pattern: str) -> list[str]:
        """The ids of the rules whose words `pattern` uses."""
        return [self._words[name].rule for name, _ in _PLACEHOLDER.findall(pattern) if name in self._words]

    def _source(self, name: str) -> str:
        if name not in self._sources:
            words = [_word(word) for group in self._words[name].values.values() for word in group]
            self._sources[name] = "|".join([*words, r"\d{1,2}"] if name == "count" else words)
        return self._sources[name]

    def _reader(self, name: str) -> Reader:
        if name in NUMBERS:
            return Reader()
        words = self._words[name]
        return Reader(words.rule, {_folded(word): value for value, group in words.values.items() for word in group})


def check_pattern(pattern: str) -> str:
    """Returns `pattern` if it can be used with whatever words, else raises ValueError."""
    for name, alias in _PLACEHOLDER.findall(pattern):
        if name not in VOCABULARIES and name not in NUMBERS:
            raise ValueError(f"unknown vocabulary '{name}' in the pattern")
        if alias and alias not in _ALIASES:
            raise ValueError(f"unknown name '{alias}' in the pattern")
    unknown = [name for name in _GROUP.findall(pattern) if name not in MARKS]
    if unknown:
        raise ValueError(f"unknown group '{unknown[0]}' in the pattern: it may be one of {', '.join(MARKS)}")
    compile_pattern(_PLACEHOLDER.sub(lambda m: f"(?P<{m[2] or m[1]}>x)", pattern.replace(" ", _GAP)))
    return pattern


def _word(word: str) -> str:
    """A word in lower case matches in any case, one with capitals only so or all in capitals: "May", not "may"."""
    source = _GAP.join(re2.escape(piece) for piece in word.split(" "))
    if word == word.lower():
        return source
    upper = _GAP.join(re2.escape(piece) for piece in word.upper().split(" "))
    return f"(?-i:{source}|{upper})"


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _number(text: str) -> int:
    number = int("".join(char for char in text if char.isdigit()))
    return 2000 + number if text.startswith("'") else number
