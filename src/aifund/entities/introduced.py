"""What an article says itself about names: "Quillet (formerly Zorblat)", "the Fernhill Seed Trust (FST)"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

_CAPITAL = r"[^\W\d_a-zß-ÿ]"
_WORD = rf"{_CAPITAL}[\w.&’'+-]*"
_NAME = rf"[“\"‘']?(?P<name>{_WORD}(?:[ ](?:{_CAPITAL}|\d)[\w.&’'+-]*){{0,3}}|[㐀-鿿]{{2,12}})"
_BEFORE = rf"(?P<before>{_WORD}(?:[ ]{_WORD}){{0,3}}?)"
_BETWEEN = r"(?:['’]s)?\s?[,(–—-]?\s?(?i:{})\s(?:the\s)?"
_BRACKET = re.compile(rf"(?:['’]s)?\s?[(（]\s*(?P<quote>[“\"])?{_NAME}[”\"’']?\s*[)）]")
_TRIM = ".,;:’'\"”-"


@dataclass(frozen=True, slots=True)
class Introduction:
    """An article's word that `other` names what `name` names. `lasting`: it says so in words, not by a bracket."""

    name: str
    other: str
    quote: str
    lasting: bool


@dataclass(frozen=True)
class Phrases:
    """The words between a name and another one: `former` stand before an earlier name, `current` before a later."""

    former: tuple[str, ...] = ()
    current: tuple[str, ...] = ()

    def introductions(self, text: str, names: Collection[str]) -> Iterator[Introduction]:
        """What `text` says of any of `names`; of a former name, `name` is the present one and `other` the former."""
        bracketed = "(" in text or "（" in text
        worded = self._gate is not None and self._gate.search(text) is not None
        if not (bracketed or worded):
            return
        for name in sorted(names):
            for end in ends(text, name):
                if worded and self._worded and (found := self._worded.match(text, end)):
                    yield self._told(name, text[end - len(name) : found.end()], found)
                elif bracketed and (found := _BRACKET.match(text, end)):
                    other = found["name"].rstrip(_TRIM)
                    if found["quote"] or _is_short(other, name) or _wide(other) != _wide(name):
                        yield Introduction(name, other, text[end - len(name) : found.end()], lasting=False)
        if worded and self._renamed:
            for found in self._renamed.finditer(text):
                present, former = found["name"].rstrip(_TRIM), found["before"]
                if present in names and former not in names:
                    yield Introduction(present, former, found.group(), lasting=True)

    def _told(self, name: str, quote: str, found: re.Match[str]) -> Introduction:
        other = found["name"].rstrip(_TRIM)
        present, former = (other, name) if found["current"] else (name, other)
        return Introduction(present, former, quote, lasting=True)

    @cached_property
    def _gate(self) -> re.Pattern[str] | None:
        return re.compile(_any((*self.former, *self.current)), re.IGNORECASE) if self.former or self.current else None

    @cached_property
    def _worded(self) -> re.Pattern[str] | None:
        if not self._gate:
            return None
        return re.compile(_BETWEEN.format(f"(?P<former>{_any(self.former)})|(?P<current>{_any(self.current)})") + _NAME)

    @cached_property
    def _renamed(self) -> re.Pattern[str] | None:
        return re.compile(rf"\b{_BEFORE}{_BETWEEN.format(_any(self.current))}{_NAME}") if self.current else None


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(map(re.escape, longest_first)) or r"\b\B"


def ends(text: str, name: str) -> Iterator[int]:
    """Where `name` ends as whole words in `text`."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield end
        start = text.find(name, end)


def _is_short(other: str, name: str) -> bool:
    """Whether `other` is made of the first letters of the words of `name`: "FST" of "Fernhill Seed Trust"."""
    letters = other.replace(".", "").replace("&", "")
    words = [word for word in re.findall(r"[^\W_]+", name) if word not in ("of", "the", "and", "for")]
    return len(letters) > 1 and letters.isupper() and letters == "".join(word[0].upper() for word in words)


def _wide(name: str) -> bool:
    return any("㐀" <= letter <= "鿿" for letter in name)
