"""Rules as data: reading and checking them."""

from __future__ import annotations

from pathlib import Path

from aifund.errors import Problem, RulesError
from aifund.rules.load import default_rules_dir, layers, load
from aifund.rules.models import Rules

__all__ = ["Problem", "Rules", "audit", "audit_entities", "check", "default_rules_dir", "layers", "load"]


def check(rules: Rules) -> list[Problem]:
    """Runs the examples and counterexamples of all rules; see `aifund.rules.checks`."""
    from aifund.rules.checks import check as run

    return run(rules)


def audit(directory: Path) -> list[Problem]:
    """Everything that is wrong in a folder of rules: in its files, in what they do, in its catalogue and checks."""
    from aifund.checks.load import load as load_checks

    problems: list[Problem] = []
    try:
        problems += check(load(directory))
    except RulesError as error:
        problems += error.problems
    try:
        load_checks(directory)
    except RulesError as error:
        problems += error.problems
    if directory.is_dir():
        problems += audit_entities(directory)
    return sorted(problems)


def audit_entities(directory: Path) -> list[Problem]:
    """Everything that is wrong in the organisations of a folder of rules, by place."""
    from aifund.entities.catalogue import Catalogue

    base, own = layers(directory)
    try:
        Catalogue.load(base / "entities", own)
    except RulesError as error:
        return sorted(error.problems)
    return []
