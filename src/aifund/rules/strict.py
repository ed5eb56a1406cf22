"""YAML without its surprises: mappings, lists and strings, each with the line on which it stands.

Every scalar stays the string that is written (`NO`, `1:30`, `012`, `null`); anchors, aliases, tags, duplicate keys
and several documents in one file are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from aifund.errors import Problem, RulesError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Location = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(slots=True)
class RuleFile:
    """What a file holds. `places` is a tree beside `data`: of each value its line, of a container also its parts."""

    path: str
    data: Any = None
    places: Any = 1

    def line(self, location: Location) -> int:
        """The line of the nearest thing at or above `location`, a path of keys and indices from the root."""
        place = self.places
        for step in location:
            try:
                place = place[1][step]
            except (KeyError, IndexError, TypeError):
                break
        return int(place[0] if isinstance(place, tuple) else place)


def read(path: Path, name: str | None = None) -> RuleFile:
    """Reads one file; problems name it `name` (default: the path). Raises RulesError."""
    name = name or str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RulesError([Problem(name, 0, "", f"cannot be read: {error.strerror}")]) from error
    return parse(content, name)


def parse(content: bytes, name: str) -> RuleFile:
    """Parses the bytes of one file called `name`. Raises RulesError."""
    document = RuleFile(name)
    try:
        loader = _LOADER(content.decode("utf-8"))
        loader.get_event()
        if isinstance(loader.get_event(), yaml.StreamEndEvent):
            raise _Refused(1, "the file is empty")
        document.data, document.places = _value(loader.get_event(), loader.get_event)
        loader.get_event()
        more = loader.get_event()
        if not isinstance(more, yaml.StreamEndEvent):
            raise _Refused(_line(more), "a second document (---) is not allowed")
    except _Refused as error:
        raise RulesError([Problem(name, error.line, "", error.message)]) from error
    except RecursionError as error:
        raise RulesError([Problem(name, 0, "", "nested too deeply")]) from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RulesError([Problem(name, line, "", "not UTF-8 text")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        raise RulesError([Problem(name, mark.line + 1 if mark else 1, "", f"not valid YAML: {reason}")]) from error
    return document


def validate(model: type[Model], document: RuleFile) -> Model:
    """Turns a document into `model`. Raises RulesError with one problem for each field that does not fit."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        items = error.errors()
        told = [item for item in items if not _follows(item, items)]
        raise RulesError([_problem(document, item["loc"], item) for item in told]) from error


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a message: which of the known words may be meant by `word`, empty where none is much like it."""
    from rapidfuzz import fuzz, process

    near = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"; did you mean {near[0]!r}?" if near else ""


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Refused(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def _value(event: Any, following: Callable[[], Any]) -> tuple[Any, Any]:
    """The value that begins with `event`, and its place: a line, or the line and the places of its parts."""
    line = _line(event)
    if event.__class__ is yaml.AliasEvent or event.anchor is not None:
        raise _Refused(line, "anchors (&) and aliases (*) are not allowed: write the value out, or quote the text")
    if event.tag is not None and event.tag != "!":
        raise _Refused(line, "tags (!) are not allowed: quote the text")
    if event.__class__ is yaml.ScalarEvent:
        return event.value, line
    if event.__class__ is yaml.SequenceStartEvent:
        return _sequence(line, following)
    return _mapping(line, following)


def _sequence(line: int, following: Callable[[], Any]) -> tuple[list[Any], Any]:
    items: list[Any] = []
    places: list[Any] = []
    while (event := following()).__class__ is not yaml.SequenceEndEvent:
        item, place = _value(event, following)
        items.append(item)
        places.append(place)
    return items, (line, places)


def _mapping(line: int, following: Callable[[], Any]) -> tuple[dict[str, Any], Any]:
    mapping: dict[str, Any] = {}
    places: dict[str, Any] = {}
    while (event := following()).__class__ is not yaml.MappingEndEvent:
        key, place = _value(event, following)
        if not isinstance(key, str):
            raise _Refused(_line(event), "a key must be plain text")
        if key in mapping:
            raise _Refused(place, f"duplicate key {key!r}")
        mapping[key], inner = _value(following(), following)
        places[key] = (place, inner[1]) if isinstance(inner, tuple) else place
    return mapping, (line, places)


def _follows(item: Any, items: Sequence[Any]) -> bool:
    """Whether a list is too short only because its items are faulty, which is told anyway."""
    location = item["loc"]
    return item["type"] == "too_short" and any(
        len(other["loc"]) > len(location) and other["loc"][: len(location)] == location for other in items
    )


def _problem(document: RuleFile, location: Location, item: Any) -> Problem:
    rule = ""
    data = document.data
    for step in location:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            rule = data["id"]
    field_name = ".".join(str(step) for step in location if isinstance(step, str))
    return Problem(document.path, document.line(location), rule, _message(item, field_name))


def _message(item: Any, field_name: str) -> str:
    if item["type"] == "extra_forbidden":
        return f"unknown key {str(item['loc'][-1])!r}"
    if item["type"] == "missing":
        return f"{str(item['loc'][-1])!r} is missing"
    if item["type"] == "too_short":
        return f"{field_name} must not be empty"
    if item["type"] in ("model_type", "dict_type"):
        return f"{field_name}: must be a mapping (key: value)" if field_name else "must be a mapping (key: value)"
    if item["type"] == "literal_error":
        known = re.findall(r"'([^']*)'", item["ctx"]["expected"])
        hint = nearest(str(item["input"]), known)
        return f"{field_name}: unknown {item['input']!r}, known are {', '.join(known)}{hint}"
    if item["type"] == "value_error":
        return str(item["ctx"]["error"])
    return f"{field_name}: {item['msg']}" if field_name else str(item["msg"])
