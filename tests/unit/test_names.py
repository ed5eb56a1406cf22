"""Name spans: where the names of organisations and people begin and end, by how names are written."""

from __future__ import annotations

import pytest

from aifund.entities.catalogue import Catalogue
from aifund.language.mentions import Reader
from aifund.model import Article
from aifund.rules import load


@pytest.fixture(scope="module")
def reader() -> Reader:
    rules = load()
    return Reader(rules, Catalogue.load(rules.directory / "entities"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It raised $3m from 50k Ventures and Maa TV.", ["50k Ventures", "Maa TV"]),
        ("It raised $3m from Skarnbank 1 SMV and Oldermoor DAO.", ["Skarnbank 1 SMV", "Oldermoor DAO"]),
        ("It raised $3m from Do Ventures, and Most Capital came back.", ["Do Ventures", "Most Capital"]),
        ("It raised $3m from Forwardly.one, jarrick.eth and pell.i.am.", ["Forwardly.one", "jarrick.eth", "pell.i.am"]),
        ("It raised $3m from Italy's CDQ Venture Capital.", ["CDQ Venture Capital"]),
        ("It raised $3m from Oakmoss's Birch Fund 2.", ["Oakmoss's Birch Fund 2"]),
        ("It raised $3m from DTQF and Marl Plink Foundation.", ["DTQF", "Marl Plink Foundation"]),
        ("It raised $3m from Bill and Melinda Grates Foundation.", ["Bill and Melinda Grates Foundation"]),
        ("It raised $3m from Seedling Ventures & EIPO.", ["Seedling Ventures", "EIPO"]),
        ("It raised $3m from Kelner Parkins & Bayers.", ["Kelner Parkins & Bayers"]),
        ("tofu.marsh (Leiden) raised $3m from kelp.db, a team of six.", ["tofu.marsh", "kelp.db"]),
        ("It raised $3m from Kumo-no-Iro and Kaffi og Kelp.", ["Kumo-no-Iro", "Kaffi og Kelp"]),
        ("It raised $3m from Growers' Fund and Kelp Ventures.", ["Growers' Fund", "Kelp Ventures"]),
        ("It raised $3m from GTM Angel Network and Harrow Kelp.", ["GTM Angel Network", "Harrow Kelp"]),
        ("It raised $3m from Makers' Co-op and Kelp Ventures.", ["Makers' Co-op", "Kelp Ventures"]),
        ("It raised $3m from the Norric Export and Investment Fund.", ["Norric Export and Investment Fund"]),
        ("It raised $3m from Harrow Catalyst and Vision Fund.", ["Harrow Catalyst", "Vision Fund"]),
        ("It raised $3m from the Municipal Corporation of Oldport.", ["Municipal Corporation of Oldport"]),
        ("It raised $3m from Kelp Ventures' Nora Lind.", ["Kelp Ventures", "Nora Lind"]),
        ("Quolv'd raised $3m from those who'd seen Harrow ID.", ["Quolv'd", "Harrow ID"]),
        ("Harrow-Led Series A Puts $3m Into Locks", ["Harrow"]),
        ("Tarnwick built it with 1.5 M of seed funding.", ["Tarnwick"]),
        ("Investors gave Dr. Juniperry $3m in a seed round.", ["Juniperry"]),
        ("The start-up nuvelo has raised $3m, and in May, sorrelix raised $4m.", ["nuvelo", "sorrelix"]),
        ("In May, investors gave $3m to Harrow 360, which has 12 people.", ["Harrow 360"]),
        ("KELP-7 has raised $3m in a seed round.", ["KELP-7"]),
        ("Investors gave Harrow & the Larks $3m in a seed round.", ["Harrow & the Larks"]),
        ("Cradle: $3m in a seed round.", ["Cradle"]),
        ("Amount: $3m in a seed round.", []),
        ("Agave (YC W22) raised $3m in a seed round.", ["Agave", "YC W22"]),
    ],
)
def test_where_names_begin_and_end(reader: Reader, text: str, names: list[str]) -> None:
    [sentence] = reader.read(Article("x", text, "", None))
    assert [unit.text for unit in sentence.units if unit.kind == "name"] == names
