"""`aifund extract`: articles become tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aifund import console, signals, talk
from aifund.commands.codes import COMPLETE, SOME_UNREADABLE
from aifund.commands.options import Field, Formats, Limit, LogFormat, OnlyAi, Output, Paths, Quiet, Rules, Verbose
from aifund.commands.options import reading as how_to_read
from aifund.errors import UsageError

FORMATS = ("csv", "json")


def extract(
    paths: Paths,
    output: Output = Path("output"),
    ledger: Annotated[
        Path | None,
        typer.Option(metavar="FILE", envvar="AIFUND_LEDGER", help="Keep every article ever seen in this file."),
    ] = None,
    formats: Formats = "csv,json",
    rules: Rules = None,
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
      aifund extract feeds/ --ledger funds.db
      aifund extract dump.csv --field text=BODY --field title=HEAD
      zcat wire.jsonl.gz | aifund extract -
    """
    import aifund
    from aifund.output.apart import keep_apart, keep_ledger_apart
    from aifund.output.lock import alone
    from aifund.output.publish import NAMES, publish

    wanted = _formats(formats)
    keep_apart(paths, output, NAMES)
    if ledger:
        keep_ledger_apart(paths, output, ledger)
    reading = how_to_read(field, limit)
    console.listen(quiet=quiet, verbose=verbose)
    with alone(output):
        loaded = aifund.load_rules(rules)
        with console.progress(quiet) as progress:
            result = aifund.extract(paths, loaded, only_ai=only_ai, progress=progress, reading=reading, ledger=ledger)
            publish(result, output, wanted)
    with signals.late():
        if quiet:
            console.unreadable(result)
        elif talk.in_json():
            console.done(result, output)
        else:
            console.closing(result, output, verbose=verbose)
    return SOME_UNREADABLE if any(row.outcome == "unreadable" for row in result.articles) else COMPLETE


def _formats(listed: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in listed.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise UsageError(f"--format {listed!r} is not known — give csv, json or csv,json")
    return names
