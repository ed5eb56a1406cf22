"""What a rule of the date grammar makes of an example."""

from __future__ import annotations

from datetime import date

from aifund.language.datelines import article_date
from aifund.language.dates import dates_and_vetoes
from aifund.language.text import matching
from aifund.model import Mention
from aifund.rules.models import Rules


def emitted(rule: str, text: str, reference: date | None, rules: Rules) -> dict[str, str]:
    """What the date rule with the id `rule` emits on `text`, as quote: EDTF.

    A form or a vocabulary emits the dates that it has a part in, a veto those it takes away, a dateline the article's.
    """
    if any(dateline.id == rule for dateline in rules.dates.datelines):
        found = article_date(text, rules)
        return _quotes([found] if found and found.rule.startswith(f"{rule}+") else [])
    dated = dates_and_vetoes(matching(text), reference, rules.dates)
    return _quotes([each.mention for each in dated if rule in (each.veto or each.mention.rule).split("+")])


def _quotes(mentions: list[Mention]) -> dict[str, str]:
    return {mention.text: mention.value.edtf for mention in mentions}
