"""Writes the articles and the gold of the merge corpus: `python tests/corpus/merge/write.py`.

`deals.tsv` lists events, `wordings.md` the ways in which outlets tell them, `hard.md` articles written one by one.
`heldout.md` holds more of these, with a set of articles and gold of their own.
A deal's `plan` names what is published about it: news, brief, press release, talks before it, background after it, a
`copy` of the first article in another outlet, or news with its sum in another currency (`dollar`, `euro`, `yen`).
`differs` is another sum, in millions, that its last article states.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from aifund.events.rates import Rates

HERE = Path(__file__).parent
OUTLETS = (
    "The Harbour Wire", "Ledger Daily", "Deal Sheet", "Venture Courier", "The Morning Stack", "Silicon Gazette",
    "Capital Notes", "Tech Dispatch", "Round Robin", "The Series", "Northern Business", "Model Weekly",
)  # fmt: skip
CITIES = ("SAN FRANCISCO", "LONDON", "NEW YORK", "PARIS", "BOSTON")
DELAYS = {"talks": (-40, -12), "background": (60, 200), "copy": (1, 2)}
CURRENCIES = {"dollar": "USD", "euro": "EUR", "yen": "JPY"}
SIGNS = {"USD": "$", "EUR": "€", "JPY": "¥"}


@dataclass
class Written:
    """An article, and the reports that it holds: target as written, event, and the round where two have one target."""

    id: str
    published: date
    publisher: str
    title: str
    text: str
    told: list[tuple[str, str, str]] = field(default_factory=list)


def main() -> None:
    write([*generated(), *by_hand("hard.md")], "articles.jsonl", "gold.tsv")
    write([*by_hand("heldout.md")], "heldout.jsonl", "heldout.tsv")


def write(articles: list[Written], file: str, gold_file: str) -> None:
    rows = [
        {
            "id": a.id,
            "title": a.title or None,
            "text": a.text,
            "published": a.published.isoformat(),
            "publisher": a.publisher,
        }
        for a in articles
    ]
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    (HERE / file).write_text(lines, encoding="utf-8")
    gold = ["\t".join((a.id, *told)) + "\n" for a in articles for told in a.told]
    (HERE / gold_file).write_text("article\ttarget\tevent\tround\n" + "".join(gold), encoding="utf-8")
    events = {event for article in articles for _, event, _ in article.told}
    print(f"{file}: {len(articles)} articles, {len(gold)} reports, {len(events)} events")


def by_hand(file: str) -> Iterator[Written]:
    """The articles of a file: a head `## id | day | outlet`, lines `> target: event (round)`, `# title`, the text."""
    for block in re.split(r"^## ", (HERE / file).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        name, day, outlet = (part.strip() for part in head.split("|"))
        told = re.findall(r"^> (.+): (\S+)(?: \((\w+)\))?$", rest, re.MULTILINE)
        body = re.sub(r"^> .*\n", "", rest, flags=re.MULTILINE).strip()
        title, text = body.split("\n", 1) if body.startswith("# ") else ("", body)
        yield Written(name, date.fromisoformat(day), outlet, title.removeprefix("# "), text.strip(), told)


def generated() -> Iterator[Written]:
    """The articles of deals.tsv, each in the wording of its kind that was used least."""
    wordings: defaultdict[str, list[str]] = defaultdict(list)
    for block in re.split(r"^# ", (HERE / "wordings.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        kind, _, text = block.partition("\n")
        wordings[kind].append(text.strip())
    with (HERE / "deals.tsv").open(encoding="utf-8", newline="") as file:
        for deal in csv.DictReader(file, delimiter="\t", restval=""):
            yield from _told(deal, wordings)


def _told(deal: dict[str, str], wordings: dict[str, list[str]]) -> Iterator[Written]:
    chance = random.Random(deal["event"])
    outlets = chance.sample(OUTLETS, len(OUTLETS))
    day = date.fromisoformat(deal["day"])
    first = ""
    plan = deal["plan"].split()
    for number, kind in enumerate(plan):
        earliest, latest = DELAYS.get(kind, (0, 2))
        published = day + timedelta(days=chance.randint(earliest, latest))
        millions = float(deal["millions"])
        if deal["twist"].startswith("differs=") and number == len(plan) - 1:
            millions = float(deal["twist"].removeprefix("differs="))
        if kind == "copy":
            text = first
        else:
            shelf = wordings["news" if kind in CURRENCIES else kind]
            shelf.append(shelf.pop(0))
            text = _filled(
                shelf[-1], _values(deal, published, day, millions, CURRENCIES.get(kind, deal["currency"]), chance)
            )
        first = first or text
        told = [(deal["target"], deal["event"], "")]
        yield Written(f"{deal['event']}-{number + 1}", published, outlets[number], "", text, told)


def _values(
    deal: dict[str, str], published: date, day: date, millions: float, currency: str, chance: random.Random
) -> dict[str, str]:
    worth = float(deal["worth"]) if deal["worth"] else 0.0
    if currency != deal["currency"]:
        rates = Rates()
        factor = float(rates.usd(1, deal["currency"], day) or 0) / float(rates.usd(1, currency, day) or 1)
        millions, worth = millions * factor, worth * factor
        millions, worth = float(f"{millions:.3g}"), float(f"{worth:.2g}")
    others = deal["others"].split(", ") if deal["others"] else []
    return {
        "target": deal["target"],
        "what": deal["what"],
        "plain": re.sub(r"^which (\w+)", r"a company that \1", deal["what"]),
        "round": deal["round"],
        "amount": _sum(millions, currency, short=False),
        "amt": _sum(millions, currency, short=True),
        "worth": _sum(worth, currency, short=False) if worth else "",
        "wth": _sum(worth, currency, short=True) if worth else "",
        "lead": deal["lead"],
        "others": " and ".join(filter(None, (", ".join(others[:-1]), *others[-1:]))),
        "city": chance.choice(CITIES),
        "weekday": f"{published:%A}",
        "date": f"{published:%B} {published.day}, {published.year}",
        "month": f"{day:%B %Y}",
    }


def _sum(millions: float, currency: str, short: bool) -> str:
    scale, word = (1000, "B" if short else " billion") if millions >= 1000 else (1, "M" if short else " million")
    return f"{SIGNS[currency]}{millions / scale:.4g}{word}"


def _filled(wording: str, values: dict[str, str]) -> str:
    """The wording with its values; a part in square brackets falls away where one of its values is not known."""

    def optional(found: re.Match[str]) -> str:
        part = found.group(1)
        return part if all(values[name] for name in re.findall(r"\{(\w+)\}", part)) else ""

    text = re.sub(r"\[([^\]]*)\]", optional, wording).format_map(values)
    return re.sub(r"^(which|a|an|the) ", lambda found: found.group().capitalize(), text)


if __name__ == "__main__":
    main()
