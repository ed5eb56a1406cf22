"""Whether an article describes the target of a deal as an AI company."""

from __future__ import annotations

import pytest

from aifund import load_rules
from aifund.entities.catalogue import Catalogue
from aifund.events.reports import reports
from aifund.language.mentions import Reader
from aifund.model import Article


@pytest.fixture(scope="module")
def reader() -> Reader:
    rules = load_rules()
    return Reader(rules, Catalogue.load(rules.entities))


@pytest.mark.parametrize(
    ("text", "ai"),
    [
        ("Lumivox, a Paris-based AI startup, raised $5 million in a seed round.", "yes"),
        ("The AI startup Lumivox raised $5 million in a seed round.", "yes"),
        ("Lumivox, which builds foundation models, raised $5 million in a seed round.", "yes"),
        ("Brotkorb, a bakery chain, raised $5 million in a seed round from the owner of an AI startup.", "unknown"),
    ],
)
def test_only_what_is_said_of_the_target_counts(reader: Reader, text: str, ai: str) -> None:
    article = Article("a", text)
    [report] = reports(article, reader.read(article))
    assert report.ai == ai
    said = [evidence for evidence in report.evidence if evidence.field == "ai"]
    assert bool(said) == (ai == "yes")
    assert all(text[one.start : one.end] == one.quote for one in said)
