"""The command line: puts the commands together, maps outcomes to exit codes.

Nothing heavy is imported here or by the commands' modules: the verbs load what they need when they are called, so that
`--help` answers at once.
"""

from __future__ import annotations

import gc
import signal
import sys
from typing import Annotated, NoReturn

import typer

from aifund import console, signals, streams
from aifund.commands import look, settings, tables
from aifund.commands.codes import COMPLETE
from aifund.commands.extract import extract
from aifund.commands.ledger import app as ledger_app
from aifund.commands.options import Verbose
from aifund.commands.rules import aliases_app, rules_app
from aifund.errors import AifundError, RulesError, UsageError

BUG = 1
PIPE_CLOSED = 128 + signal.SIGPIPE

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
for command in (extract, settings.settings, look.sources, look.text, tables.diff, tables.verify, tables.why):
    app.command()(command)
app.command(name="eval")(tables.evaluate)
app.command()(look.schema)
app.add_typer(rules_app, name="rules")
app.add_typer(aliases_app, name="aliases")
app.add_typer(ledger_app, name="ledger")


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
    settings.apply(context)


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
        return _failed(f"{error.format_message().rstrip('.')} — see '{command} --help'", UsageError.exit_code)
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
    code = run(sys.argv[1:])
    if signals.asked():
        signals.leave(code)
    sys.exit(code)
