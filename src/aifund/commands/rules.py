"""`aifund rules …` and `aifund aliases …`: what people do with what aifund knows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from aifund import console
from aifund.commands.codes import BAD_RULES, COMPLETE
from aifund.commands.options import Output, Rules, Verbose
from aifund.errors import Problem

rules_app = typer.Typer(rich_markup_mode=None)
aliases_app = typer.Typer(rich_markup_mode=None)


@rules_app.callback()
def rules_group() -> None:
    """Work on the rules: words, names and patterns.

    \b
    Examples:
      aifund rules check
    """


@rules_app.command()
def check(rules: Rules = None, verbose: Verbose = False) -> int:
    """Load all rules and the catalogue of organisations, and run the rules' examples and counterexamples.

    Prints each failure as file:line. Exit code 0 when all hold, 5 when not.

    \b
    Examples:
      aifund rules check
      aifund rules check --rules my-rules/
    """
    from aifund import rules as shelf

    folder = rules or shelf.default_rules_dir()
    return _audited(shelf.audit(folder), f"{folder}: all rules hold")


@aliases_app.callback()
def aliases_group() -> None:
    """Work on the organisations: which names are one, which are two.

    \b
    Examples:
      aifund aliases suggest > proposals.yaml
      aifund aliases check --rules my-rules/
    """


@aliases_app.command()
def suggest(output: Output = Path("output"), rules: Rules = None, verbose: Verbose = False) -> int:
    """Print likely merges and splits of the organisations in the tables, as YAML to paste.

    Each with its score and its evidence. Nothing is changed: what is right goes into a folder of your own.

    \b
    Examples:
      aifund aliases suggest
      aifund aliases suggest --output ledger --rules my-rules/
    """
    from aifund import rules as shelf
    from aifund.entities.catalogue import Catalogue
    from aifund.output.suggestions import suggestions

    base, own = shelf.layers(rules)
    console.emit(suggestions(output, Catalogue.load(base / "entities", own)))
    return COMPLETE


@aliases_app.command(name="check")
def check_aliases(rules: Rules = None, verbose: Verbose = False) -> int:
    """Check the organisations: spellings claimed twice, cycles of parents, contradictions, one file:line each.

    Exit code 0 when nothing is wrong, 5 otherwise. `aifund rules check` does this too, and checks the rules.

    \b
    Examples:
      aifund aliases check
      aifund aliases check --rules my-rules/
    """
    from aifund import rules as shelf

    folder = rules or shelf.default_rules_dir()
    return _audited(shelf.audit_entities(folder), f"{folder}: the organisations hold")


def _audited(problems: Sequence[Problem], well: str) -> int:
    """Prints what is wrong in rule files, else that all is `well`."""
    for problem in problems:
        console.emit(str(problem))
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        console.error(f"{count} in the rules — mend {'the place' if len(problems) == 1 else 'the places'} above")
        return BAD_RULES
    console.emit(well)
    return COMPLETE
