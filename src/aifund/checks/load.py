"""The checks that hold: those that come with aifund, under those of a folder of rules, under those of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aifund.checks.models import Checks
from aifund.rules.load import CHECKS, default_rules_dir
from aifund.rules.strict import read, validate


def load(rules: Path | None = None, file: Path | None = None) -> Checks:
    """The shipped checks with what the folder `rules` (its checks.yaml, if it has one) and `file` say otherwise.

    Raises RulesError, which names each fault as file:line.
    """
    folders = [default_rules_dir(), *([rules] if rules else [])]
    layers = [path for folder in folders if (path := folder / CHECKS).is_file()] + ([file] if file else [])
    said: dict[str, Any] = {}
    for layer in layers:
        checks = validate(Checks, read(layer))
        said |= {name: getattr(checks, name) for name in checks.model_fields_set}
    return Checks.model_construct(**said)
