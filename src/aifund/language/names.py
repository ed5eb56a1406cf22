"""Finds the spans of names of organisations and people by how names are written, not by which names are known.

A name is a run of capitalised or oddly spelt tokens, bounded by words that never belong to one. What is capitalised
only because it opens a sentence or stands in a headline counts where it is no English word or where the rest of the
article shows it as a name. Catalogue names (also lower-case ones, "the dark side of the moon") count as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from aifund.language.tokens import Token
from aifund.language.vocabulary import CAPITAL, Evidence, Vocabulary, is_headline

_ODD = re.compile(
    r"""[A-Za-z][\w-]*\.(?:ai|io|com|co|app|dev|tech|example|bio|xyz|vc|health|energy)$   # deepNest.ai
    | [a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$ | /[a-z] | [a-z]\.[A-Z]                      # h2o.example, /dev, m.Paani
    | [a-z]{1,3}[A-Z][A-Za-z] | [a-z][A-Z]$ | [a-df-z]-[A-Z][a-z]{2}                       # iAugmentor, iD, k-Mosaic
    | [a-z]{2,}\d{2,}$ | [a-z]+\d[A-Za-z] | [a-z]+\d[a-z0-9]*\.                            # one80, ten3T
    | \d+[A-Za-z]{2,}\w*[a-z]\w* | \d+[A-Z]{2,}                                            # 3one4, 8VC""",
    re.VERBOSE,
)
_MEASURE = re.compile(
    r"\d+(?:st|nd|rd|th|x|d|g|k|m|mn|bn|b|s|km|kg|cm|mm|am|pm|hrs?|min|mw|gw|kwh?|gb|tb|mb|ghz|cr|l|p|hz|nm)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:[IVX]{1,4}|\d{1,2})$")
_FIGURE = re.compile(r"\d{1,3}[Dx]?\d?")
_SECTORS = ("tech", "bank")  # how words for a sector end
_OPENERS = frozenset('":(*|][/')
_ITEM_ENDS = frozenset((",", "and", ".", ")", "(", ";", "&", "["))


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens `start` to `end` (exclusive) of a sentence. `entity` is the catalogue's id where it knows the span."""

    start: int
    end: int
    entity: str = ""


class NameFinder:
    """Finds names in the sentences of one article."""

    def __init__(self, words: Vocabulary, evidence: Evidence) -> None:
        self._words = words
        self._evidence = evidence

    def find(self, tokens: Sequence[Token], taken: Collection[int], known: Sequence[NameSpan]) -> list[NameSpan]:
        """The names among `tokens`; those at indices in `taken` (money, rounds, dates) are out; `known` are the
        catalogue's spans.
        """
        return _Line(tokens, taken, known, self._words, self._evidence).names()


class _Line:
    """One sentence: which of its tokens may be part of names, and where the names begin and end."""

    def __init__(
        self,
        tokens: Sequence[Token],
        taken: Collection[int],
        known: Sequence[NameSpan],
        words: Vocabulary,
        evidence: Evidence,
    ) -> None:
        self.tokens, self.taken, self.words, self.evidence = tokens, taken, words, evidence
        self.headline = is_headline(tokens)
        free = [span for span in known if not any(i in taken for i in range(span.start, span.end))]
        self.entity = {i: span for span in free for i in range(span.start, span.end)}
        self.marks = [i in self.entity or (i not in taken and self._may_be(i)) for i in range(len(tokens))]

    def names(self) -> list[NameSpan]:
        out = []
        index = 0
        while index < len(self.tokens):
            if not self.marks[index]:
                index += 1
                continue
            end = self._run(index)
            span = self._trim(index, end)
            if span is not None:
                out.append(span)
            index = end
        return out

    def _text(self, i: int) -> str:
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def _marked(self, i: int) -> bool:
        return i < len(self.tokens) and self.marks[i]

    def _touches(self, i: int, gap: int = 0) -> bool:
        """Whether token `i` stands at most `gap` characters behind the one before it."""
        return i > 0 and self.tokens[i].start - self.tokens[i - 1].end <= gap

    # which tokens may be part of a name ------------------------------------------------------------

    def _may_be(self, i: int) -> bool:
        word = self._text(i)
        if _ODD.match(word) and not _MEASURE.fullmatch(word):
            return True
        if word.isalpha() and word.islower() and (self.evidence.small[word] or self._small_subject(i)):
            return len(word) > 3 and not self.words.english(word) and not self.words.common(word)
        if word[0].isdigit():
            return self._before_tail(i) and not _MEASURE.fullmatch(self._text(i + 1))
        if not CAPITAL.match(word) or (len(word) == 1 and self._text(i - 1)[-1:].isdigit()):  # "1.5 M of funding"
            return False
        if word in self.words.never:  # "AI" may end a name, not begin one
            ends = word in self.words.tails and self._touches(i, 1) and not self.words.place(self._text(i - 1))
            return (ends and self._may_be(i - 1)) or (i > 0 and not self.headline and self._before_tail(i))
        if (
            self._touches(i)
            and i > 1
            and self._touches(i - 1)
            and not self._text(i - 1).isalpha()
            and self._text(i - 2).islower()
        ):  # "co-Founder"
            return False
        if i + 1 in self.taken and word.lower() in self.words.verbs:  # "This Start-Up Raised $5m"
            return False
        if self.headline and not (i == 0 and self._text(i + 1) == "("):
            return self._in_headline(i)
        if i == 0 or self._text(i - 1) in _OPENERS:
            return self._at_opening(i)
        return True

    def _small_subject(self, i: int) -> bool:
        """Whether a word in lower case stands as names do: "the start-up nuvelo has", "in May, nuvelo raised"."""
        after, before = self._text(i + 1), self._text(i - 1).lower()
        acts = after in self.words.verbs or (after == "," and self._text(i + 2) in ("a", "an", "the", "which"))
        startup = before == "up" and self._text(i - 2) == "-"
        return acts and (startup or before in (",", ":") or before in self.words.nouns)

    def _before_tail(self, i: int) -> bool:
        """Whether what ends the name of a firm follows: "50k Ventures", "from Most Ventures", "GTM Angel Network"."""
        ends = (end for end in range(i + 2, i + 4) if self._joined(i + 1, end) in self.words.firm_tails)
        return any(all(self._touches(j, 1) for j in range(i + 1, end)) for end in ends)

    def _in_headline(self, i: int) -> bool:
        word = self._text(i)
        if word in self.words.tails and self._touches(i, 1) and CAPITAL.match(self._text(i - 1)):
            return self._in_headline(i - 1)
        if self._before_tail(i):
            return True
        seen = self.evidence.capital[word] or self.evidence.lower[word.lower()]
        if seen or self.words.common(word):
            return self.evidence.is_name(word)
        return not self.words.english(word) or all(self._unseen(token.text) for token in self.tokens[:i])

    def _unseen(self, word: str) -> bool:
        return bool(CAPITAL.match(word)) and not self.words.common(word) and not self.evidence.lower[word.lower()]

    def _at_opening(self, i: int) -> bool:
        """A capital that may be there only because a sentence begins."""
        word, after = self._text(i), self._text(i + 1)
        if word in self.words.openers and not self.evidence.is_name(word):
            return False
        if self.evidence.capital[word] or (word.isupper() and len(word) > 1):
            return True
        lower = self.evidence.lower[word.lower()]
        if not self.words.english(word) and not self.words.common(word) and not lower:
            return True
        if after == "&" and CAPITAL.match(self._text(i + 2)):
            return True
        if CAPITAL.match(after) and (after not in self.words.never or after in self.words.tails):
            return not (lower and self.words.common(word)) and not word.lower().endswith("ing")
        if after == "(" and i == 0 and CAPITAL.match(self._text(i + 2)):  # "Harrow (Bergen)": what follows explains it
            return True
        if after == ":" and i == 0 and i + 2 in self.taken:  # "Harrow: $5m seed"
            return True
        if after == "," and not lower:
            return self._text(i + 2).lower() in ("a", "an", "the", "which", "who", "whose")
        return after.lower() in self.words.verbs

    # where a name ends ------------------------------------------------------------

    def _run(self, start: int) -> int:
        """The end of the run of name tokens from `start`, over the connectors that names hold."""
        end = start + 1
        while end < len(self.tokens):
            one_entity = end in self.entity and self.entity.get(end - 1) is self.entity[end]
            if one_entity or (self.marks[end] and self._touches(end, 1) and not self._two_known(end)):
                end += 1
            else:
                step = self._connector(end)
                if not step:
                    break
                end += step
        return end

    def _two_known(self, i: int) -> bool:
        before, here = self.entity.get(i - 1), self.entity.get(i)
        return before is not None and here is not None and before is not here

    def _connector(self, i: int) -> int:
        """How many tokens from `i` on still belong to the name that ends before `i`; 0: none."""
        word = self._text(i)
        if i in self.taken or (word != "," and not self._touches(i, 1)):
            return 0
        if word.lower().strip(".") in self.words.legal and word[0].isupper():
            return 1
        special: dict[str, Callable[[int], int]] = {",": self._comma, ".": self._stop, "-": self._hyphen}
        if word in special:
            return special[word](i)
        if word in ("&", "+") and self._text(i + 1) == "the" and self._marked(i + 2):  # "Harrow & the Larks"
            return 3
        if not self._marked(i + 1):
            return int(self._small_tail(i) or self._numbered(i) or self._elided(i) or self._figure(i))
        tied = (
            (word in ("&", "+") and not self._firm_before(i))
            or (bool(_NUMBER.match(word)) and self._touches(i + 1, 1))
            or word in self.words.particles
            or (word == "'" and self.words.english(self._text(i - 1)) and not self._firm_before(i))  # "Founders' Co-op"
            or (word == "of" and self._text(i - 1).lower() in self.words.of)
            or (word == "and" and (self._text(i + 1).lower() in self.words.joined or self._founded(i) or self._half(i)))
            or (word == "'s" and not self._place_before(i) and self._owned(i + 1))
        )
        return 2 if tied else int(self._small_tail(i) or self._numbered(i))

    def _comma(self, i: int) -> int:
        """ ", Inc." """
        suffix = self._text(i + 1)
        if suffix.rstrip(".").lower() not in self.words.legal or not suffix[:1].isupper():
            return 0
        return 3 if self._text(i + 2) == "." and self._touches(i + 2) and i + 3 < len(self.tokens) else 2

    def _stop(self, i: int) -> int:
        """The full stop of "T. Rowe" and "Inc."."""
        if len(self._text(i - 1)) <= 2 and self._marked(i + 1):
            return 2
        return int(self._text(i - 1).lower() in self.words.legal and i + 1 < len(self.tokens))

    def _hyphen(self, i: int) -> int:
        part = self._marked(i + 1) or bool(_FIGURE.fullmatch(self._text(i + 1)))
        return 2 if self._touches(i) and part and self._touches(i + 1) and i + 1 not in self.taken else 0

    def _figure(self, i: int) -> bool:
        """ "Harrow 360 has": a figure that belongs to the name before it, since it counts nothing."""
        after = self._text(i + 1)
        counts = after not in self.words.verbs and after not in (*_ITEM_ENDS, ":", "")
        return bool(_FIGURE.fullmatch(self._text(i))) and not counts

    def _small_tail(self, i: int) -> bool:
        """ "Kabs ventures" in a list."""
        before, after = self._text(i - 1), self._text(i + 1)
        item = self._text(i) in self.words.small_tails and (not after or after in _ITEM_ENDS)
        return item and before[0].isupper() and before not in self.words.tails

    def _elided(self, i: int) -> bool:
        """ "Paint'd"; not "Who'd"."""
        return self._text(i) == "'d" and not self.words.common(self._text(i - 1))

    def _firm_before(self, i: int) -> bool:
        """Whether the name of a firm ends before token `i`: "Oakmoss Ventures' Nora Lind"."""
        return self._text(i - 1) in self.words.firm_tails

    def _numbered(self, i: int) -> bool:
        return bool(_NUMBER.match(self._text(i))) and self._text(i - 1) in self.words.numbered

    def _place_before(self, i: int) -> bool:
        return any(self.words.place(self._joined(max(0, i - length), i)) for length in (1, 2))

    def _owned(self, i: int) -> bool:
        """The fund of "SoftBank's Vision Fund 2"."""
        last = self._last(i)
        return last > i and self._text(last) in self.words.numbered

    def _last(self, i: int) -> int:
        """The last token of the marked run that begins at `i`."""
        while self._marked(i + 1):
            i += 1
        return i

    def _founded(self, i: int) -> bool:
        """ "Bill and Melinda Gates Foundation"."""
        last = self._last(i + 1)
        alone = i < 2 or not self.marks[i - 2]
        return alone and not self._text(i - 1).isupper() and last > i + 2 and self._text(last) in self.words.founded

    def _half(self, i: int) -> bool:
        """ "the Norric Export and Investment Fund": what follows "and" is no name alone."""
        rest = self._joined(i + 1, self._last(i + 1) + 1)
        first = i - 1
        while first and self._marked(first - 1):
            first -= 1
        named = self._text(first - 1).lower() == "the" and self.words.english(self._text(i - 1))
        return named and " " in rest and rest in self.words.firm_tails and not self._firm_before(i)

    # what of a run is the name ------------------------------------------------------------

    def _trim(self, start: int, end: int) -> NameSpan | None:
        """The run without titles and nationalities before it; None where nothing that can be a name is left."""
        if end - start > 1 and self.words.place(self._joined(start, end)):
            return None
        known = list({id(self.entity[i]): self.entity[i] for i in range(start, end) if i in self.entity}.values())
        left, right = start, end
        if not (len(known) == 1 and (known[0].start, known[0].end) == (start, end)):
            left, right = self._bounds(start, end)
        exact = next((span for span in known if (span.start, span.end) == (left, right)), None)
        if exact is not None:
            return exact
        if left >= right or not (known or self._can_be(left, right)):
            return None
        return NameSpan(left, right)

    def _bounds(self, left: int, right: int) -> tuple[int, int]:
        while left < right and left not in self.entity and self._no_part(left, right):
            left += 2 if self._text(left + 1) == "." else 1
        while right - 1 > left and right - 1 not in self.entity and self._text(right - 1).lower() in self.words.titles:
            right -= 1
        return left, right

    def _no_part(self, left: int, right: int) -> bool:
        """Whether the first token of a run is no part of the name: a title, a nationality, a sentence's first word."""
        word, more = self._text(left), left + 1 < right
        if (word.lower() in self.words.titles or word in self.words.never) and not self._before_tail(left):
            return True
        low = word.lower()
        sector = low in self.words.nouns and low not in _SECTORS and low.endswith(_SECTORS)  # "Fintech Harrow has"
        if more and left == 0 and (word in self.words.openers or sector):
            return True
        return more and self.words.place(word) and self._without(left, right)

    def _without(self, left: int, right: int) -> bool:
        """A nationality before a name that the article also uses without it ("Chinese MiniMax")."""
        rest = self._text(left + 1)
        plain = rest in self.words.tails or rest.lower() in self.words.nouns
        return right - left == 2 and self.evidence.capital[rest] > 1 and not plain

    def _can_be(self, left: int, right: int) -> bool:
        """Whether a run that no catalogue knows can be a name as a whole."""
        text = self._joined(left, right)
        words = [token.text for token in self.tokens[left:right]]
        if all(w.isdigit() or w in "&+.-'s" for w in words):
            return False
        if len(words) == 1 and self._plain(left):
            return False
        if self._text(right) == "-" and self._touches(right) and self._text(right + 1).islower():  # "Berlin-based"
            return False
        if len(words) > 1 and text.lower() in self.words.nouns:
            return False
        return not self.words.place(text) and text.lower() not in self.words.publications

    def _plain(self, i: int) -> bool:
        """A capitalised noun of the trade ("Angel", "Seed") or a word that is no name alone ("Two", "Capital")."""
        word = self._text(i)
        if word in self.words.alone and (i == 0 or not self.evidence.is_name(word)):
            return True
        noun = word.lower() in self.words.nouns
        return noun and self.evidence.capital[word] <= self.evidence.lower[word.lower()] + 1

    def _joined(self, left: int, right: int) -> str:
        return " ".join(token.text for token in self.tokens[left:right])
