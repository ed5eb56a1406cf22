"""The date forms as one RE2 automaton that goes through a text once, from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aifund.language.dates_vocabulary import Reader, Value, Vocabulary
from aifund.rules.patterns import alternation, compile_pattern

BEFORE, AFTER = 80, 40  # characters of context that conditions and vetoes may look at
_MEMORY = 4096


@dataclass(frozen=True, slots=True)
class Context:
    """What must stand before and after a date, and how it must read; None: anything.

    `rule` is the ids of the rules that say so, joined by "+".
    """

    rule: str
    before: Any
    after: Any
    quote: Any

    def fits(self, before: bytes, quote: bytes, after: bytes) -> bool:
        return (
            (self.before is None or self.before.search(before) is not None)
            and (self.after is None or self.after.match(after) is not None)
            and (self.quote is None or self.quote.fullmatch(quote) is not None)
        )


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a date; `readers` by the name of the group, `due` if it means the next one."""

    source: str
    pattern: Any
    readers: Mapping[str, Reader]
    context: Context
    due: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One form's reading of a span: the ids of the form and of its words joined by "+", and what each part is."""

    rule: str
    found: Mapping[str, Value]
    context: Context


def context(
    vocabulary: Vocabulary, rule: str, before: str | None = None, after: str | None = None, quote: str | None = None
) -> Context:
    """Compiles the patterns of `rule`: `before` must end the text before, `after` begin the text after."""

    def compiled(pattern: str | None, end: str = "") -> Any:
        return None if pattern is None else compile_pattern(f"(?i:{vocabulary.expand(pattern)}){end}")

    rules = dict.fromkeys([rule, *(word for each in (before, after, quote) for word in vocabulary.rules(each or ""))])
    return Context("+".join(rules), compiled(before, r"\s*\z"), compiled(after), compiled(quote))


def form(vocabulary: Vocabulary, pattern: str, around: Context, due: bool) -> Form:
    source = f"(?i:{vocabulary.expand(pattern)})"
    return Form(source, compile_pattern(source), vocabulary.readers(pattern), around, due)


class Grammar:
    """Finds spans that match some form, leftmost and longest, and reads them."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._forms = tuple(forms)
        self._scan = compile_pattern(rf"\b(?:{alternation([form.source for form in self._forms])})\b")
        self._known: dict[bytes, tuple[Reading, ...]] = {}  # the same few hundred spans come again and again

    def next(self, content: bytes, start: int) -> tuple[int, int] | None:
        """The first match from `start` on, or None."""
        match = self._scan.search(content, start)
        return match.span() if match else None

    def shorter(self, content: bytes, start: int, end: int) -> tuple[int, int] | None:
        """The longest match at `start` that ends before `end`, or None."""
        match = self._scan.match(content, start, end - 1) if end - 1 > start else None
        return match.span() if match else None

    def read(self, span: bytes) -> tuple[Reading, ...]:
        """All readings of a span, in the order of the forms."""
        if span not in self._known:
            if len(self._known) >= _MEMORY:
                self._known.clear()
            self._known[span] = tuple(reading for form in self._forms if (reading := _reading(form, span)))
        return self._known[span]


def ascii_bytes(text: str) -> bytes:
    """One byte for each code point, so that offsets are the same; what is not ASCII is no part of a date."""
    return text.encode("ascii", "replace")


def _reading(form: Form, span: bytes) -> Reading | None:
    match = form.pattern.fullmatch(span)
    if match is None:
        return None
    texts = {name.decode(): text.decode() for name, text in match.groupdict().items() if text is not None}
    readers = {name: form.readers[name] for name in texts if name in form.readers}
    rules = dict.fromkeys([*form.context.rule.split("+"), *sorted(r.rule for r in readers.values() if r.rule)])
    found = {name: reader.read(texts[name]) for name, reader in readers.items()} | ({"due": 1} if form.due else {})
    return Reading("+".join(rules), found, form.context)
