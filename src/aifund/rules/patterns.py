"""From a rule's pattern or words to RE2: linear time whatever the input."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import re2

_MEMORY = 64 << 20  # bytes; RE2 falls back to a slower matcher when its automaton outgrows this
_NAMED_GROUP = re.compile(r"(?<!\\)\(\?P?<\w+>")
_GAP = r"(?:\s+|-)"


def compile_pattern(source: str) -> Any:
    """Compiles `source` for UTF-8 bytes, leftmost-longest. Raises ValueError with RE2's reason."""
    options = re2.Options()
    options.longest_match = True
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(source.encode("utf-8"), options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise ValueError(f"bad pattern: {text}") from error


class Parts:
    """The named groups of an RE2 match over UTF-8: their text, "" where absent, and their bytes, -1 where absent."""

    __slots__ = ("_content", "_spans", "end", "start")

    def __init__(self, match: Any) -> None:
        self.start, self.end = map(int, match.span())
        self._content: bytes = match.string
        self._spans = {name.decode(): match.span(index) for name, index in match.re.groupindex.items()}

    @property
    def quote(self) -> tuple[int, int]:
        """The bytes of the group `quote`, else of the whole match."""
        start, end = self._spans.get("quote", (-1, -1))
        return (start, end) if start >= 0 else (self.start, self.end)

    def text(self, name: str) -> str:
        start, end = self._spans.get(name, (-1, -1))
        return self._content[start:end].decode("utf-8") if start >= 0 else ""

    def start_of(self, name: str) -> int:
        return int(self._spans.get(name, (-1, -1))[0])

    def end_of(self, *names: str) -> int:
        """Where the last of the groups `names` ends."""
        return max(int(self._spans.get(name, (-1, -1))[1]) for name in names)


def cased(source: str, case: bool) -> str:
    """Wraps `source` so that it can stand in an alternation; ignores case unless `case`."""
    return f"(?:{source})" if case else f"(?i:{source})"


def phrases(words: Iterable[str], *, left: bool = True, right: bool = True) -> str:
    """One alternation of literal phrases; a space stands for any white space or a hyphen.

    `left`, `right`: whether a phrase that begins or ends with a letter or digit must be a whole word on that side.
    """
    return "|".join(_phrase(word, left, right) for word in words)


def alternation(sources: Sequence[str]) -> str:
    """All `sources` in one pattern, their named groups made nameless."""
    return "|".join(_NAMED_GROUP.sub("(?:", source) for source in sources)


def _phrase(phrase: str, left: bool, right: bool) -> str:
    body = _GAP.join(map(re.escape, phrase.split()))
    first, last = phrase.strip()[:1], phrase.strip()[-1:]
    return (r"\b" if left and _is_word(first) else "") + body + (r"\b" if right and _is_word(last) else "")


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")
