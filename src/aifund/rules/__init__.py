"""Rules as data: reading and checking them."""

from __future__ import annotations

from aifund.errors import Problem
from aifund.rules.load import default_rules_dir, load
from aifund.rules.models import Rules

__all__ = ["Problem", "Rules", "check", "default_rules_dir", "load"]


def check(rules: Rules) -> list[Problem]:
    """Runs the examples and counterexamples of all rules; see `aifund.rules.checks`."""
    from aifund.rules.checks import check as run

    return run(rules)
