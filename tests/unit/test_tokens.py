"""Where words that lost their spaces are cut."""

from __future__ import annotations

import pytest

from aifund.language.tokens import tokens

SMALL = frozenset(("said", "in", "had", "raised", "funding", "by"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vellumasaidin a post", ["Velluma", "said", "in", "a", "post"]),
        ("inVellumaraised it", ["in", "Velluma", "raised", "it"]),
        ("Velluma hadraised it", ["Velluma", "had", "raised", "it"]),
        ("Vellumasaiding a post", ["Vellumasaiding", "a", "post"]),
    ],
)
def test_glued_words(text: str, words: list[str]) -> None:
    assert [token.text for token in tokens(text, SMALL, frozenset(("Velluma",)))] == words
