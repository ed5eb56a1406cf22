"""The measures of the merge corpus, against figures worked out by hand."""

from __future__ import annotations

import pytest

from clusters import Score, b_cubed, pairwise

GOLD = {"1": "a", "2": "a", "3": "a", "4": "b", "5": "b", "6": "c"}


def parts(*groups: str) -> dict[str, str]:
    """Items by the group that holds them."""
    return {item: group for group in groups for item in group}


def test_the_gold_itself_is_perfect() -> None:
    assert b_cubed(GOLD, GOLD) == pairwise(GOLD, GOLD) == Score(1, 1)


def test_items_alone_are_pure_and_incomplete() -> None:
    alone = parts(*GOLD)
    assert b_cubed(alone, GOLD) == Score(1, pytest.approx(3 / 6))
    assert pairwise(alone, GOLD) == Score(1, 0)


def test_everything_together_is_complete_and_impure() -> None:
    assert b_cubed(parts("123456"), GOLD) == Score(pytest.approx((9 + 4 + 1) / 36), 1)
    assert pairwise(parts("123456"), GOLD) == Score(pytest.approx(4 / 15), 1)


def test_one_item_in_the_wrong_place_costs_both() -> None:
    found = parts("12", "345", "6")
    assert b_cubed(found, GOLD) == Score(
        pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6), pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
    )
    assert pairwise(found, GOLD) == Score(pytest.approx(2 / 4), pytest.approx(2 / 4))
    assert pairwise(found, GOLD).f1 == pytest.approx(0.5)


def test_nothing_is_no_fault() -> None:
    assert pairwise({}, {}).f1 == 1
