"""Finds the spans of names of organisations and people by how names are written, not by which names are known.

A name is a run of capitalised or oddly spelt tokens, bounded by words that never belong to one. What is capitalised
only because it opens a sentence or stands in a headline counts where the rest of the article shows it as a name.
Catalogue names (also lower-case ones, "the dark side of the moon") count as they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from aifund.language.tokens import Token

_CAPITAL = re.compile(r"[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff]")
_ODD = re.compile(r"[A-Za-z][\w-]*\.(?:ai|io|com|co|app|dev|tech|example|bio|xyz|vc|health|energy)$|[a-z]{2,}\d{2,}$|[a-z]+\d[A-Za-z]|[a-z]\.[A-Z]|[a-z][A-Z]$|[a-z]{1,3}[A-Z][A-Za-z]|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$|/[a-z]|\d+[A-Za-z]{2,}\w*[a-z]\w*|\d+[A-Z]{2,}|[a-z]+\d[a-z0-9]*\.")
_MEASURE = re.compile(r"\d+(?:st|nd|rd|th|x|d|g|k|m|mn|bn|b|s|km|kg|cm|mm|am|pm|hr|hrs|min|mw|gw|kw|kwh|gb|tb|mb|ghz|cr|l|p|hz|nm)", re.IGNORECASE)
_SMALL = frozenset(("the", "and", "for", "with", "from", "into", "over", "its", "million", "billion"))
_OPENERS = frozenset('":(*|][/')
_AFTER_SUBJECT = frozenset(("has", "had", "was", "will", "'s", "said", "says", "announced"))
_ROMAN = re.compile(r"(?:[IVX]{1,4}|\d{1,2})$")
_JOINS_OF = frozenset(["bank", "university", "institute", "college", "school", "house", "city", "state", "government", "ministry", "department", "council", "board", "bureau", "republic", "office", "knights", "sons", "daughters", "bureau", "museum", "fund", "foundation", "academy", "line", "lab", "center", "centre"])
_AFTER_AND = frozenset(["co", "co.", "company", "sons", "brothers", "partners", "associates", "daughters", "johnson", "industries"])


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens `start` to `end` (exclusive) of a sentence. `entity` is the catalogue's id where it knows the span."""

    start: int
    end: int
    entity: str = ""


class Vocabulary:
    """Which words bound names: sets of lower-case or cased words out of the rules."""

    def __init__(self, words: Mapping[str, Collection[str]], english: Collection[str] = frozenset()) -> None:
        self._english = english
        self.never = frozenset(words.get("not_name", ()))
        self.alone = frozenset(words.get("not_name_alone", ()))
        self.openers = frozenset(words.get("not_name_opener", ()))
        self.nouns = frozenset(w.lower() for k in ("company_noun", "investor_noun", "sector_word", "investor_adjective") for w in words.get(k, ()))
        self.titles = frozenset(w.lower() for k in ("job_title", "honorific") for w in words.get(k, ()))
        self.places = frozenset(w.lower() for k in ("place", "nationality") for w in words.get(k, ()))
        self.publications = frozenset(w.lower() for w in words.get("publication", ()))
        self.legal = frozenset(w.lower().strip(".") for w in words.get("legal_suffix", ()))
        self.tails = frozenset(words.get("org_tail", ()))
        self.funds = frozenset(words.get("org_tail_investor", ()))
        self._verbs = frozenset(words.get("deal_verb", ()))

    def common(self, word: str) -> bool:
        """Whether the word also is a plain noun, title or place of such news."""
        low = word.lower()
        return low in self.nouns or low in self.titles or low in self.places or word in self.never or word in self.openers

    def english(self, word: str) -> bool:
        """Whether the word is a form of a common English word."""
        low = word.lower()
        stems = [low] + [low[: -len(end)] for end in ("s", "es", "ed", "d", "ing", "ly", "er") if low.endswith(end)]
        return any(stem in self._english or stem + "e" in self._english for stem in stems)

    def deal_verb(self, word: str) -> bool:
        return word.lower() in self._verbs

    def before_name_only(self, after: str) -> bool:
        """Whether the word after a sentence's first one shows that to be a name, even where it is a common word."""
        return after.lower() in ("has", "'s") or self.deal_verb(after)


class Evidence:
    """How an article writes its words: capitalised inside sentences, or in lower case."""

    def __init__(self) -> None:
        self.capital: Counter[str] = Counter()
        self.lower: Counter[str] = Counter()
        self.small: Counter[str] = Counter()  # words with which sentences begin in lower case

    def add(self, tokens: Sequence[Token]) -> None:
        if is_headline(tokens):
            return
        if tokens and tokens[0].text.islower():
            self.small[tokens[0].text] += 1
        for index, token in enumerate(tokens):
            if index and _CAPITAL.match(token.text) and tokens[index - 1].text not in ('"', ":", "(", "*"):
                self.capital[token.text] += 1
            elif token.text.islower():
                self.lower[token.text] += 1

    def is_name(self, word: str) -> bool:
        return self.capital[word] > self.lower[word.lower()]

    def names(self) -> list[str]:
        return sorted((w for w in self.capital if self.is_name(w)), key=lambda w: (-len(w), w))


def is_headline(tokens: Sequence[Token]) -> bool:
    """Whether nearly every longer word is capitalised, so that capitals tell nothing."""
    words = [t.text for t in tokens if t.text.isalpha() and len(t.text) > 2 and t.text not in _SMALL]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.95 * len(words)


class NameFinder:
    """Finds the name spans of one sentence."""

    def __init__(self, words: Vocabulary, evidence: Evidence) -> None:
        self._words = words
        self._evidence = evidence

    def find(self, tokens: Sequence[Token], taken: Collection[int], known: Sequence[NameSpan]) -> list[NameSpan]:
        """The names among `tokens`; those at indices in `taken` (money, rounds, dates) are out; `known` are the
        catalogue's spans.
        """
        headline = is_headline(tokens)
        marks = [i not in taken and self._may_be(tokens, i, headline) for i in range(len(tokens))]
        entity: dict[int, NameSpan] = {}
        for span in known:
            if not any(i in taken for i in range(span.start, span.end)):
                for i in range(span.start, span.end):
                    marks[i] = True
                    entity[i] = span
        out = []
        index = 0
        while index < len(tokens):
            if not marks[index]:
                index += 1
                continue
            end = self._run(tokens, marks, index, taken, entity)
            span = self._trim(tokens, index, end, entity)
            if span:
                out.append(span)
            index = end
        return out

    def _may_be(self, tokens: Sequence[Token], i: int, headline: bool) -> bool:
        """Whether the token can be part of a name, by its own form and what stands around it."""
        word = tokens[i].text
        if _ODD.match(word) and not _MEASURE.fullmatch(word):
            return True
        if word.islower() and word.isalpha() and self._evidence.small[word]:
            return self._in_small(word, i)
        if not _CAPITAL.match(word):
            return False
        if word in self._words.never:
            return word in self._words.tails and i > 0 and tokens[i].start - tokens[i - 1].end == 1 and not self._place(tokens[i - 1].text) and self._may_be(tokens, i - 1, headline)
        if self._hyphened(tokens, i):
            return False
        if headline:
            return self._in_headline(tokens, i)
        if i == 0 or tokens[i - 1].text in _OPENERS:
            return self._at_opening(tokens, i)
        return True

    def _in_small(self, word: str, i: int) -> bool:
        """A name written in lower case: no English word, and sentences begin with it."""
        return len(word) > 3 and not self._words.english(word) and not self._words.common(word)

    def _in_headline(self, tokens: Sequence[Token], i: int) -> bool:
        word = tokens[i].text
        if word in self._words.tails and i and tokens[i].start - tokens[i - 1].end == 1 and _CAPITAL.match(tokens[i - 1].text):
            return self._in_headline(tokens, i - 1)
        if self._evidence.capital[word] or self._evidence.lower[word.lower()] or self._words.common(word):
            return self._evidence.is_name(word)
        if not self._words.english(word):
            return True
        return all(self._may_open(t.text) for t in tokens[:i])

    def _may_open(self, word: str) -> bool:
        return bool(_CAPITAL.match(word)) and not self._words.common(word) and not self._evidence.lower[word.lower()]

    def _at_opening(self, tokens: Sequence[Token], i: int) -> bool:
        """A capital that may be there only because a sentence begins."""
        word = tokens[i].text
        if word in self._words.openers and not self._evidence.is_name(word):
            return False
        if self._evidence.capital[word] or (word.isupper() and len(word) > 1):
            return True
        if not self._words.english(word) and not self._words.common(word) and not self._evidence.lower[word.lower()]:
            return True
        if i + 1 >= len(tokens):
            return False
        after = tokens[i + 1].text
        if after == "&" and i + 2 < len(tokens) and _CAPITAL.match(tokens[i + 2].text):
            return True
        if _CAPITAL.match(after) and after not in self._words.never:
            return not (self._evidence.lower[word.lower()] and self._words.common(word)) and not word.lower().endswith("ing")
        if self._evidence.lower[word.lower()] > 0 and not self._words.before_name_only(after):
            return False
        if after == "," and i + 2 < len(tokens):
            return tokens[i + 2].text.lower() in ("a", "an", "the", "which", "who", "whose")
        return after.lower() in _AFTER_SUBJECT or self._words.deal_verb(after)

    @staticmethod
    def _hyphened(tokens: Sequence[Token], i: int) -> bool:
        return i >= 2 and tokens[i - 2].end == tokens[i - 1].start and tokens[i - 1].end == tokens[i].start and tokens[i - 2].text.islower()

    def _run(self, tokens: Sequence[Token], marks: list[bool], start: int, taken: Collection[int], entity: dict[int, NameSpan]) -> int:
        """The end of the run of name tokens from `start`, over the connectors that names hold."""
        end = start + 1
        while end < len(tokens):
            gap = tokens[end].start - tokens[end - 1].end
            same_entity = end in entity and entity.get(end - 1) is entity[end]
            if same_entity:
                end += 1
                continue
            if marks[end] and gap <= 1 and not self._breaks(tokens, end, entity):
                end += 1
                continue
            step = self._connector(tokens, marks, end, taken)
            if not step:
                break
            end += step
        return end

    def _breaks(self, tokens: Sequence[Token], i: int, entity: dict[int, NameSpan]) -> bool:
        """Two names side by side: a catalogue name beside another one."""
        before, here = entity.get(i - 1), entity.get(i)
        return before is not None and here is not None and before is not here

    def _connector(self, tokens: Sequence[Token], marks: list[bool], i: int, taken: Collection[int]) -> int:
        """How many tokens from `i` on still belong to the name that ends before `i`; 0: none."""
        word = tokens[i].text
        before = tokens[i - 1]
        after = i + 1 < len(tokens) and marks[i + 1]
        adjacent = tokens[i].start - before.end <= 1
        if word.lower().strip(".") in self._words.legal and i not in taken and adjacent and word[0].isupper():
            return 1
        if not adjacent and word != ",":
            return 0
        if word in ("&", "+") and after:
            return 2
        if word == "." and i + 1 < len(tokens) and len(before.text) <= 2 and marks[i + 1] if i + 1 < len(tokens) else False:
            return 2
        if word == "," and i + 1 < len(tokens) and tokens[i + 1].text.rstrip(".").lower() in self._words.legal and tokens[i + 1].text[0].isupper():
            dot = i + 2 < len(tokens) and tokens[i + 2].text == "." and tokens[i + 2].start == tokens[i + 1].end
            return 3 if dot and i + 3 < len(tokens) else 2
        if word in ("ventures", "capital", "partners", "fund", "angels") and i not in taken and before.text[0].isupper() and before.text not in self._words.tails and self._ends_item(tokens, i):
            return 1
        if word == "." and before.text.lower() in self._words.legal and i + 1 < len(tokens):
            return 1
        if word == "-" and after and tokens[i + 1].start == tokens[i].end and before.end == tokens[i].start:
            return 2
        if word == "of" and before.text.lower() in _JOINS_OF and after:
            return 2
        if word == "and" and after and (tokens[i + 1].text.lower() in _AFTER_AND or self._foundation(tokens, marks, i)):
            return 2
        if word in ("de", "van", "von", "der", "del", "da", "du", "la", "le", "di", "bin", "al", "el") and after:
            return 2
        if word == "'s" and after and self._fund_follows(tokens, marks, i + 1):
            return 2
        if _ROMAN.match(word) and (before.text in self._words.funds or before.text in ("Formation", "Point", "Studio")) and i not in taken:
            return 1
        return 0

    @staticmethod
    def _ends_item(tokens: Sequence[Token], i: int) -> bool:
        """Whether the item of a list ends with token `i`."""
        return i + 1 >= len(tokens) or tokens[i + 1].text in (",", "and", ".", ")", "(", ";", "&", "[")

    @staticmethod
    def _foundation(tokens: Sequence[Token], marks: list[bool], i: int) -> bool:
        """ "Bill and Melinda Gates Foundation": two first names and what they founded."""
        last = i + 1
        while last + 1 < len(tokens) and marks[last + 1]:
            last += 1
        alone = i < 2 or not marks[i - 2]
        return alone and last > i + 2 and tokens[last].text in ("Foundation", "Trust", "Family")

    def _fund_follows(self, tokens: Sequence[Token], marks: list[bool], i: int) -> bool:
        """Whether the run from `i` ends like a fund: "SoftBank's Vision Fund"."""
        last = i
        while last + 1 < len(tokens) and marks[last + 1]:
            last += 1
        return last > i and tokens[last].text in ("Fund", "Funds", "Ventures", "Capital")

    def _trim(self, tokens: Sequence[Token], start: int, end: int, entity: dict[int, NameSpan]) -> NameSpan | None:
        if end - start > 1 and self._place(" ".join(t.text for t in tokens[start:end])):
            return None
        known = {id(entity[i]): entity[i] for i in range(start, end) if i in entity}
        spans = list(known.values())
        if len(spans) == 1 and (spans[0].start, spans[0].end) == (start, end):
            return spans[0]
        left = start
        while left < end and left not in entity and (self._place(tokens[left].text) and left + 1 < end and self._ends_place(tokens, left, end)):
            left += 1
        while left < end and left not in entity and (tokens[left].text.lower() in self._words.titles or tokens[left].text in self._words.never or (left + 1 < end and left == 0 and tokens[left].text in self._words.openers)):
            left += 1
        while end > left and end - 1 not in entity and (tokens[end - 1].text.lower() in self._words.titles and left + 1 < end):
            end -= 1
        words = [t.text for t in tokens[left:end]]
        if not words or (len(words) == 1 and left not in entity and (self._plain(words[0]) or (words[0] in self._words.alone and (left == 0 or not self._evidence.is_name(words[0]))))) or all(w.isdigit() or w in "&+.-'s" for w in words):
            return None
        based = end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end].start == tokens[end - 1].end and tokens[end + 1].text.islower()
        if based and not spans:
            return None
        whole = " ".join(words).lower()
        if not spans and (self._place(whole) or whole in self._words.publications or (len(words) > 1 and whole in self._words.nouns)):
            return None
        exact = [s for s in spans if (s.start, s.end) == (left, end)]
        return NameSpan(left, end, exact[0].entity if exact else "")

    def _plain(self, word: str) -> bool:
        """A capitalised noun of the trade ("Angel", "Seed") that the article does not use as a name."""
        return word.lower() in self._words.nouns and self._evidence.capital[word] <= self._evidence.lower[word.lower()] + 1

    def _place(self, text: str) -> bool:
        return text.lower().replace("-", " ") in self._words.places

    def _ends_place(self, tokens: Sequence[Token], left: int, end: int) -> bool:
        """A nationality before a name that the article also uses without it ("Chinese MiniMax") is no part of it."""
        rest = tokens[left + 1].text
        return end - left == 2 and self._evidence.capital[rest] > 1 and rest not in self._words.tails and rest.lower() not in self._words.nouns
