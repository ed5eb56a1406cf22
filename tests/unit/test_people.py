"""Who is a person, and for which organisation the person stands."""

from __future__ import annotations

from datetime import date

import pytest

from aifund.entities.catalogue import Catalogue
from aifund.events.cast import cast
from aifund.events.keys import key_of
from aifund.language.mentions import Reader
from aifund.model import Article
from aifund.rules import load


@pytest.fixture(scope="module")
def reader() -> Reader:
    rules = load()
    return Reader(rules, Catalogue.load(rules.entities))


@pytest.mark.parametrize(
    "text",
    [
        "Mara Dunlop, chief executive of Velluma, says the company has raised $5 million.",
        "Mara Dunlop, co-founder and CEO of Bergen-based Velluma, says the company has raised $5 million.",
        "Velluma chief executive Mara Dunlop says the company has raised $5 million.",
        "Velluma's chief executive, Mara Dunlop, said it had raised $5 million.",
        "The head of Velluma, Mara Dunlop, said it raised $5 million.",
        "Mara Dunlop, Velluma's founder, raised $5 million.",
        "Mara Dunlop (CEO, Velluma) raised $5 million.",
        "Mara Dunlop is the founder of Velluma. She raised $5 million.",
        "Mara Dunlop founded Velluma in 2020. She raised $5 million.",
        "Mara Dunlop, who founded Velluma in 2020, raised $5 million.",
        "Velluma was founded in 2020 by Ivo Brandt and Mara Dunlop. They raised $5 million.",
        "Velluma, founded in 2020 by Mara Dunlop and Ivo Brandt, raised $5 million.",
    ],
)
def test_a_person_stands_for_the_organisation(reader: Reader, text: str) -> None:
    article = Article("x", text, "", date(2024, 5, 15))
    who = cast(article, reader.read(article))
    assert key_of("Mara Dunlop") in who.people
    assert {who.employers[key_of(name)][1].text for name in ("Mara Dunlop", "Dunlop")} == {"Velluma"}


@pytest.mark.parametrize(
    "text",
    [
        "Mara Dunlop, a former vice president of Velluma, raised $5 million.",
        "Mara Dunlop, who met the founder of a Velluma customer, raised $5 million.",
        "Velluma, a leader in pumps of Quillet Works, raised $5 million.",
    ],
)
def test_others_do_not(reader: Reader, text: str) -> None:
    article = Article("x", text, "", date(2024, 5, 15))
    assert not cast(article, reader.read(article)).employers
