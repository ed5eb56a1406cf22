"""`aifund extract`: articles become tables."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aifund import console, signals, talk
from aifund.commands.codes import COMPLETE, SOME_UNREADABLE
from aifund.commands.options import Field, Formats, Limit, LogFormat, OnlyAi, Output, Paths, Quiet, Rules, Verbose
from aifund.commands.options import reading as how_to_read
from aifund.errors import UsageError

if TYPE_CHECKING:
    from aifund.output.news import News
    from aifund.output.publish import Composed

log = logging.getLogger(__name__)

FORMATS = ("csv", "json")


def extract(
    paths: Paths,
    output: Output = Path("output"),
    ledger: Annotated[
        Path | None,
        typer.Option(metavar="FILE", envvar="AIFUND_LEDGER", help="Keep every article ever seen in this file."),
    ] = None,
    changes: Annotated[
        Path | None,
        typer.Option(metavar="FILE", envvar="AIFUND_CHANGES", help="Write what is new since the last run here."),
    ] = None,
    max_seconds: Annotated[
        float | None,
        typer.Option(min=0, metavar="N", envvar="AIFUND_MAX_SECONDS", help="Stop reading then, and make the tables."),
    ] = None,
    formats: Formats = "csv,json",
    rules: Rules = None,
    checks: Annotated[
        Path | None,
        typer.Option(metavar="FILE", envvar="AIFUND_CHECKS", help="What the tables must satisfy, over the defaults."),
    ] = None,
    only_ai: OnlyAi = False,
    field: Field = None,
    limit: Limit = None,
    quiet: Quiet = False,
    log_format: LogFormat = "text",
    verbose: Verbose = False,
) -> int:
    """Read articles and write the tables of their funding events.

    \b
    Examples:
      aifund extract seeds/
      aifund extract monday.jsonl notes/ --output ledger --only-ai
      aifund extract news/ --format csv --quiet
      aifund extract feeds/ --ledger funds.db --changes changes.jsonl
      aifund extract dump.csv --field text=BODY --field title=HEAD
      zcat wire.jsonl.gz | aifund extract -
    """
    import aifund
    from aifund.checks.breaches import hold
    from aifund.checks.load import load as load_checks
    from aifund.output.apart import keep_apart, keep_file_apart
    from aifund.output.lock import alone
    from aifund.output.publish import NAMES, compose

    wanted = _formats(formats)
    if changes and "json" not in wanted:
        raise UsageError("--changes compares events.json — leave json in --format")
    keep_apart(paths, output, NAMES)
    for file, what in ((ledger, "the ledger"), (changes, "--changes")):
        if file:
            keep_file_apart(paths, output, file, what)
    reading = how_to_read(field, limit)
    console.listen(quiet=quiet, verbose=verbose)
    with alone(output):
        loaded = aifund.load_rules(rules)
        musts = load_checks(rules, checks)
        with console.progress(quiet) as progress:
            result = aifund.extract(
                paths,
                loaded,
                only_ai=only_ai,
                progress=progress,
                reading=reading,
                ledger=ledger,
                max_seconds=max_seconds,
            )
            composed = compose(result)
            hold(musts, composed.document.events, composed.articles)
            told = None if quiet and not changes else _told(composed, output)
            _publish(composed, output, wanted, changes, told)
    with signals.late():
        if quiet or told is None:
            console.unreadable(result)
        elif talk.in_json():
            console.done(result, output, told)
        else:
            console.closing(result, output, told, verbose=verbose)
    return SOME_UNREADABLE if any(row.outcome == "unreadable" for row in result.articles) else COMPLETE


def _told(composed: Composed, output: Path) -> News:
    """What the new tables tell that the old ones, not yet replaced, do not."""
    from aifund.output.news import news

    told = news(output, composed)
    if told.flaw:
        log.warning("every event counts as new: %s", told.flaw)
    return told


def _publish(composed: Composed, output: Path, wanted: Sequence[str], changes: Path | None, told: News | None) -> None:
    """Replaces the tables, and just before them `changes`: who is killed in between tells it again next time, and loses
    nothing.
    """
    from aifund.output.publish import put

    if not (changes and told):
        put(composed, output, wanted)
        return
    from aifund.output.news import lines
    from aifund.output.staged import staged

    with staged(changes, lines(told)) as replace:
        put(composed, output, wanted, first=replace)


def _formats(listed: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in listed.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise UsageError(f"--format {listed!r} is not known — give csv, json or csv,json")
    return names
