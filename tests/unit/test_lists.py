"""Whom lists of investments name, and as whose."""

from __future__ import annotations

import pytest

from aifund.entities.catalogue import Catalogue
from aifund.events.frames import frames
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
        "Tidewrack Ventures has invested in start-ups such as Velluma (bought by Quilletto), Ostermoor and Norrvik.",
        "Tidewrack Ventures has invested in 12 small companies, namely the pump maker Velluma, Ostermoor and Norrvik.",
        "Tidewrack Ventures has backed Velluma, Ostermoor and Norrvik.",
        "Tidewrack Ventures has made investments in start-ups such as Velluma (now Quilletto), Ostermoor and Norrvik.",
        "Tidewrack Ventures made good investments, such as in Velluma, sold by Quilletto, in Ostermoor and in Norrvik.",
        "Tidewrack Ventures' investments include Velluma, Ostermoor and Norrvik.",
        "Tidewrack Ventures's portfolio includes Velluma, Ostermoor and Norrvik.",
        "Tidewrack Ventures, an early investor in Velluma, Ostermoor and Norrvik, is small.",
        "Tidewrack Ventures is an investor in Velluma, Ostermoor and Norrvik.",
    ],
)
def test_who_has_invested_in_whom(reader: Reader, text: str) -> None:
    [sentence] = reader.read(Article("x", text, "", None))
    [frame] = frames(sentence)
    assert [sentence.units[i].text for i in frame.targets] == ["Velluma", "Ostermoor", "Norrvik"]
    assert [sentence.units[role.unit].text for role in frame.investors] == ["Tidewrack Ventures"]


@pytest.mark.parametrize(
    "text",
    [
        "Tidewrack Ventures, the new shareholders of this round, Velluma and Ostermoor, are glad.",
        "Tidewrack Ventures has stakes in Velluma, Ostermoor and Norrvik.",
        "Investors in the latest round for the start-up Velluma came from Oslo.",
    ],
)
def test_no_list_of_investments(reader: Reader, text: str) -> None:
    [sentence] = reader.read(Article("x", text, "", None))
    assert not [frame for frame in frames(sentence) if frame.rule.startswith("holding")]
