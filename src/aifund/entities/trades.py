"""In which trades an article places an organisation: "Quillet, the crop insurer" is in farming and in insurance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from aifund.entities.introduced import ends

_AROUND = 80  # characters before and behind a name that describe it
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


@dataclass(frozen=True)
class Trades:
    """`words` tells of which trades a word tells."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of_files(cls, files: Iterable[Mapping[str, Iterable[str]]]) -> Trades:
        """From lists of words by trade."""
        words: defaultdict[str, set[str]] = defaultdict(set)
        for file in files:
            for trade, its in file.items():
                for word in its:
                    words[word.casefold()].add(trade)
        return cls({word: frozenset(trades) for word, trades in words.items()})

    def told(self, text: str, names: Collection[str], others: Collection[str]) -> frozenset[str]:
        """The words of trades that `text` has beside any of `names`; those in the names `others` do not count."""
        for other in sorted(others, key=lambda name: (-len(name), name)):
            text = text.replace(other, " " * len(other))
        found: set[str] = set()
        for name in names:
            for end in ends(text, name):
                start = end - len(name)
                before = _SENTENCE_END.split(text[max(0, start - _AROUND) : start])[-1]
                after = _SENTENCE_END.split(text[end : end + _AROUND])[0]
                found.update(self._pattern.findall(f"{before} | {after}".casefold()))
        return frozenset(found)

    def of(self, words: Collection[str]) -> frozenset[str]:
        """The trades of which any of `words` tells."""
        return frozenset[str]().union(*(self.words[word] for word in words))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = "|".join(map(re.escape, sorted(self.words, key=lambda word: (-len(word), word)))) or r"\b\B"
        return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")
