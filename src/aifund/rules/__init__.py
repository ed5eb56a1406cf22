"""Rules as data: reading and checking them."""

from __future__ import annotations

from pathlib import Path

from aifund.errors import Problem, RulesError
from aifund.rules.load import default_rules_dir, load
from aifund.rules.models import Rules

__all__ = ["Problem", "Rules", "audit", "check", "default_rules_dir", "load"]


def check(rules: Rules) -> list[Problem]:
    """Runs the examples and counterexamples of all rules; see `aifund.rules.checks`."""
    from aifund.rules.checks import check as run

    return run(rules)


def audit(directory: Path) -> list[Problem]:
    """Everything that is wrong in a folder of rules: in its files, in what they do, in its catalogue; by place."""
    from aifund.entities.catalogue import Catalogue

    problems: list[Problem] = []
    try:
        problems += check(load(directory))
    except RulesError as error:
        problems += error.problems
    if directory.is_dir():
        try:
            Catalogue.load(directory / "entities")
        except RulesError as error:
            problems += error.problems
    return sorted(problems)
