"""A user's own organisations over the shipped ones: own words win, and what is denied is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from aifund.entities.catalogue import Catalogue
from aifund.errors import RulesError
from aifund.rules import load

SHIPPED = """
    legal_suffixes: [inc]
    names: [Marrowby]
    organisations:
      - id: zorblat
        name: Zorblat
        kind: venture
        aliases: [Zor, The Zorblats]
        aliases_if: [{aliases: [Blat], needs: [Quillet]}]
        former: [{name: Blatzor, until: '2023'}]
      - {id: oakmoss, name: Oakmoss, aliases: [Moss]}
    """

Layer = Callable[[str], Catalogue]


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    """The shipped catalogue with own entries over it."""

    def write(own: str) -> Catalogue:
        for folder, text in (("shipped", SHIPPED), ("own", own)):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "names.yaml").write_text(dedent(text), encoding="utf-8")
        return Catalogue.load(tmp_path / "shipped", tmp_path / "own")

    return write


def meant(catalogue: Catalogue, name: str, article: str = "") -> str | None:
    match = catalogue.match(name, article)
    return match.entity if match else None


def test_an_own_entry_is_one_more(layer: Layer) -> None:
    catalogue = layer("organisations: [{id: ferrostat, name: Ferrostat}]")
    assert [meant(catalogue, name) for name in ("Ferrostat", "Zor", "Oakmoss")] == ["ferrostat", "zorblat", "oakmoss"]


def test_an_own_entry_adds_to_the_shipped_one(layer: Layer) -> None:
    catalogue = layer("organisations: [{id: zorblat, name: Zorblat, aliases: [Zoblat], ai: yes}]")
    names = ("Zorblat", "Zoblat", "Zor", "Blatzor")
    assert [meant(catalogue, name) for name in names] == ["zorblat"] * 4
    assert (catalogue.entry("zorblat").kind, catalogue.entry("zorblat").ai) == ("venture", "yes")


def test_a_not_takes_aliases_away(layer: Layer) -> None:
    catalogue = layer("organisations: [{id: zorblat, name: Zorblat, not: [Zor, Blat, Blatzor Inc]}]")
    assert [meant(catalogue, name, "Quillet") for name in ("Zor", "Blat", "Blatzor", "The Zorblats")] == (
        [None, None, None, "zorblat"]
    )


def test_an_own_alias_is_taken_from_others(layer: Layer) -> None:
    catalogue = layer("organisations: [{id: ferrostat, name: Ferrostat, aliases: [Moss, Marrowby]}]")
    assert [meant(catalogue, name) for name in ("Moss", "Marrowby", "Oakmoss")] == ["ferrostat", "ferrostat", "oakmoss"]


def test_an_own_alias_knows_no_shipped_condition(layer: Layer) -> None:
    catalogue = layer("organisations: [{id: zorblat, name: Zorblat, aliases: [Blat]}]")
    assert meant(catalogue, "Blat") == "zorblat"


def test_a_fault_is_named_in_the_own_file(layer: Layer) -> None:
    with pytest.raises(RulesError) as error:
        layer("organisations:\n  - {id: ferrostat, name: Ferrostat}\n  - {id: quux, name: Quux, parent: nobody}\n")
    (problem,) = error.value.problems
    assert str(problem).startswith("own/names.yaml:3")


def test_a_folder_of_organisations_lies_over_the_shipped_rules(tmp_path: Path) -> None:
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities/names.yaml").write_text("names: [Ferrostat]\n", encoding="utf-8")
    rules, shipped = load(tmp_path), load()
    assert (rules.directory, rules.own_entities) == (shipped.directory, tmp_path / "entities")
    assert rules.patterns == shipped.patterns
    assert rules.digest != shipped.digest
