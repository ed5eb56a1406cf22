"""Cuts a sentence into tokens much as the parser's own tokeniser does, but keeps odd names whole.

"h2o.example", "/dev/agents" and "3one4" are one token; "Bengaluru-based" three; "startupRocketis", where links lost
their spaces, is cut where a word that the article knows ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?<!\S)/[a-z]+(?:/[a-z]+)+                                   # /dev/agents
    | (?:[A-Za-z0-9][\w-]*\.)+(?:ai|com|io|co|in|org|net|dev|app|example|tech|bio|xyz|me|fm|so|ly|tv|eu|de|fr|uk|ventures|vc|health|energy|space|one|eth|am|cloud|network|finance|capital|world|live|games|studio|chat|ca|jp|ch|nl|se)\b
    | (?<![^\s(])[a-z][a-z0-9-]+\.[a-z]{2,}\b(?!\.?\w)                # tofu.works
    | \b[a-z]\.[A-Z][a-z]\w+                                          # m.Paani
    | [Cc]o-(?:led|lead|leads|leading|invest\w*|found\w*|ops?)\b     # co-led, Co-op
    | (?:[A-Z]\.)+(?:[A-Z]\b(?!['-]))?                             # U.S., D. E., T.
    | \d+(?:[.,]\d+)+ | [^\W\d_]+(?=n'[tT]\b) | n'[tT]\b | '(?:s|S|re|ve|ll|d|m)\b   # 2.5, do-n't, 's
    | [^\W_]+(?:['](?!(?:s|S|re|ve|ll|d|m|t)\b)[^\W\d_]+)*(?:-(?:[a-z]{1,4}-)?(?!(?:Led|Backed|Based|Owned|Founded|Powered)\b)(?=[A-Z])[^\W_]+)*   # words, O'Reilly, Coca-Cola, Aix-en-Ray
    | \S
    """,  # noqa: E501
    re.VERBOSE,
)
_OPENING = re.compile(r"([A-Z]\w{3,}?)is(?= [a-z]+ing\b)")  # "Quillonis developing", where the name was a link
_GLUED = re.compile(r"([a-z]{2,12}?)((?![a-z])[^\W\d_][^\W\d_A-Z].*)")

_SHORTEST = 4  # letters of a name behind which a small word may stand glued


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence: offsets in code points of the sentence's text."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


def tokens(text: str, small_words: frozenset[str], names: frozenset[str] = frozenset()) -> list[Token]:
    """`text`'s tokens. `small_words` may stand glued before or behind a name, `names` are the article's own."""
    out: list[Token] = []
    opening = _OPENING.match(text)
    for match in _TOKEN.finditer(text):
        word, start = match.group(), match.start()
        cuts = _glued(word, small_words, names) if len(word) > 4 and word.isalpha() else []
        if opening and not (start or cuts) and word == opening.group() and word not in names:
            cuts = [opening.end(1)]
        for cut in (*cuts, len(word)):
            left = start - match.start()
            if cut > left:
                out.append(Token(word[left:cut], start, match.start() + cut))
                start = match.start() + cut
    return out


def _glued(word: str, small: frozenset[str], names: frozenset[str]) -> list[int]:
    """Where `word` is to be cut: between two small words, or a small word and a name."""
    if word.islower():
        return _pair(word, small) if word not in small and len(word) >= 8 else []
    cuts = []
    at = 0
    head = _GLUED.fullmatch(word)
    if head and head.group(2)[0].isupper():
        cuts = _small(head.group(1), small)
        at = cuts[-1] if cuts else 0
    rest = word[at:]
    for end in range(len(rest) - 1, _SHORTEST - 1, -1):
        if rest[:end] in names and (behind := _small(rest[end:], small)):
            return [*cuts, at + end, *(at + end + cut for cut in behind[:-1])]
    return cuts


def _small(letters: str, small: frozenset[str]) -> list[int]:
    """The ends of the one or two small words that `letters` is made of; empty where it is not."""
    if letters in small:
        return [len(letters)]
    cuts = range(2, len(letters) - 1)
    return next(([i, len(letters)] for i in cuts if letters[:i] in small and letters[i:] in small), [])


def _pair(word: str, small: frozenset[str]) -> list[int]:
    """The cut of "hadraised", "roundled", "previouslyraisedfunding": parts that are small words, one of them long."""
    for i in range(len(word) - 2, 2, -1):
        if word[:i] in small:
            rest = word[i:]
            if rest in small:
                return [i] if max(i, len(rest)) >= 5 else []
            more = _pair(rest, small) if len(rest) >= 8 else []
            if more:
                return [i, *(i + cut for cut in more)]
    return []
