"""A gold of the articles in output_samples, made by hand so that every slot is scored and most hold an error."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from output_samples import EVENT, RESULT, second

TOLD = replace(RESULT, events=(EVENT, second()))
NOTHING: dict[str, Any] = dict.fromkeys(("round", "amount", "valuation", "compute", "date"))

LUNAR_MOONRISE = {
    "target": ["Lunar"],
    "investors": [{"name": ["Kestrel"], "lead": True}, {"name": ["Birch Ventures"], "lead": False}],
    "round": "series_b",
    "amount": {"min": 1_000_000_000, "max": 1_000_000_000, "currency": "USD"},
    "valuation": {"min": 2_500_000_000, "max": 2_500_000_000, "currency": "EUR", "basis": "pre"},
    "compute": [{"min": 0.5, "max": 0.5}, {"min": 0.8, "max": 0.8}],
    "date": {"min": "2024-02-10", "max": "2024-02-20"},
    "status": ["in_talks"],
}
ZORBLAT = NOTHING | {
    "target": ["Zorblat"],
    "investors": [{"name": ["Kestrel Capital"], "lead": True}],
    "round": "seed",
    "amount": "any",
    "date": {"min": "2023-01-01", "max": "2023-12-31"},
    "status": ["closed"],
}
LUNAR_MORNING = NOTHING | {
    "target": ["Lunar Labs"],
    "investors": [
        {"name": ["Kestrel Capital"], "lead": True},
        {"name": ["Birch Ventures"], "lead": False, "optional": True},
        {"name": ["Otter Fund"], "lead": False},
    ],
    "round": "series_b",
    "amount": {"min": 700_000_000, "max": 700_000_000, "currency": "USD"},
    "valuation": {"min": None, "max": 1_000_000_000, "currency": "USD", "basis": "any"},
    "date": "any",
    "status": "any",
}
QUUX = NOTHING | {"target": ["Quux"], "investors": [], "status": ["rumored"], "optional": True}
GOLD = [
    {"id": "moonrise", "events": [LUNAR_MOONRISE, ZORBLAT]},
    {"id": "morning", "events": [LUNAR_MORNING, QUUX]},
    {"id": "weather", "events": []},
]

# counted by hand
TABLE = """\
slot            P      R     F1    tp    fp    fn
event       0.667  0.667  0.667     2     1     1
investor    1.000  0.600  0.750     3     0     2
lead        1.000  0.333  0.500     1     0     2
amount      0.333  0.500  0.400     1     2     1
valuation   1.000  0.500  0.667     1     0     1
compute     1.000  1.000  1.000     1     0     0
date        0.500  0.500  0.500     1     1     1
round       0.500  0.333  0.400     1     1     2
bounds      0.500  0.500  0.500     1     1     1
basis       0.000  0.000  0.000     0     1     1
status      0.000  0.000  0.000     0     1     1
micro F1 0.595   macro F1 0.610   record exact 0.333 (1/3)
"""
ERRORS = """\
bounds    FP  moonrise: Lunar: >= 1000000000 USD for 1000000000 USD
basis     FP  moonrise: Lunar: 2500000000 EUR post for 2500000000 EUR pre
status    FP  moonrise: Lunar: closed for in_talks
event     FN  moonrise: Zorblat, any
investor  FN  moonrise: Kestrel Capital -> Zorblat
round     FN  morning: Lunar Labs: nothing for series_b
amount    FP  morning: Lunar Labs: 800000000 USD for 700000000 USD
valuation FN  morning: Lunar Labs: nothing for <= 1000000000 USD any
event     FP  morning: Lunar Labs, <= 2000000 USD
lead      FN  morning: Kestrel Capital -> Lunar Labs not marked lead
investor  FN  morning: Otter Fund -> Lunar Labs
"""


def write_gold(path: Path, rows: list[Any]) -> Path:
    """Writes rows as a gold file; a string stands as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
