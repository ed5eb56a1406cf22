"""A small result made by hand: two articles that disagree on the round of an invented company, and a third one.

`moonrise` says "over $1 billion", `morning` says $800 million, so the event has a conflict.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from aifund.model import (
    ArticleRow,
    Compute,
    Conflict,
    Decision,
    Entity,
    Event,
    Evidence,
    Money,
    Party,
    Report,
    Result,
    Valuation,
    When,
)

TEXTS = {
    "moonrise": "In February Lunar Labs raised over $1 billion in a Series B led by Kestrel Capital, 80% of it as "
    "cloud credits; Birch Ventures took part. The round values Lunar at €2.5 billion.",
    "morning": "The moon laboratory raised $800 million, Kestrel said. Birch Ventures joined.",
    "weather": "Rain is expected.",
}

FEBRUARY = When("2024-02", date(2024, 2, 1), date(2024, 2, 29))
BILLION = Money(1_000_000_000, None, "USD", "more_than")
MILLIONS = Money(800_000_000, 800_000_000, "USD")
VALUE = Valuation(Money(2_500_000_000, 2_500_000_000, "EUR"), "post")
CREDITS = Compute(0.8, 0.8, "80% of it as cloud credits")


def quoted(article: str, field: str, quote: str, rule: str) -> Evidence:
    """Evidence at the place where the quote first stands in the article."""
    start = TEXTS[article].index(quote)
    return Evidence(field, "text", start, start + len(quote), quote, rule)


LUNAR = Party("Lunar Labs", ("Lunar Labs", "The moon laboratory"), id="lunar-labs")
KESTREL = Party("Kestrel Capital", ("Kestrel Capital",), id="kestrel-capital", role="lead")
BIRCH = Party(
    "Birch Ventures", ("Birch Ventures",), id="birch-ventures", amount=Money(5_000_000, 7_000_000, "CNY", "range")
)

MOONRISE = Report(
    article="moonrise",
    target=replace(LUNAR, as_written=("Lunar Labs",)),
    investors=(KESTREL, replace(BIRCH, amount=None)),
    round="series_b",
    amount=BILLION,
    valuation=VALUE,
    compute=CREDITS,
    date=FEBRUARY,
    ai="yes",
    evidence=(
        quoted("moonrise", "target", "Lunar Labs", "name.target"),
        quoted("moonrise", "investor.birch-ventures", "Birch Ventures", "name.investor"),
        quoted("moonrise", "investor.kestrel-capital", "Kestrel Capital", "name.investor"),
        quoted("moonrise", "lead.kestrel-capital", "led by", "lead.led"),
        quoted("moonrise", "round", "Series B", "round.series"),
        quoted("moonrise", "amount", "over $1 billion", "money.dollar+hedge.over"),
        quoted("moonrise", "valuation", "€2.5 billion", "money.euro"),
        quoted("moonrise", "compute", "80% of it as cloud credits", "compute.credits"),
        quoted("moonrise", "date", "In February", "date.month"),
    ),
)
MORNING = Report(
    article="morning",
    target=replace(LUNAR, as_written=("The moon laboratory",)),
    investors=(replace(KESTREL, as_written=("Kestrel",), role="participant"), BIRCH),
    amount=MILLIONS,
    date=FEBRUARY,
    evidence=(
        quoted("morning", "target", "The moon laboratory", "name.target"),
        quoted("morning", "investor.kestrel-capital", "Kestrel", "name.investor"),
        quoted("morning", "investor.birch-ventures", "Birch Ventures", "name.investor"),
        quoted("morning", "amount", "$800 million", "money.dollar"),
        Evidence("date", "published", -1, -1, "", "date.published"),
    ),
)
EVENT = Event(
    id="lunar-labs-series-b-2024",
    target=LUNAR,
    ai="yes",
    investors=(KESTREL, BIRCH),
    round="series_b",
    status="closed",
    amount=BILLION,
    amount_usd=1_000_000_000,
    valuation=VALUE,
    valuation_usd=2_700_000_000,
    compute=CREDITS,
    date=FEBRUARY,
    reports=(MOONRISE, MORNING),
    articles=("moonrise", "morning"),
    publishers=2,
    conflicts=(
        Conflict(
            "amount", ((BILLION, ("moonrise",)), (MILLIONS, ("morning",))), BILLION, "nothing else decides, it is later"
        ),
    ),
)
ENTITIES = (
    Entity(
        "lunar-labs",
        "Lunar Labs",
        "ai_company",
        ai="yes",
        aliases_seen=("The moon laboratory", "Lunar Labs"),
        articles=("moonrise", "morning"),
        decisions=(
            Decision("Lunar Labs", "key", "the name itself"),
            Decision("The moon laboratory", "alias", "declared in the catalogue", ("Moon Lab Coffee",)),
        ),
    ),
    Entity(
        "kestrel-capital",
        "Kestrel Capital",
        "investor",
        parent="kestrel-group",
        aliases_seen=("Kestrel", "Kestrel Capital"),
        articles=("moonrise", "morning"),
        decisions=(Decision("Kestrel", "alias", "short for Kestrel Capital"),),
    ),
    Entity("birch-ventures", "Birch Ventures", "investor", articles=("moonrise", "morning")),
)


def article(name: str, **changed: object) -> ArticleRow:
    """The row of one of the sample's articles."""
    row = ArticleRow(
        name,
        outcome="no_event" if name == "weather" else "events",
        title=f"On {name}",
        publisher=f"The {name.title()} Post",
        published="2024-03-07",
        language="en",
        events=0 if name == "weather" else 1,
        sha256=hashlib.sha256(TEXTS[name].encode()).hexdigest(),
    )
    return replace(row, **changed)  # type: ignore[arg-type]


RESULT = Result(
    events=(EVENT,),
    entities=ENTITIES,
    articles=tuple(article(name) for name in TEXTS),
    versions={"aifund": "0.1.0", "model": "en_core_web_sm 3.8.0", "rules": "sha256 of the rules"},
)


def with_event(**changed: object) -> Result:
    """The sample with some values of its event changed."""
    return replace(RESULT, events=(replace(EVENT, **changed),))  # type: ignore[arg-type]


def second(**changed: object) -> Event:
    """Another event of the same company, told by `morning` alone."""
    report = replace(MORNING, round="seed", amount=Money(None, 2_000_000, "USD", "up_to"))
    event = replace(
        EVENT,
        id="lunar-labs-seed-2024",
        round="seed",
        amount=report.amount,
        amount_usd=2_000_000,
        valuation=None,
        valuation_usd=None,
        compute=None,
        reports=(report,),
        articles=("morning",),
        publishers=1,
        conflicts=(),
    )
    return replace(event, **changed)  # type: ignore[arg-type]
