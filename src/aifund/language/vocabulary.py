"""What is known of words before names are sought: by the rules, by English, and by the article itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from aifund.language.tokens import Token
from aifund.rules import Rules

CAPITAL = re.compile(r"[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff]")
_ANYWHERE = ("not-name.calendar", "not-name.initials", "not-name.function-word")
_SMALL = frozenset(("the", "and", "for", "with", "from", "into", "over", "its", "million", "billion"))
_OPENERS = ('"', ":", "(", "*", "|")
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er")


class Vocabulary:
    """Which words bound names: sets of words out of the rules, in lower case where case does not matter."""

    def __init__(self, rules: Rules, english: Collection[str]) -> None:
        def words(*kinds: str) -> frozenset[str]:
            return frozenset(w for kind in kinds for rule in rules.patterns.get(kind, ()) for w in rule.words)

        def low(*kinds: str) -> frozenset[str]:
            return frozenset(w.lower() for w in words(*kinds))

        def of(kind: str, value: str, same: bool = True) -> frozenset[str]:
            found = (rule for rule in rules.patterns.get(kind, ()) if (rule.value == value) == same)
            return frozenset(w for rule in found for w in rule.words)

        never = rules.patterns.get("not_name", ())
        self.never = frozenset(w for rule in never if rule.id in _ANYWHERE for w in rule.words)
        self.openers = frozenset(w for rule in never if rule.id not in _ANYWHERE for w in rule.words)
        self.alone = words("not_name_alone")
        self.nouns = low("company_noun", "investor_noun", "sector_word", "investor_adjective")
        self.titles = low("job_title", "honorific")
        self.places = frozenset(w.lower() for w in of("place", "place") | words("nationality"))
        self.publications = frozenset(w.lower() for w in of("publication", "ambiguous", same=False))
        self.legal = frozenset(w.strip(".") for w in low("legal_suffix"))
        self.tails = words("org_tail")
        self.firm_tails = of("org_tail", "investor")
        self.verbs = words("name_verb")
        self.of, self.joined, self.particles = low("name_of"), low("name_and"), words("name_particle")
        self.small_tails, self.numbered = words("name_small_tail"), words("name_numbered")
        self.founded = words("name_founded")
        self.glue = low("company_noun", "glue")
        self._english = english

    def common(self, word: str) -> bool:
        """Whether the word also is a plain noun, title or place of such news."""
        low = word.lower()
        return low in self.nouns or low in self.titles or low in self.places or word in self.never | self.openers

    def english(self, word: str) -> bool:
        """Whether the word is a form of a common English word."""
        low = word.lower()
        stems = [low, *(low[: -len(end)] for end in _ENDINGS if low.endswith(end))]
        return any(stem in self._english or stem + "e" in self._english for stem in stems)

    def tail(self, name: str) -> str:
        """How a name ends: "investor", "organisation", or "" where its last word tells nothing."""
        last = name.split()[-1]
        return "investor" if last in self.firm_tails else "organisation" if last in self.tails else ""

    def plain(self, name: str) -> bool:
        """Whether every word of a name is a common one as well."""
        return all(self.common(word) or self.english(word) for word in name.split())

    def place(self, text: str) -> bool:
        return text.lower().replace("-", " ") in self.places


class Evidence:
    """How an article writes its words: capitalised inside sentences, in lower case, small where a sentence begins."""

    def __init__(self) -> None:
        self.capital: Counter[str] = Counter()
        self.lower: Counter[str] = Counter()
        self.small: Counter[str] = Counter()

    def add(self, tokens: Sequence[Token]) -> None:
        """Counts the words of one sentence; headlines tell nothing."""
        if is_headline(tokens):
            return
        if tokens and tokens[0].text.islower():
            self.small[tokens[0].text] += 1
        for index, token in enumerate(tokens):
            if index and CAPITAL.match(token.text) and tokens[index - 1].text not in _OPENERS:
                self.capital[token.text] += 1
            elif token.text.islower():
                self.lower[token.text] += 1

    def is_name(self, word: str) -> bool:
        return self.capital[word] > self.lower[word.lower()]

    def names(self) -> frozenset[str]:
        """The words that the article writes as names."""
        return frozenset(w for w in self.capital if self.is_name(w))


def is_headline(tokens: Sequence[Token]) -> bool:
    """Whether every longer word is capitalised, so that capitals tell nothing."""
    words = [t.text for t in tokens if t.text.isalpha() and len(t.text) > 2 and t.text not in _SMALL]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.95 * len(words)
