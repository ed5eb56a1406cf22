"""Finds the day on which an article says that it was published."""

from __future__ import annotations

from aifund.language.dates import find_dates
from aifund.language.text import matching
from aifund.model import Mention
from aifund.rules.models import Rules

HEAD = 600  # code points in which a dateline stands


def article_date(text: str, rules: Rules) -> Mention | None:
    """The dateline of an article's whole text: a "date" mention of one day, its rule led by the dateline's id.

    None where there is none: a date in running prose is no dateline.
    """
    head = matching(text[:HEAD])
    candidates = [
        (rule.rank, mention.start, Mention("date", mention.start, mention.end, text[mention.start : mention.end],
                                           mention.value, f"{rule.id}+{mention.rule}"))
        for mention in find_dates(head, None, rules)
        if mention.value.min == mention.value.max
        for rule, context in rules.dates.places
        if context.fits(*_around(head, mention))
    ]  # fmt: skip
    return min(candidates, key=lambda candidate: candidate[:2])[2] if candidates else None


def _around(head: str, mention: Mention) -> tuple[bytes, bytes, bytes]:
    """The line above (blank ones left out) and the line up to the date; the date; the line after it."""
    *above, line = head[: mention.start].split("\n")
    previous = next((text for text in reversed(above) if text.strip()), "")
    after = head[mention.end :].split("\n", 1)[0]
    before = f"{previous}\n{line}"
    return before.encode("utf-8", "replace"), mention.text.encode("utf-8", "replace"), after.encode("utf-8", "replace")
