"""`aifund settings`, and what the settings are to the commands: defaults of their options."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from aifund import console
from aifund.commands.codes import COMPLETE
from aifund.commands.options import Verbose


def apply(context: typer.Context) -> None:
    """Makes the settings that hold here the defaults of all commands. Raises SettingsError."""
    from aifund.settings import load

    context.obj = load(Path.cwd(), os.environ)
    context.default_map = _spread(context.command, context.obj.values)


def _spread(command: Any, values: Mapping[str, object]) -> dict[str, Any]:
    """Settings as defaults of all the commands that have an option of the name."""
    if commands := getattr(command, "commands", None):
        return {name: _spread(sub, values) for name, sub in commands.items()}
    options = {option.removeprefix("--"): param.name for param in command.params for option in param.opts}
    return {options[name]: value for name, value in values.items() if name in options}


def settings(context: typer.Context, verbose: Verbose = False) -> int:
    """Show the settings that hold here, and where each comes from.

    Flags outweigh the environment (AIFUND_OUTPUT, AIFUND_LIMIT …), which outweighs aifund.toml or [tool.aifund] in
    pyproject.toml, the nearest from here upwards.

    \b
    Examples:
      aifund settings
      AIFUND_OUTPUT=ledger aifund settings
    """
    from aifund.settings import SETTINGS, render

    parent: Any = context.parent
    run = parent.command.commands["extract"].make_context("extract", ["-"], parent=parent)
    options = {option.removeprefix("--"): param.name for param in run.command.params for option in param.opts}
    held = {name: (run.params[options[name]], run.get_parameter_source(options[name]).name) for name in SETTINGS}
    console.emit(render(held, context.obj.file))
    return COMPLETE
