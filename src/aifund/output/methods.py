"""The methods of code that find a value by grammar or layout, where no rule in `rules/` does.

Evidence names what found its value: ids of rules, or of these, joined by `+`.
"""

from __future__ import annotations

METHODS = {
    "compute.bare": "a share directly before the computing power that it is paid in",
    "compute.money": "a sum that the sentence ties to computing power",
    "date.fresh": "news without a time word is of the day on which it was published",
    "investor.entry": "a name in one cell of a line that dashes or bars cut up",
    "investor.owner": 'the owner of the money: "N\'s investment"',
    "investor.subject": "the subject of a verb whose object is another's round: \"N launched M's Series A\"",
    "learned.investor": "an investor by the learned roles, where no rule sees one",
    "learned.target": "the likeliest target by the learned roles, where no rule sees one",
    "learned.valuation": "a valuation by the learned roles, where no rule knows the words",
    "investor.form": "behind a label for investors in a form",
    "target.cohort": "one of the companies in a list that each get the sum",
    "target.form": "behind the label for the company in a form, or before its labels",
    "target.respectively": "the name whose place in its list the sum has in its own",
    "target.entry": "the name at the head of a line that dashes or bars cut up",
    "target.given": 'the one to whom a noun gives the money: "an investment in N", "a loan to N"',
    "target.heading": 'the name with which a list item or a heading begins: "N: $5m seed"',
    "target.noun": 'the one behind the noun of a deal: "a round for N"',
    "target.owner": 'the owner of a round: "N\'s Series A"',
    "target.subject": 'the subject of whatever verb the sum or the round hangs on: "N is out for $5m"',
    "target.told": "the company that the line, the deal told before or the article is about",
}


def described(rule: str) -> str:
    """What evidence names as its rule, for people: each of `METHODS` in it with its sentence."""
    sentences = [METHODS[part] for part in rule.split("+") if part in METHODS]
    return f"rule {rule}: {'; '.join(sentences)}" if sentences else f"rule {rule}"
