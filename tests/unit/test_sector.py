"""Whether an article describes the target of a report as an AI company."""

from __future__ import annotations

import pytest

from aifund.events.sector import described
from aifund.language.lexicon import Lexicon
from aifund.model import Article, Party, Report
from aifund.rules import load


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(load())


@pytest.mark.parametrize(
    ("text", "ai"),
    [
        ("Lumivox, a Paris-based AI startup, raised money.", "yes"),
        ("The large-model developer LUMIVOX Labs raised money.", "yes"),
        ("Lumivox, which builds foundation models, raised money.", "yes"),
        ("Lumivox, a bakery chain, raised money from the owner of an AI startup.", "unknown"),
        ("Lumivoxia, an AI startup, envies Lumivox.", "unknown"),
    ],
)
def test_only_what_is_said_of_the_target_counts(lexicon: Lexicon, text: str, ai: str) -> None:
    report = Report("a", Party("Lumivox", ("Lumivox", "LUMIVOX Labs")))
    assert described(report, Article("a", text), lexicon) == ai


def test_a_title_describes_too_and_what_a_report_says_stays(lexicon: Lexicon) -> None:
    article = Article("a", "It raised money.", title="AI lab Lumivox raises money")
    assert described(Report("a", Party("Lumivox", ("Lumivox",))), article, lexicon) == "yes"
    assert described(Report("a", Party("Lumivox", ("Lumivox",)), ai="no"), article, lexicon) == "no"
