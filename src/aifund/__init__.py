"""aifund turns news into an auditable ledger of AI funding. The public verbs: load_rules, extract, publish, read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aifund.model import Result
    from aifund.output.document import Document
    from aifund.rules import Rules
    from aifund.sources import Reading

__all__ = ["extract", "load_rules", "publish", "read"]


def load_rules(directory: Path | None = None) -> Rules:
    """The rules in `directory`, else those that come with aifund. Raises RulesError, which lists every problem."""
    from aifund.rules import load

    return load(directory)


def extract(
    paths: Sequence[Path],
    rules: Rules,
    *,
    only_ai: bool = False,
    progress: Callable[[int], None] | None = None,
    reading: Reading | None = None,
    ledger: Path | None = None,
    max_seconds: float | None = None,
) -> Result:
    """The funding events that the articles under `paths` tell of, merged over all of them.

    `only_ai` keeps events whose target is an AI company; `progress` is told the number of inputs done so far;
    `reading` holds other limits than the defaults, and names of fields (`aifund.sources.Reading`);
    `ledger` is a file that keeps every input ever seen: the events are those of all of them then;
    `max_seconds` is when to stop reading: what is left is logged, and `skipped` in `Result.articles` without a ledger.
    Raises UsageError for a path that does not exist; an unreadable input costs only itself: `Result.articles` has a
    row for it.
    """
    from aifund.pipeline import run

    return run(paths, rules, only_ai, progress, reading, ledger, max_seconds)


def publish(
    result: Result,
    directory: Path,
    formats: Collection[str] = ("csv", "json"),
    *,
    rules: Path | None = None,
    checks: Path | None = None,
) -> None:
    """Writes the output set into `directory`, all of it or none, where it satisfies the checks.

    They are those that come with aifund, with what the folder `rules` (its checks.yaml, if it has one) and the file
    `checks` say otherwise. Raises CheckFailed where a row breaks one, RulesError where they cannot be used, Busy where
    another run writes there, OutputError where it can't be written; nothing is published then.
    """
    from aifund.checks.breaches import hold
    from aifund.checks.load import load
    from aifund.output.lock import alone
    from aifund.output.publish import compose, put

    musts = load(rules, checks)
    with alone(directory):
        composed = compose(result)
        hold(musts, composed.document.events, composed.articles)
        put(composed, directory, formats)


def read(directory: Path) -> Document:
    """The events.json of an output set, validated. Raises UsageError where there is none."""
    from aifund.output.read import read as load

    return load(directory)
