"""Odd characters: they change nothing of what is found, and evidence is quoted from the text as delivered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aifund.language.legible import Legible, mended
from aifund.model import Article, Evidence, Party, Report

PLAIN = "Zorblat raised $30 million in a Series A round led by Crédit Quillon. The startup's plant is in Leeds."


@pytest.mark.parametrize(
    ("odd", "meant"),
    [
        ("Smith &amp; Co&#46; &#x24;5", "Smith & Co. $5"),
        ("&nbsp;", "\xa0"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("rai\u00adsed \u200b$5\u2060\ufeff m", "raised $5 m"),
        ("\u202b$5\u202c", "$5"),
        ("Cre\u0301dit", "Crédit"),
        ("\ufb01nance", "finance"),
        ("itâ€™s CrÃ©dit", "it’s Crédit"),
        ("Ö– stays", "Ö– stays"),
        ("plain", "plain"),
    ],
)
def test_what_was_meant(odd: str, meant: str) -> None:
    assert mended(odd).text == meant


@pytest.mark.parametrize(
    "odd", ["a&amp;b", "x\u00ady&lt;\u200bz", "e\u0301e\u0301", "\ufb01\ufb01x", "&amp;", "\u00ad\u00adab"]
)
def test_every_span_leads_back(odd: str) -> None:
    whole = mended(odd)
    for start in range(len(whole.text)):
        for end in range(start + 1, len(whole.text) + 1):
            left, right = whole.delivered(start, end)
            assert 0 <= left < right <= len(odd)
            assert whole.text[start:end] in mended(odd[left:right]).text


def test_evidence_is_quoted_as_delivered() -> None:
    legible = Legible(Article("a", "Zor\u00adblat &amp; Co raised money", title="T"))
    assert legible.article.text == "Zorblat & Co raised money"
    evidence = (Evidence("target", "text", 0, 12, "Zorblat & Co", "r"), Evidence("date", "published", -1, -1, "", "r"))
    told = legible.delivered(Report("a", Party("Zorblat", ("Zorblat",)), evidence=evidence))
    assert [one.quote for one in told.evidence] == ["Zor\u00adblat &amp; Co", ""]
    assert told.evidence[0].end == len("Zor\u00adblat &amp; Co")


SPOILT: dict[str, Callable[[str], str]] = {
    "entities": lambda text: text.replace("'", "&#39;").replace("é", "&eacute;").replace("$", "&#36;"),
    "soft hyphens": lambda text: text.replace("raised", "rai\u00adsed").replace("million", "mil\u00adlion"),
    "zero-width": lambda text: text.replace(" ", " \u200b").replace("Zorblat", "Zor\u200dblat"),
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
    "full-width": lambda text: text.replace("$30", "＄３０").replace("A", "Ａ"),
    "curly quotes": lambda text: text.replace("'", "’"),
    "apart": lambda text: text.replace("é", "e\u0301"),
    "directions": lambda text: f"\u202a{text}\u202c",
    "mojibake": lambda text: text.replace("'", "’").encode().decode("cp1252"),
    "lost spaces": lambda text: f"{text.replace('by Cr', 'byCr')} The startupZorblatis hiring.",
}


@pytest.mark.parametrize("name", SPOILT)
def test_the_same_is_found_however_it_is_written(name: str, tmp_path: Path) -> None:
    import aifund

    text = SPOILT[name](PLAIN)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (event,) = aifund.extract([tmp_path], aifund.load_rules()).events
    assert event.target.name == "Zorblat"
    assert event.amount is not None
    assert (event.amount.min, event.amount.currency, event.round) == (30_000_000, "USD", "series_a")
    assert [party.name for party in event.investors] == ["Crédit Quillon"]
    for one in event.reports[0].evidence:
        assert one.start < 0 or text[one.start : one.end] == one.quote
