"""`aifund ledger …`: what people do with a ledger besides feeding it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aifund import console
from aifund.commands.options import Verbose

if TYPE_CHECKING:
    from aifund.ledger.book import Book

app = typer.Typer(rich_markup_mode=None)

Ledger = Annotated[Path, typer.Option("--ledger", metavar="FILE", envvar="AIFUND_LEDGER", help="The ledger.")]


@app.callback()
def group() -> None:
    """Work on a ledger, the file in which --ledger keeps every article ever seen.

    \b
    Examples:
      aifund ledger stats --ledger funds.db
    """


@contextmanager
def _book(ledger: Path) -> Iterator[Book]:
    from aifund.ledger.book import Book
    from aifund.ledger.store import opened

    with opened(ledger) as base:
        yield Book(base, ledger.parent, {})


@app.command()
def stats(ledger: Ledger, verbose: Verbose = False) -> int:
    """Count what the ledger keeps.

    \b
    Examples:
      aifund ledger stats --ledger funds.db
    """
    with _book(ledger) as book:
        console.emit("\n".join(f"{what:10}  {count:>12,}" for what, count in book.stats().items()))
    return 0


@app.command()
def forget(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="An id out of articles.csv.")],
    ledger: Ledger,
    verbose: Verbose = False,
) -> int:
    """Drop an article for good: it is not taken again either. The next `extract` leaves it out of the tables.

    \b
    Examples:
      aifund ledger forget ARTICLE --ledger funds.db
    """
    with _book(ledger) as book:
        book.forget(article)
    return 0


@app.command()
def vacuum(ledger: Ledger, verbose: Verbose = False) -> int:
    """Give the room of what was forgotten or replaced back to the disk.

    \b
    Examples:
      aifund ledger vacuum --ledger funds.db
    """
    with _book(ledger) as book:
        book.vacuum()
    return 0


@app.command()
def export(ledger: Ledger, verbose: Verbose = False) -> int:
    """Print every article as JSON Lines, which `aifund extract` reads.

    \b
    Examples:
      aifund ledger export --ledger funds.db > articles.jsonl
    """
    with _book(ledger) as book:
        for line in book.export():
            console.emit(line)
    return 0
