"""Finds what the pattern rules know in a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aifund.model import Mention
from aifund.rules.models import PatternRule, Rules
from aifund.rules.patterns import Parts, alternation, compile_pattern


class Lexicon:
    """The pattern rules of `rules`, by kind; each kind is compiled when it is first asked for."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules.patterns
        self._finders: dict[str, Finder] = {}

    def find(self, kind: str, text: str) -> list[Mention]:
        """All mentions of `kind` in `text`, which has been through `matching`: sorted, none overlapping.

        Of two that overlap the leftmost counts, then the longest, then the one whose rule stands first. A kind without
        rules gives none.
        """
        finder = self._finder(kind)
        return finder.find(text) if finder else []

    def any(self, kinds: Iterable[str], text: str) -> bool:
        """Whether `text` mentions one of `kinds`; cheaper than `find`."""
        content = text.encode("utf-8", "replace")
        return any(finder.occurs(content) for kind in kinds if (finder := self._finder(kind)))

    def _finder(self, kind: str) -> Finder | None:
        if kind not in self._finders and kind in self._rules:
            self._finders[kind] = Finder(self._rules[kind])
        return self._finders.get(kind)


class Finder:
    """The rules of one kind as one automaton, which finds spans; the rule is the first that matches a span whole."""

    def __init__(self, rules: Sequence[PatternRule]) -> None:
        self._rules = rules
        self._together = compile_pattern(alternation([rule.source for rule in rules]))

    def occurs(self, content: bytes) -> bool:
        return self._together.search(content) is not None

    def find(self, text: str, *, vetoes: bool = False) -> list[Mention]:
        """All mentions in `text`; with `vetoes` also what veto rules hold back."""
        # A lone surrogate has no UTF-8; "?" takes its one place.
        content = text.encode("utf-8", "replace")
        points = Points(content, len(content) == len(text))
        found = []
        for match in self._together.finditer(content):
            rule, parts = self._winner(content, *match.span())
            if rule.veto and not vetoes:
                continue
            start, end = parts.quote
            span = points.at(start), points.at(end)
            found.append(Mention(rule.kind, *span, text[slice(*span)], rule.render(parts), rule.id))
        return found

    def _winner(self, content: bytes, start: int, end: int) -> tuple[PatternRule, Parts]:
        for rule in self._rules:
            match = rule.compiled.fullmatch(content, start, end)
            if match is not None:
                return rule, Parts(match)
        raise AssertionError(f"no rule matches {content[start:end]!r}")  # the union matched, so one of its parts must


class Points:
    """Turns rising byte offsets of UTF-8 `content` into code points."""

    def __init__(self, content: bytes, same: bool) -> None:
        self._content = content
        self._same = same
        self._byte = self._point = 0

    def at(self, offset: int) -> int:
        if self._same:
            return offset
        self._point += len(self._content[self._byte : offset].decode("utf-8"))
        self._byte = offset
        return self._point
