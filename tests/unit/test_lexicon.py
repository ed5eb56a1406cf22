"""The lexicon finds what pattern rules know: leftmost, then longest, then first in the file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from aifund.language.lexicon import Lexicon
from aifund.language.mentions import ON_TEXT
from aifund.language.text import matching
from aifund.language.units import PLACEHOLDER
from aifund.rules import load
from aifund.rules.models import PatternRule, Rules


def lexicon(*rules: dict[str, Any]) -> Lexicon:
    """A lexicon of rules of the kind "x", which need no more than what matters here."""
    proof = {"description": "A rule.", "examples": [{"text": "x", "emits": {"x": "x"}}], "counterexamples": ["y"]}
    made = [PatternRule.model_validate({"kind": "x", **proof, **rule}) for rule in rules]
    kinds = {kind: tuple(rule for rule in made if rule.kind == kind) for kind in sorted({rule.kind for rule in made})}
    none: Any = None
    return Lexicon(Rules(kinds, none, none, "", Path(), {}))


def found(book: Lexicon, text: str) -> list[tuple[str, str, str]]:
    """Quote, value and rule of every mention; the quote is checked against its span."""
    mentions = book.find("x", matching(text))
    return [(text[mention.start : mention.end], mention.value, mention.rule) for mention in mentions]


def test_words_are_whole_words_in_any_case() -> None:
    book = lexicon({"id": "a", "words": ["seed round"], "value": "seed"})
    assert found(book, "A Seed Round. Seed rounds.") == [("Seed Round", "seed", "a")]


@pytest.mark.parametrize("gap", [" ", "  ", "\n", "-", "\u00a0", "–"])
def test_a_space_in_words_stands_for_any_gap(gap: str) -> None:
    book = lexicon({"id": "a", "words": ["seed round"]})
    assert found(book, f"a seed{gap}round") == [(f"seed{gap}round", "a", "a")]


def test_case_counts_where_the_rule_says_so() -> None:
    book = lexicon({"id": "a", "words": ["SAFE"], "case": "true"})
    assert found(book, "a safe SAFE") == [("SAFE", "a", "a")]


def test_the_value_takes_groups_in_small_letters() -> None:
    book = lexicon({"id": "a", "pattern": "series (?P<letter>[a-j])(?P<plus>[+])?", "value": "series_{letter}{plus}"})
    assert [value for _, value, _ in found(book, "Series B and SERIES C+")] == ["series_b", "series_c+"]


def test_the_longest_of_those_that_begin_together_counts() -> None:
    book = lexicon({"id": "short", "words": ["series a"]}, {"id": "long", "words": ["series a extension"]})
    assert found(book, "a Series A extension, a Series A") == [
        ("Series A extension", "long", "long"),
        ("Series A", "short", "short"),
    ]


def test_the_leftmost_counts_even_if_a_longer_one_overlaps_it() -> None:
    book = lexicon({"id": "long", "words": ["b c d e"]}, {"id": "left", "words": ["a b"]})
    assert found(book, "a b c d e") == [("a b", "left", "left")]


def test_of_two_equal_ones_the_first_rule_counts() -> None:
    book = lexicon({"id": "one", "pattern": "[a-c]{2}"}, {"id": "two", "words": ["ab"]})
    assert found(book, "ab") == [("ab", "one", "one")]


def test_a_veto_keeps_what_it_matches_from_the_others() -> None:
    book = lexicon(
        {"id": "a", "words": ["series a"]}, {"id": "v", "pattern": "series [a-j] investors?", "veto": "true"}
    )
    assert found(book, "a Series A investor in its Series A") == [("Series A", "a", "a")]


def test_a_pattern_may_look_around_its_quote() -> None:
    book = lexicon({"id": "a", "pattern": "its (?P<quote>seed)[.,]"})
    assert found(book, "raised its seed, planted a seed.") == [("seed", "a", "a")]


def test_spans_are_code_points_also_beyond_ascii() -> None:
    text = "Ωmega 月之暗面 🚀 “seed round” – 種 seed round"
    mentions = lexicon({"id": "a", "words": ["seed round"]}).find("x", matching(text))
    assert [(mention.start, text[mention.start : mention.end]) for mention in mentions] == [
        (text.index("seed"), "seed round"),
        (text.rindex("seed"), "seed round"),
    ]


def test_any_tells_whether_one_of_the_kinds_occurs() -> None:
    book = lexicon({"id": "a", "words": ["seed"]}, {"id": "b", "kind": "y", "words": ["tree"]})
    assert book.any(["x", "y"], "a tree")
    assert not book.any(["x"], "a tree")
    assert not book.any(["unheard of"], "a tree")
    assert book.find("unheard of", "a tree") == []


def test_a_lone_surrogate_costs_nothing() -> None:
    assert found(lexicon({"id": "a", "words": ["seed"]}), "\ud800 seed") == [("seed", "a", "a")]


def test_matching_changes_characters_and_never_the_length() -> None:
    text = "‘a’ “b”\u00a0c—d\te ５００ＡＢ（x） ﬁ … ①"
    plain = matching(text)
    assert plain == "'a' \"b\" c-d e 500AB(x) ﬁ … ①"
    assert len(plain) == len(text)


@pytest.fixture(scope="module")
def rounds() -> Lexicon:
    return Lexicon(load())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a Series A round", ["series_a"]),
        ("a Series-A2 and a SERIES B extension", ["series_a", "series_b"]),
        ("its Series A-1", ["series_a"]),
        ("a Series A+ round", ["series_a_plus"]),
        ("an A+ round, then a B round", ["series_a_plus", "series_b"]),
        ("Plumweave's A round of financing", ["series_a"]),
        ("completed Round A", ["series_a"]),
        ("a Pre-Series A, once called pre-A round", ["pre_series_a", "pre_series_a"]),
        ("a pre-seed and a preseed", ["pre_seed", "pre_seed"]),
        ("the angel wheel", ["angel"]),
        ("a $5m seed from Orchard Hill", ["seed"]),
        ("in seed funding", ["seed"]),
        ("led its seed", ["seed"]),
        ("a bridge round and growth equity", ["bridge", "growth"]),
        ("a strategic investment", ["strategic"]),
        ("venture debt, a term loan and a credit line", ["debt", "debt", "debt"]),
        ("a convertible note, or a SAFE, for all", ["convertible", "convertible"]),
        ("won a grant from the ministry", ["grant"]),
        ("a secondary share sale in a tender offer", ["secondary", "secondary"]),
        ("A round of applause", []),
        ("a Series A investor and a seed-stage fund", []),
        ("planted the seed", []),
        ("was granted access by a player on loan", []),
        ("the World Series", []),
    ],
)
def test_rounds_in_their_written_forms(rounds: Lexicon, text: str, expected: list[str]) -> None:
    assert [mention.value for mention in rounds.find("round", matching(text))] == expected


def test_every_cue_is_found_in_text_as_it_is_masked() -> None:
    rules, capitals = load(), "|".join(PLACEHOLDER.values())
    book = Lexicon(rules)
    cues = [rule for kind, of_kind in rules.patterns.items() if kind not in ON_TEXT for rule in of_kind]

    def dead(rule: PatternRule) -> bool:
        texts = (
            re.sub(rf"\b(?!(?:{capitals})\b)\w+", lambda m: m[0].lower(), example.text) for example in rule.examples
        )
        return not any(mention.rule == rule.id for text in texts for mention in book.find(rule.kind, text))

    assert [rule.id for rule in cues if not rule.veto and dead(rule)] == []
