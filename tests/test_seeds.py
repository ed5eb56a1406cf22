"""What the ledger of the five seed articles must hold: each row is a deal that a reader finds in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

OUTPUT = Path(__file__).parents[1] / "output" / "events.json"

# target, round, investors, leads, stated amount, stated valuation, first characters of the date, articles
DEALS: list[tuple[str, str | None, set[str], set[str], str, str, str, int]] = [
    ("Moonshot AI", "series_b", {"Alibaba", "Meituan", "Xiaohongshu", "HongShan", "Monolith Management"}, {"Alibaba"},
     "1000000000 USD", "2500000000 USD", "2024-02", 5),
    ("MiniMax", None, {"Alibaba"}, {"Alibaba"}, "600000000 USD", "2500000000 USD", "2024-03", 4),
    ("Moonshot AI", "series_a", set(), set(), "2000000000 CNY", "800000000 USD", "2023-10", 1),
    ("MiniMax", "series_a", {"Tencent"}, set(), "", "", "", 1),
    ("OpenAI", None, {"Microsoft"}, set(), "10000000000 USD", "", "2023", 1),
    ("Anthropic", None, {"Google", "Amazon"}, set(), "6000000000 USD", "", "2023", 1),
    ("01.AI", "angel", {"Alibaba Cloud"}, set(), "", "", "", 1),
    ("Mistral AI", None, {"Microsoft"}, set(), "", "", "", 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def events() -> list[dict[str, Any]]:
    return json.loads(OUTPUT.read_text(encoding="utf-8"))["events"]


def figures(money: dict[str, Any] | None) -> set[str]:
    return {f"{money[k]} {money['currency']}" for k in ("min", "max") if money[k] is not None} if money else set()


@pytest.mark.parametrize("deal", DEALS, ids=lambda d: f"{d[0]} {d[1] or ''}".strip())
def test_the_deal_is_one_event(events: list[dict[str, Any]], deal: tuple[Any, ...]) -> None:
    target, round_, investors, leads, amount, valuation, when, articles = deal
    found = [
        e
        for e in events
        if e["target"]["name"] == target
        and e["round"] == round_
        and investors <= {i["name"] for i in e["investors"]}
        and leads <= {i["name"] for i in e["investors"] if i["role"] == "lead"}
        and (not amount or amount in figures(e["amount"]))
        and (not valuation or valuation in figures(e["valuation"]))
        and (not when or (e["date"] and e["date"]["edtf"].startswith(when)) or e["date"]["min"].startswith(when))
        and len({r["article"] for r in e["reports"]}) >= articles
    ]
    assert len(found) == 1


def test_the_moonshot_round_keeps_both_sums_and_says_why_one_was_chosen(events: list[dict[str, Any]]) -> None:
    [event] = [e for e in events if e["event_id"] == "moonshot-ai-series-b-2024"]
    [conflict] = [c for c in event["conflicts"] if c["field"] == "amount"]
    assert {v["value"]["min"] for v in conflict["values"]} == {800_000_000, 1_000_000_000}
    assert conflict["because"]


def test_the_compute_share_is_what_one_article_states(events: list[dict[str, Any]]) -> None:
    [event] = [e for e in events if e["event_id"] == "moonshot-ai-series-b-2024"]
    assert (event["compute"]["share_min"], event["compute"]["share_max"]) == (0.8, 0.8)
    shares = {r["article"]: r["compute"]["share_max"] for r in event["reports"] if r["compute"]}
    assert shares["003_309dc9ab0bd90505"] == 0.8


def test_microsoft_pays_openai_mostly_in_compute(events: list[dict[str, Any]]) -> None:
    [event] = [e for e in events if e["target"]["name"] == "OpenAI" and e["amount"]]
    assert (event["compute"]["share_min"], event["compute"]["share_max"]) == (0.5, 1)


@pytest.mark.parametrize(
    ("target", "investors"),
    [
        ("Zhipu AI", {"Alibaba", "Tencent", "Meituan", "Shunwei Capital", "Xiaomi"}),
        ("Baichuan AI", {"Alibaba", "Tencent", "Shunwei Capital", "Xiaomi"}),
    ],
)
def test_those_who_have_invested(events: list[dict[str, Any]], target: str, investors: set[str]) -> None:
    seen = {i["name"] for e in events if e["target"]["name"] == target for i in e["investors"]}
    assert seen == investors
