"""Which organisation an article is about, and whose a sum in its title is."""

from __future__ import annotations

import pytest

from aifund.entities.catalogue import Catalogue
from aifund.events.cast import cast
from aifund.events.reports import candidates
from aifund.events.roles import Roles
from aifund.events.stage import Stage
from aifund.events.weights import shipped
from aifund.events.worth import features
from aifund.language.mentions import Reader
from aifund.model import Article
from aifund.rules import load

GARDENS = """\
Growers like the sensors of Ostermoor. Some like others.

They grow roses. In March the company raised a Series B round of $10 million.

Tarnwick began with bees. Tarnwick then grew tomatoes. For Tarnwick that was that. But Tarnwick went on.

There is no end to Tarnwick."""

BRIEF = "A new start-up has raised $300,000 for gardeners. Bea Orrin launched Tarnwick. Tarnwick has raised $300,000."


@pytest.fixture(scope="module")
def reader() -> Reader:
    rules = load()
    return Reader(rules, Catalogue.load(rules.entities))


def test_what_is_not_read_counts_too(reader: Reader) -> None:
    article = Article("x", GARDENS, "What Tarnwick grows", None)
    topic = cast(article, reader.read(article)).topic
    assert topic is not None
    assert topic[1].text == "Tarnwick"


def test_with_whom_the_title_begins_counts_more(reader: Reader) -> None:
    text = "Growers like sensors. Some like others. They grow roses.\n\nIn March Ostermoor closed a round of $9m."
    for title, expected in (("Ostermoor grows", "Ostermoor"), ("How Ostermoor grows", "Tarnwick")):
        article = Article("x", f"{text} Then Tarnwick raised $5 million. {'It likes Tarnwick. ' * 4}", title, None)
        topic = cast(article, reader.read(article)).topic
        assert topic is not None
        assert topic[1].text == expected


def test_a_sum_told_before_its_company_is_judged_where_both_are_told(reader: Reader) -> None:
    article = Article("x", BRIEF, "Gardeners' start-up raises $300,000", None)
    roles = Roles(Stage(article, reader.read(article)), shipped())
    [draft] = candidates(article, roles)
    assert "pt=0" not in features(roles, draft)
