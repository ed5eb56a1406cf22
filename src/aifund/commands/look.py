"""`aifund sources`, `aifund text` and `aifund schema`: what is read, and what is written."""

from __future__ import annotations

from typing import Annotated

import typer

from aifund import console
from aifund.commands.codes import COMPLETE, SOME_UNREADABLE
from aifund.commands.options import Field, Limit, Paths, Verbose, reading
from aifund.errors import UsageError


def sources(verbose: Verbose = False) -> int:
    """List the formats that aifund reads, how they may be packed, and the limits.

    \b
    Examples:
      aifund sources
    """
    from aifund.sources.about import about

    console.emit(about())
    return COMPLETE


def text(
    paths: Paths,
    article: Annotated[str | None, typer.Option(metavar="ID", help="Only this article, its text alone.")] = None,
    field: Field = None,
    limit: Limit = None,
    verbose: Verbose = False,
) -> int:
    """Print what is read of articles: what the offsets in evidence.csv count in.

    With --article its text to the letter; without, each article's head and text. Exit code 3 when something could not
    be read.

    \b
    Examples:
      aifund text page.html
      aifund text crawl.warc.gz --article https://example.org/1
    """
    from aifund.sources import read
    from aifund.sources.about import shown

    console.listen(quiet=False, verbose=verbose)
    code = COMPLETE
    found = False
    for item in read(paths, reading(field, limit)):
        if article in (None, item.id):
            found = True
            readable, words = shown(item, alone=article is not None)
            if readable:
                console.emit(words)
            else:
                console.error(words)
                code = SOME_UNREADABLE
    if article and not found:
        raise UsageError(f"no article {article!r} there — leave --article out to see all")
    return code


def schema(verbose: Verbose = False) -> int:
    """Print the JSON Schema of events.json.

    \b
    Examples:
      aifund schema > events.schema.json
    """
    from aifund.output.schema import schema_json

    console.emit(schema_json())
    return COMPLETE
