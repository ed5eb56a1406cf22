"""The command line: each command parses its arguments, calls one verb and maps the outcome to an exit code.

Nothing heavy is imported here: the verbs load what they need when they are called, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from aifund import console, signals, streams, talk
from aifund.errors import AifundError, Problem, RulesError, UsageError
from aifund.ledger.commands import app as ledger_app

if TYPE_CHECKING:
    from aifund.sources import Reading

COMPLETE, BUG, USAGE, SOME_UNREADABLE, DIFFERENT, BAD_RULES = 0, 1, 2, 3, 4, 5
PIPE_CLOSED = 128 + signal.SIGPIPE
FORMATS = ("csv", "json")


def _log_format(form: str) -> str:
    talk.choose(form)
    return form


app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
rules_app = typer.Typer(rich_markup_mode=None)
app.add_typer(rules_app, name="rules")
aliases_app = typer.Typer(rich_markup_mode=None)
app.add_typer(aliases_app, name="aliases")
app.add_typer(ledger_app, name="ledger")

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


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        console.emit(f"aifund {version('aifund')}")
        raise typer.Exit


@app.callback()
def top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
    verbose: Verbose = False,
) -> None:
    """Turns a pile of news into an auditable ledger of AI funding.

    Who put how much into whom, at what valuation, how much of it in computing power, when, and who says so.

    \b
    Examples:
      aifund extract news/                  the tables of all articles, in output/
      aifund why EVENT_ID amount            the quotes behind a figure
      aifund diff old/ output/              what has changed, cell by cell
      aifund eval gold.jsonl                how right the tables are
      aifund text page.html                 what is read of an article

    \b
    Exit codes: 0 complete, 1 a bug, 2 usage, 3 complete but some inputs were
    unreadable, 4 a difference, 5 rules or settings invalid, 6 output could not be written,
    75 another run is writing there (try later), 130 and 143 stopped by a signal.
    """
    from aifund.settings import load

    context.obj = load(Path.cwd(), os.environ)
    context.default_map = _spread(context.command, context.obj.values)


def _spread(command: Any, values: Mapping[str, object]) -> dict[str, Any]:
    """Settings as defaults of all the commands that have an option of the name."""
    if commands := getattr(command, "commands", None):
        return {name: _spread(sub, values) for name, sub in commands.items()}
    options = {option.removeprefix("--"): param.name for param in command.params for option in param.opts}
    return {options[name]: value for name, value in values.items() if name in options}


@app.command()
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
    reading = _reading(field, limit)
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


@app.command()
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


@app.command()
def sources(verbose: Verbose = False) -> int:
    """List the formats that aifund reads, how they may be packed, and the limits.

    \b
    Examples:
      aifund sources
    """
    from aifund.sources.about import about

    console.emit(about())
    return COMPLETE


@app.command()
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
    for item in read(paths, _reading(field, limit)):
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command(name="eval")
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


@app.command()
def schema(verbose: Verbose = False) -> int:
    """Print the JSON Schema of events.json.

    \b
    Examples:
      aifund schema > events.schema.json
    """
    from aifund.output.schema import schema_json

    console.emit(schema_json())
    return COMPLETE


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


def _reading(fields: list[str] | None, limits: list[str] | None) -> Reading:
    from aifund.sources import Fields, Limits
    from aifund.sources import Reading as Settings

    return Settings(Limits.of(limits or ()), Fields.of(fields or ()))


def _formats(listed: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in listed.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise UsageError(f"--format {listed!r} is not known — give csv, json or csv,json")
    return names


def run(arguments: list[str]) -> int:
    """Runs one command line and returns its exit code; every error becomes one clear line on stderr."""
    signals.listen()
    try:
        code = app(arguments or ["--help"], prog_name="aifund", standalone_mode=False)
    except RulesError as error:
        message = f"the rules cannot be used — mend these places, then see 'aifund rules check'\n{error}"
        return _failed(message, error.exit_code)
    except AifundError as error:
        return _failed(str(error), error.exit_code)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "aifund"
        return _failed(f"{error.format_message().rstrip('.')} — see '{command} --help'", USAGE)
    except streams.PipeClosed:
        return PIPE_CLOSED
    except signals.Stopped as stop:
        return _failed(str(stop), stop.exit_code)
    except Exception as error:
        if "--verbose" in arguments:
            raise
        trace = "run it with --verbose for the traceback"
        return _failed(f"a bug in aifund: {type(error).__name__}: {error} — {trace}", BUG)
    return code if isinstance(code, int) else COMPLETE


def _failed(message: str, code: int) -> int:
    if stop := signals.asked():  # whatever it has become on its way up
        left = "the new output is in place" if stop.late else "the previous output is untouched"
        message, code = f"stopped by {stop} — {left}", stop.exit_code
    console.error(message, exit_code=code)
    return code


def main() -> NoReturn:
    """The console script."""
    # Rules, catalogue and model are many objects that live as long as the process: collecting while they load costs
    # a tenth of a short run and finds nothing.
    gc.set_threshold(100_000, 50, 50)
    streams.guard()
    sys.exit(run(sys.argv[1:]))
