"""Turns an article into sentences of units: names, sums, rounds, dates, cues and the parse. The last place that sees
the parser.

The parser gets each sentence with every name replaced by one invented word and every sum by a plain one: what it does
not know (names) cannot mislead it, and what it does know (verbs, clauses) it sees undisturbed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol

from aifund.language import parse
from aifund.language.dates import find_dates
from aifund.language.lexicon import Lexicon
from aifund.language.money import find_money
from aifund.language.names import NameFinder, NameSpan
from aifund.language.sentences import Span, sentences
from aifund.language.text import matching
from aifund.language.tokens import Token, tokens
from aifund.language.units import PLACEHOLDER, Cue, Sentence, Unit
from aifund.language.vocabulary import Evidence, Vocabulary
from aifund.model import Article, Mention
from aifund.rules import Rules

# Kinds that are read on the text itself; all others are cues, read on masked text.
ON_TEXT = frozenset(
    ("round", "gate", "glue", "abbreviation", "place", "nationality", "publication", "honorific", "org_tail",
     "legal_suffix", "not_name", "not_name_alone", "sector_word", "investor_adjective", "name_verb", "name_of",
     "name_and", "name_particle", "name_small_tail", "name_numbered", "name_founded", "cites", "cited")
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")  # holds names in small letters
_WORDS = {"name": ["Acme"], "money": ["$", "5", "million"]}


class KnownNames(Protocol):
    """What the reader needs of the catalogue."""

    def names_in(self, text: str, whole: str) -> list[tuple[int, int, str]]: ...


class Reader:
    """Reads articles under one set of rules."""

    def __init__(self, rules: Rules, known: KnownNames) -> None:
        self.rules = rules
        self.lexicon = Lexicon(rules)
        self._known = known
        self._words = Vocabulary(rules, parse.english_words())
        self._cue_kinds = [kind for kind in rules.patterns if kind not in ON_TEXT]

    def read(self, article: Article) -> list[Sentence]:
        """The sentences of `article` that may tell of a deal, in reading order, parsed; none for most news."""
        spans = sentences(article, self.lexicon)
        told = [self.lexicon.any(("gate",), span.text) for span in spans]
        if not any(told):
            return []
        blocks = {span.block for span, gate in zip(spans, told, strict=True) if gate}
        shared = any(self.lexicon.any(("cohort",), s.text.lower()) for s, gate in zip(spans, told, strict=True) if gate)
        whole = matching(f"{article.title}\n{article.text}")
        evidence = Evidence()
        for span in spans:
            evidence.add(tokens(_ADDRESS.sub(" ", span.text), frozenset()))
        names = evidence.names()
        finder = NameFinder(self._words, evidence)
        out = [
            self._sentence(span, article.published, finder, names, whole)
            for index, (span, gate) in enumerate(zip(spans, told, strict=True))
            if gate
            or index < 3
            or (span.first and span.block in blocks)
            or (span.heading and span.block + 1 in blocks)
            or (shared and span.first and (span.item or span.heading))  # companies that each get the same
        ]
        self._parse(out)
        return out

    def _sentence(
        self, span: Span, reference: date | None, finder: NameFinder, names: frozenset[str], whole: str
    ) -> Sentence:
        text = span.text
        cut = tokens(text, self._words.glue, names)
        found: list[tuple[str, Mention]] = [("money", m) for m in find_money(text, self.rules)]
        found += _free([("round", m) for m in self.lexicon.find("round", text)], found)
        found += _free([("date", m) for m in find_dates(text, reference, self.rules)], found)
        taken = {i for i, t in enumerate(cut) if any(m.start < t.end and t.start < m.end for _, m in found)}
        known = _token_spans(self._known.names_in(text, whole), cut)
        spans = finder.find(cut, taken, known)
        units = _units(span, cut, found, spans)
        for unit in units:
            if unit.kind == "name":
                unit.tail, unit.plain = self._words.tail(unit.text), self._words.plain(unit.text)
        sentence = Sentence(span.part, span.start, span.end, span.block, span.item, span.first, units, span.heading)
        self._add_cues(sentence)
        return sentence

    def _add_cues(self, sentence: Sentence) -> None:
        masked, starts = mask(sentence.units)
        sentence.masked = masked
        at = _locator(starts)
        for kind in self._cue_kinds:
            for m in self.lexicon.find(kind, masked):
                sentence.cues.append(Cue(kind, str(m.value), m.rule, at(m.start), at(m.end - 1)))
        sentence.cues.sort(key=lambda c: (c.first, c.last))

    @staticmethod
    def _parse(out: Sequence[Sentence]) -> None:
        plans = [_plan(s.units) for s in out]
        full = [(s, p) for s, p in zip(out, plans, strict=True) if p]
        arcs = parse.parse([[w for w, _ in plan] for _, plan in full])
        for (sentence, plan), heads in zip(full, arcs, strict=True):
            owner = [unit for _, unit in plan]
            for (tag, dep, head), unit in zip(heads, owner, strict=True):
                _attach(sentence.units, unit, tag, dep, owner[head])


def _attach(units: list[Unit], unit: int, tag: str, dep: str, head: int) -> None:
    """A unit of several words takes the arc that leaves it."""
    if units[unit].dep in ("", "inner"):
        label = dep if head != unit or dep == "ROOT" else "inner"
        units[unit].tag, units[unit].dep, units[unit].head = tag, label, head


def _plan(units: Sequence[Unit]) -> list[tuple[str, int]]:
    """The words that the parser sees, each with its unit: nothing in brackets."""
    out: list[tuple[str, int]] = []
    for index, unit in enumerate(units):
        if unit.depth == 0:
            out.extend((word, index) for word in _WORDS.get(unit.kind) or unit.text.removeprefix("co-").split())
    return out


def _units(
    span: Span, cut: Sequence[Token], found: Sequence[tuple[str, Mention]], names: Sequence[NameSpan]
) -> list[Unit]:
    pieces: list[tuple[int, int, str, Mention | str]] = [(m.start, m.end, kind, m) for kind, m in found]
    pieces += [(cut[n.start].start, cut[n.end - 1].end, "name", n.entity) for n in names]
    pieces.sort(key=lambda p: (p[0], -p[1]))
    out: list[Unit] = []
    depth = 0
    queue = iter(pieces)
    piece = next(queue, None)
    done = -1
    for token in cut:
        while piece and piece[1] <= token.start:
            piece = next(queue, None)
        if piece and piece[0] < token.end and token.start < piece[1]:
            if piece[0] >= done:
                start, end, kind, value = piece
                out.append(Unit(kind, span.text[start:end], span.start + start, span.start + end, value, depth))  # type: ignore[arg-type]
                done = end
            continue
        if token.start < done:
            continue
        if token.text in ")]":
            depth = max(0, depth - 1)
            out.append(Unit("word", token.text, span.start + token.start, span.start + token.end, None, depth + 1))
            continue
        depth += token.text in "(["
        out.append(Unit("word", token.text, span.start + token.start, span.start + token.end, None, depth))
    if depth:  # a bracket that never closes
        for unit in out:
            unit.depth = 0
    return out


def mask(units: Sequence[Unit]) -> tuple[str, list[int]]:
    """The sentence in lower case with placeholders in capitals, and where each unit starts in it."""
    parts: list[str] = []
    starts = []
    length = 0
    for index, unit in enumerate(units):
        word = PLACEHOLDER.get(unit.kind) or _lower(unit.text)
        before = units[index - 1] if index else None
        glued = before is not None and before.end == unit.start
        if before and (not glued or (before.text[-1].isalnum() and unit.text[0].isalnum())):
            parts.append(" ")
            length += 1
        starts.append(length)
        parts.append(word)
        length += len(word)
    return "".join(parts), starts


def _lower(text: str) -> str:
    """`text` in lower case, of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else text


def _locator(starts: list[int]) -> Callable[[int], int]:
    return lambda offset: max(0, bisect_right(starts, offset) - 1)


def _free(new: list[tuple[str, Mention]], old: Sequence[tuple[str, Mention]]) -> list[tuple[str, Mention]]:
    return [(k, m) for k, m in new if not any(o.start < m.end and m.start < o.end for _, o in old)]


def _token_spans(found: Sequence[tuple[int, int, str]], cut: Sequence[Token]) -> list[NameSpan]:
    out = []
    for start, end, entity in found:
        inside = [i for i, t in enumerate(cut) if t.start >= start and t.end <= end]
        if inside and cut[inside[0]].start == start and cut[inside[-1]].end == end:
            out.append(NameSpan(inside[0], inside[-1] + 1, entity))
    return out


def walk(sentence: Sentence) -> Iterator[str]:
    """The units as one line, for people who debug."""
    for unit in sentence.units:
        yield f"<{unit.kind}:{unit.text}>" if unit.kind != "word" else unit.text
