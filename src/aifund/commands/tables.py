"""`aifund diff`, `verify`, `why` and `eval`: what people ask of tables that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aifund import console
from aifund.commands.codes import COMPLETE, DIFFERENT
from aifund.commands.options import Output, Verbose
from aifund.errors import UsageError


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The folder of an earlier run.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The folder of a later run.")],
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write it as JUnit XML.")] = None,
    verbose: Verbose = False,
) -> int:
    """Compare two sets of tables, cell by cell.

    Prints the events gained, lost and changed. Exit code 0 when the sets are equal, 4 when not.

    \b
    Examples:
      aifund diff output/ /tmp/output
      aifund diff output/ /tmp/output --junit report.xml
    """
    from aifund.output.compare import compare, junit_xml, render

    differences = compare(old, new)
    if junit:
        console.write(junit, junit_xml(differences))
    console.emit(render(differences))
    return DIFFERENT if differences else COMPLETE


def verify(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that extract has written.")],
    verbose: Verbose = False,
) -> int:
    """Check that a folder holds one whole set of tables.

    Recomputes the sizes, hashes and counts of manifest.json and prints each difference. Exit code 4 when there is one.

    \b
    Examples:
      aifund verify output/
    """
    from aifund.output.verify import verify as differences

    found = differences(directory)
    console.emit("\n".join(found) if found else f"{directory}: all files are as they were written")
    return DIFFERENT if found else COMPLETE


def why(
    event: Annotated[str, typer.Argument(metavar="EVENT_ID", help="An id out of events.csv.")],
    field: Annotated[str | None, typer.Argument(metavar="FIELD", help="Only this field, such as amount.")] = None,
    output: Output = Path("output"),
    verbose: Verbose = False,
) -> int:
    """Print what stands behind the values of an event.

    The quotes and the rules that found them, why a name became an organisation, and the rejected alternatives.

    \b
    Examples:
      aifund why EVENT_ID
      aifund why EVENT_ID amount --output ledger
    """
    from aifund.output.why import why as explain

    console.emit(explain(output, event, field))
    return COMPLETE


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="What careful readers found in the articles.")],
    output: Output = Path("output"),
    errors: Annotated[bool, typer.Option("--errors", help="First list every miss and every false hit.")] = False,
    floors: Annotated[Path | None, typer.Option(metavar="FILE", help="Fail where a figure is below its floor.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Raise the floors to what is measured.")] = False,
    verbose: Verbose = False,
) -> int:
    """Measure the tables against a gold file.

    Prints precision, recall and F1 of each slot. The gold file's form stands in the README under "Gold". Exit code 4
    when a figure is below its floor; --update never lowers one.

    \b
    Examples:
      aifund eval gold.jsonl
      aifund eval gold.jsonl --output ledger --errors
      aifund eval gold.jsonl --floors floors.json
    """
    import aifund
    from aifund.evaluation import floors as ground
    from aifund.evaluation import gold as labels
    from aifund.evaluation.report import render
    from aifund.evaluation.score import measure

    if update and not floors:
        raise UsageError("--update needs --floors FILE, the file to update")
    console.listen(quiet=False, verbose=verbose)
    rows = labels.read(gold)
    document = aifund.read(output)
    tally = measure(document, rows)
    console.emit(render(tally, errors=errors))
    if floors:
        found = ground.taken(tally, gold, rows, document)
        if update:
            console.write(floors, ground.raised(floors, gold, found))
        else:
            ground.hold(floors, gold, found)
    return COMPLETE
