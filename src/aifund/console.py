"""What the command line says: data to stdout, talk (progress, tables, errors) to stderr. rich loads on first use."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from aifund import talk
from aifund.errors import OutputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from aifund.model import Event, Money, Number, Result
    from aifund.output.news import News

FEW_EVENTS = 25
FEW_INPUTS = 5
FEW_CHANGES = 10
_OUTCOMES = ("events", "no_event", "duplicate", "unsupported_language", "skipped", "unreadable")
_KINDS = {
    "new": "new",
    "status": "of another status",
    "value": "other values",
    "conflict": "new conflicts",
    "follows": "under another id",
    "gone": "gone",
}
_LEDGER = {
    "changed": "changed",
    "forgotten": "forgotten",
    "known": "known",
    "new": "new",
    "renewed": "searched anew by other rules, model or version",
}
_HELD: Counter[str] = Counter()  # how often each kind of message came, shown or not
_BEFORE = {"about": "~", "at_least": "≥ ", "more_than": "> ", "up_to": "≤ ", "less_than": "< "}


def emit(text: str) -> None:
    """Prints data to stdout, at once. Raises what `aifund.streams.Data` raises."""
    if sys.stdout is None:
        raise OutputError("cannot write to stdout: it is closed — send it to a file or a pipe")
    print(text.removesuffix("\n"), flush=True)


def error(message: str, **facts: object) -> None:
    """Prints one error to stderr; `facts` are for `--log-format json`."""
    talk.say("error", "error", message, **facts)


def unreadable(result: Result) -> None:
    """What a quiet run still says: every input that could not be read, an error each."""
    from aifund.output.values import one_line

    for row in result.articles:
        if row.outcome == "unreadable":
            article, reason = one_line(row.article), one_line(row.reason)
            talk.say("error", "unreadable", f"unreadable: {article}: {reason}", article=article, reason=reason)


def done(result: Result, output: Path, news: News) -> None:
    """What a run ends with where machines listen: every unreadable input, then the counts."""
    unreadable(result)
    _more_warnings()
    outcomes: Counter[str] = Counter(row.outcome for row in result.articles)
    talk.say(
        "info",
        "done",
        f"written to {output}{os.sep}",
        output=str(output),
        articles=len(result.articles),
        outcomes={name: outcomes[name] for name in _OUTCOMES},
        events=len(result.events),
        conflicts=sum(len(event.conflicts) for event in result.events),
        changes=news.counts(),
        **({"ledger": result.ledger} if result.ledger else {}),
    )


def write(path: Path, text: str) -> None:
    """Writes a file the user named. Raises OutputError."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise OutputError(f"cannot write {path}: {problem.strerror} — name a file in a folder you can write") from None


class _Talk(logging.Handler):
    """Says what loggers say; of many alike only the first few, unless `every` one is asked for."""

    def __init__(self, every: bool) -> None:
        super().__init__()
        self._every = every

    def emit(self, record: logging.LogRecord) -> None:
        _HELD[record.msg] += 1
        if self._every or _HELD[record.msg] <= FEW_INPUTS:
            talk.say(record.levelname.lower(), "log", record.getMessage(), logger=record.name)


def _more_warnings() -> None:
    """How many warnings were like those that were shown."""
    more = sum(max(count - FEW_INPUTS, 0) for count in _HELD.values())
    if more and logging.getLogger("aifund").level > logging.INFO:
        talk.say("warning", "log", f"… and {more:,} more like these (--verbose shows all)", more=more)


def listen(*, quiet: bool, verbose: bool) -> None:
    """Shows what aifund's loggers say: warnings, with `verbose` also information, with `quiet` only errors."""

    _HELD.clear()
    logger = logging.getLogger("aifund")
    logger.handlers = [_Talk(every=verbose)]
    logger.propagate = False
    logger.setLevel(logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING)


def _stderr() -> Console:
    from rich.console import Console

    plain = Console(stderr=True, highlight=False)
    return plain if plain.is_terminal or "COLUMNS" in os.environ else Console(stderr=True, highlight=False, width=120)


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """A progress bar while the block runs; on a terminal only. The block tells it how many inputs are done so far."""
    if quiet or talk.in_json() or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} articles"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_stderr(), transient=True) as bar:
        task = bar.add_task("articles", total=None)
        yield lambda done: bar.update(task, completed=done)


def closing(result: Result, output: Path, news: News, *, verbose: bool) -> None:
    """What a run ends with: the events (when they are few), the counts, what is new since the last run, and which
    inputs could not be used.
    """
    _more_warnings()
    console = _stderr()
    if 0 < len(result.events) <= FEW_EVENTS:
        console.print(_event_table(result.events))
    outcomes: Counter[str] = Counter(row.outcome for row in result.articles)
    parts = ", ".join(f"{outcomes[name]} {name}" for name in _OUTCOMES if outcomes[name])
    console.print(_counts(result, parts, outcomes["unreadable"]))
    if news.since:
        _since(news, console, verbose=verbose)
    unreadable = (row for row in result.articles if row.outcome == "unreadable")
    for row in unreadable if verbose else islice(unreadable, FEW_INPUTS):
        console.print(f"unreadable: {_plain(row.article)}: {_plain(row.reason)}", soft_wrap=True)
    if outcomes["unreadable"] > FEW_INPUTS and not verbose:
        console.print(f"… and {outcomes['unreadable'] - FEW_INPUTS} more unreadable, see articles.csv")
    console.print(f"written to {_plain(str(output))}{os.sep}", soft_wrap=True)


def _since(news: News, console: Console, *, verbose: bool) -> None:
    counts = ", ".join(f"{count} {_KINDS[kind]}" for kind, count in news.counts().items() if count)
    console.print(f"since the last run: {counts or 'nothing has changed'}")
    for item in news.items if verbose else news.items[:FEW_CHANGES]:
        console.print(f"  {_plain(item.message)}", soft_wrap=True)
    if len(news.items) > FEW_CHANGES and not verbose:
        console.print(f"  … and {len(news.items) - FEW_CHANGES} more, see --verbose or --changes FILE")


def _event_table(events: tuple[Event, ...]) -> Table:
    from rich.table import Table

    table = Table("target", "round", "amount", "investors", "date", box=None, pad_edge=False, header_style="bold")
    for event in events:
        investors = sorted(event.investors, key=lambda party: party.role != "lead")
        names = ", ".join(f"{party.name} (lead)" if party.role == "lead" else party.name for party in investors)
        table.add_row(
            *map(_plain, (event.target.name, event.round or "", amount(event.amount), names)),
            event.date.edtf if event.date else "",
        )
    return table


def _counts(result: Result, outcomes: str, unreadable: int) -> Table:
    from rich.table import Table

    conflicts = sum(len(event.conflicts) for event in result.events)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_row("articles", f"{len(result.articles):,}", outcomes)
    table.add_row("events", f"{len(result.events):,}", "")
    table.add_row("conflicts", f"{conflicts:,}", "")
    if result.ledger:
        table.add_row("ledger", "", ", ".join(f"{count:,} {_LEDGER[what]}" for what, count in result.ledger.items()))
    table.add_row("unreadable", f"{unreadable:,}", "")
    return table


def _plain(text: str) -> str:
    """Text out of an input, which may hold anything, as rich and a terminal can be trusted with it."""
    from rich.markup import escape

    from aifund.output.values import one_line

    return escape(one_line(text))


def amount(money: Money | None) -> str:
    """A sum for people: `> USD 1bn`, `~CNY 200m`, `EUR 5m to 7m`; empty for none."""
    if money is None:
        return ""
    low, high = money.min, money.max
    if low is not None and high is not None and low != high:
        figure = f"{_short(low)} to {_short(high)}"
    else:
        figure = _short(low if low is not None else high if high is not None else 0)
    return f"{_BEFORE.get(money.qualifier, '')}{money.currency} {figure}"


def _short(number: Number) -> str:
    for size, letters in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if number >= size:
            return f"{number / size:.4g}{letters}"
    return f"{number:g}"
