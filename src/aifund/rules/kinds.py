"""The kinds of pattern rules that aifund reads, and which values they may have where the output fixes those."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import get_args

from aifund.errors import Problem
from aifund.model import ROUND, Status
from aifund.rules.models import PatternFile
from aifund.rules.strict import RuleFile, nearest

GRAMMARS = ("money", "date")

# A kind that is not here would never be looked for; one of these without a rule would never be found.
_ALL = """
abbreviation ai_company alone background bet_on cash cheque cited cites clause cohort company_noun company_ref compute
compute_makes compute_pay compute_reverse deal_goes_on described_by example flotation founding froms fund funding_noun
gate glue holding honorific into invest invest_noun investor_adjective investor_noun job_title join joins joins_behind
known_money label lead leads leads_behind led_people legal_suffix list_end list_goes_on money_done name_and name_ends
name_founded name_numbered name_of name_particle name_small_tail name_verb nationality no_deal not_name
not_name_alone of_deal org_tail other_company other_sum other_world owning paid_sum passive_by place preposition
publication raise relative round saying sector_word separator share share_hedge speaker stake stand_in status
this_round total undisclosed valuation venture_world
"""
KINDS = _REQUIRED = frozenset(_ALL.split())
_VALUES = {"round": ROUND, "status": f"^({'|'.join(get_args(Status))})$"}


def unknown_kinds(document: RuleFile) -> list[Problem]:
    """Kinds in a file, its own and those of its rules, that are none of aifund's."""
    if not isinstance(document.data, dict):
        return []
    problems = []
    kind = document.data.get("kind")
    if isinstance(kind, str) and kind not in (*KINDS, *GRAMMARS):
        problems.append(_unknown(document, ("kind",), "", kind, (*KINDS, *GRAMMARS)))
    rules = document.data.get("rules")
    for index, rule in enumerate(rules if isinstance(rules, list) and kind not in GRAMMARS else ()):
        own = rule.get("kind") if isinstance(rule, dict) else None
        if isinstance(own, str) and own not in KINDS:
            problems.append(_unknown(document, ("rules", index, "kind"), str(rule.get("id", "")), own, KINDS))
    return problems


def unfit_values(document: RuleFile, file: PatternFile) -> Iterator[Problem]:
    """Values of rules that the output has no place for: a value itself, or what a template makes of an example."""
    for index, rule in enumerate(file.rules):
        allowed = _VALUES.get(rule.kind)
        if allowed is None or rule.veto:
            continue
        value = rule.value if rule.value is not None else rule.id
        if "{" not in value:
            if not re.search(allowed, value):
                yield _unfit(document, ("rules", index, "value"), rule.id, rule.kind, value)
            continue
        for number, example in enumerate(rule.examples):
            for quote, emitted in example.emits.items():
                if not re.search(allowed, emitted):
                    place = ("rules", index, "examples", number, "emits", quote)
                    yield _unfit(document, place, rule.id, rule.kind, emitted)


def missing_kinds(present: Collection[str]) -> list[str]:
    """The kinds without which aifund would silently find less."""
    return sorted(_REQUIRED - set(present))


def _unknown(document: RuleFile, place: tuple[str | int, ...], rule: str, kind: str, known: Collection[str]) -> Problem:
    message = f"unknown kind {kind!r}: no stage reads it{nearest(kind, known)}"
    return Problem(document.path, document.line(place), rule, message)


def _unfit(document: RuleFile, place: tuple[str | int, ...], rule: str, kind: str, value: str) -> Problem:
    message = f"{value!r} is no value that a {kind} can have in the tables; it must fit {_VALUES[kind]}"
    return Problem(document.path, document.line(place), rule, message)
