"""Options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aifund import talk

if TYPE_CHECKING:
    from aifund.sources import Reading


def _log_format(form: str) -> str:
    talk.choose(form)
    return form


Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="DIR", envvar="AIFUND_RULES", help="Rules instead of aifund's own, or entities/ over them."
    ),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", envvar="AIFUND_OUTPUT", help="The folder of the tables.")
]
Paths = Annotated[list[Path], typer.Argument(metavar="PATHS", help="Folders, files, patterns, - for standard input.")]
Field = Annotated[
    list[str] | None,
    typer.Option(metavar="PART=NAME", envvar="AIFUND_FIELD", help="Which field of rows holds a part: text=BODY."),
]
Limit = Annotated[
    list[str] | None, typer.Option(metavar="NAME=SIZE", envvar="AIFUND_LIMIT", help="Another limit than the default.")
]
Formats = Annotated[
    str, typer.Option("--format", metavar="csv,json", envvar="AIFUND_FORMAT", help="Which forms to write.")
]
OnlyAi = Annotated[
    bool, typer.Option("--only-ai/--no-only-ai", envvar="AIFUND_ONLY_AI", help="Keep only events of AI companies.")
]
Quiet = Annotated[bool, typer.Option("--quiet/--no-quiet", "-q", envvar="AIFUND_QUIET", help="Say nothing but errors.")]
LogFormat = Annotated[
    str,
    typer.Option(
        metavar="text|json",
        envvar="AIFUND_LOG_FORMAT",
        help="How to talk on stderr.",
        callback=_log_format,
        is_eager=True,
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", help="Say more; of a bug, show the traceback.")]


def reading(fields: list[str] | None, limits: list[str] | None) -> Reading:
    """How to read, from what `--field` and `--limit` say. Raises UsageError."""
    from aifund.sources import Fields, Limits
    from aifund.sources import Reading as Settings

    return Settings(Limits.of(limits or ()), Fields.of(fields or ()))
