"""What is proposed as one organisation or as two, and how sure it is."""

from __future__ import annotations

import pytest

from aifund.entities.suggest import Round, Seen, merges, splits

TAILS = frozenset({"ai", "labs"})


def seen(name: str, *partners: str, known: bool = False, articles: str = "") -> Seen:
    """An organisation; its id is its name, `articles` a letter each."""
    return Seen(name.lower().replace(" ", "-"), name, known, frozenset(articles), frozenset(partners))


def proposed(*names: Seen, never: frozenset[frozenset[str]] = frozenset()) -> list[tuple[str, str, int, str]]:
    """The merges, and the same of the names in reverse order."""
    found = merges(names, TAILS, never)
    assert merges(names[::-1], TAILS, never) == found
    return [(one.kept.name, one.other.name, one.score, one.because) for one in found]


def test_likeness_is_proposed_and_common_partners_make_it_surer() -> None:
    one, other = seen("Quillet Robotics", articles="ab"), seen("Quillet Robotic", articles="c")
    assert proposed(one, other) == [("Quillet Robotics", "Quillet Robotic", 97, "likeness 97")]
    one, other = seen("Quilletstone", "oakmoss"), seen("Quiletstome", "oakmoss")
    assert proposed(one, other) == [("Quiletstome", "Quilletstone", 92, "likeness 87, both have deals with oakmoss")]


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        pytest.param("Quillet", "Quillet AI", 92, id="generic words"),
        pytest.param("Kuillet Motors", "Quillet Motors", 93, id="another beginning"),
        pytest.param("Hongshan", "红杉", 95, id="pinyin"),
    ],
)
def test_what_counts_as_alike(one: str, other: str, score: int) -> None:
    assert [found[2] for found in proposed(seen(one), seen(other))] == [score]


def test_different_names_are_not_proposed() -> None:
    assert proposed(seen("Cohere"), seen("Moonvalley"), seen("Zhipu"), seen("红杉")) == []


def test_the_catalogues_entry_is_kept_and_two_of_them_are_two() -> None:
    known, new = seen("Quillet Labs", known=True), seen("Quillet", articles="abc")
    assert [found[:2] for found in proposed(known, new)] == [("Quillet Labs", "Quillet")]
    assert proposed(known, seen("Quillet", known=True)) == []


def test_an_article_with_both_names_and_a_not_speak_against_it() -> None:
    one, other = seen("Quillet", articles="ab"), seen("Quillet AI", articles="b")
    assert proposed(one, other) == []
    assert proposed(seen("Quillet"), seen("Quillet AI"), never=frozenset({frozenset({"quillet", "quillet-ai"})})) == []


def a_round(event: str, dollars: float, *investors: str, round_: str = "series_b", year: int = 2024) -> Round:
    return Round(event, "figure", "Figure", round_, year, dollars, frozenset(investors))


def test_one_round_twice_with_other_investors_and_sums_may_be_two_companies() -> None:
    (split,) = splits([a_round("a", 675e6, "oakmoss"), a_round("b", 60e6, "fernhill")])
    assert (split.id, split.because) == ("figure", "a and b have no investor in common and very different sums")


@pytest.mark.parametrize(
    "other",
    [
        a_round("b", 60e6, "oakmoss"),
        a_round("b", 600e6, "fernhill"),
        a_round("b", 60e6, "fernhill", round_="series_c"),
        a_round("b", 60e6, "fernhill", year=2021),
        a_round("b", 60e6),
    ],
)
def test_anything_less_is_no_reason(other: Round) -> None:
    assert splits([a_round("a", 675e6, "oakmoss"), other]) == []
