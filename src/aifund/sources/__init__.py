"""Reading articles: one small module per input format, one registry, one verb."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aifund.errors import UsageError
from aifund.model import Article, Unreadable
from aifund.sources import jsonl, text
from aifund.sources.form import Form, Input, Item, Skipped
from aifund.sources.walk import Entry, Found, find

__all__ = ["ENDINGS", "FORMS", "Form", "Item", "Skipped", "read"]

FORMS: tuple[Form, ...] = (text.FORM, jsonl.FORM)
ENDINGS: dict[str, Form] = {ending: form for form in FORMS for ending in form.endings}


def read(paths: Sequence[Path]) -> Iterator[Article | Unreadable | Skipped]:
    """Everything that the paths hold, in path order, one item per article or unusable input, each under its own id.

    A folder is read with all its subfolders; hidden files in it are left out, symbolic links in it are not followed.
    Raises UsageError at once (not while iterating) when a path does not exist.
    """
    for path in paths:
        if not os.path.exists(path):
            raise UsageError(f"{path} does not exist — give the folder or file that holds the articles")
    return _own_ids(item for entry in find(paths) for item in _read_one(entry))


def _read_one(entry: Entry) -> Iterator[Item]:
    if not isinstance(entry, Found):
        yield entry
        return
    form, stem = _form_of(entry.id)
    path = str(entry.path)
    if form is None:
        ending = "." + entry.id.rpartition(".")[2]
        reason = f"no reader for {ending} (known: {', '.join(sorted(ENDINGS))})"
        yield Unreadable(entry.id, reason, path) if entry.named else Skipped(entry.id, reason, path)
        return
    try:
        yield from form.read(Input(entry.path, stem))
    except OSError as error:
        yield Unreadable(stem, error.strerror or str(error), path)


def _form_of(name: str) -> tuple[Form | None, str]:
    """The form that reads a file of this name, and the name without the form's ending; no ending means plain text."""
    base = name.rpartition("/")[2]
    for ending in sorted(ENDINGS, key=len, reverse=True):
        if base.lower().endswith(ending) and len(base) > len(ending):
            return ENDINGS[ending], name[: -len(ending)]
    return (None if "." in base.lstrip(".") else text.FORM), name


def _own_ids(items: Iterable[Item]) -> Iterator[Item]:
    """The items with ids made unique: a second claim of an id gets `-2`, a third `-3`."""
    claims: dict[str, int] = {}
    for item in items:
        name = item.id
        while name in claims:
            claims[item.id] += 1
            name = f"{item.id}-{claims[item.id]}"
        claims[name] = 1
        yield item if name == item.id else replace(item, id=name)
