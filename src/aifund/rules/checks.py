"""Runs the examples and counterexamples of all rules, and sees that the examples show what the patterns hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aifund.errors import Problem
from aifund.language.dates_check import emitted
from aifund.language.lexicon import Finder
from aifund.language.money import read, render
from aifund.language.text import matching
from aifund.rules.coverage import unshown
from aifund.rules.models import PatternRule, Place, Rule, Rules


def check(rules: Rules) -> list[Problem]:
    """Every example that a rule does not emit exactly, every counterexample on which it emits, every part of a pattern
    that no example shows; sorted by place.

    Pattern rules run alone. A rule of the money or date grammar runs within it: it emits what it has a part in, or what
    it takes out.
    """
    return sorted([*_patterns(rules), *_money(rules), *_dates(rules)])


def _patterns(rules: Rules) -> Iterator[Problem]:
    for group in rules.patterns.values():
        for rule in group:
            for text, expected in _cases(rule):
                yield from _compare(rules, rule, text, expected, _emitted(rule, text))
            for part in unshown(rule):
                yield _problem(rules, rule, f"no example shows the {part} of its pattern")


def _emitted(rule: PatternRule, text: str) -> dict[str, str]:
    found = Finder([rule]).find(matching(text), vetoes=True)
    return {text[mention.start : mention.end]: mention.value for mention in found}


def _money(rules: Rules) -> Iterator[Problem]:
    for rule in rules.money.all():
        for text, expected in _cases(rule):
            mentions = [mention for mention in read(text, rules.money) if rule.id in mention.rule.split("+")]
            yield from _compare(rules, rule, text, expected, {m.text: render(m.value) for m in mentions})


def _dates(rules: Rules) -> Iterator[Problem]:
    for rule in rules.dates.rules():
        for example in rule.examples:
            found = emitted(rule.id, example.text, example.reference, rules)
            yield from _compare(rules, rule, example.text, example.emits, found)
        for text in rule.counterexamples:
            yield from _compare(rules, rule, text, {}, emitted(rule.id, text, rule.examples[0].reference, rules))


def _cases(rule: Rule) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text of a rule with what it must emit on it."""
    yield from ((example.text, example.emits) for example in rule.examples)
    yield from ((text, {}) for text in rule.counterexamples)


def _compare(
    rules: Rules, rule: Rule, text: str, expected: Mapping[str, str], emitted: Mapping[str, str]
) -> Iterator[Problem]:
    if emitted == expected:
        return
    yield _problem(rules, rule, f"{text!r} must emit {_told(expected)}, but emits {_told(emitted)}")


def _problem(rules: Rules, rule: Rule, message: str) -> Problem:
    place = rules.places.get(rule.id, Place("", 0))
    return Problem(place.path, place.line, rule.id, message)


def _told(emitted: Mapping[str, str]) -> str:
    return ", ".join(f"{quote!r}: {value}" for quote, value in emitted.items()) or "nothing"
