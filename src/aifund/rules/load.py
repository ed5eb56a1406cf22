"""From a folder of rule files to `Rules`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from aifund.errors import Problem, RulesError
from aifund.rules.kinds import GRAMMARS, missing_kinds, unfit_values, unknown_kinds
from aifund.rules.models import PatternFile, PatternRule, Place, Rules
from aifund.rules.money_rules import MoneyRules
from aifund.rules.strict import RuleFile, parse, validate

CHECKS = "checks.yaml"  # no rules: it says what tables must satisfy (aifund.checks)


def default_rules_dir() -> Path:
    """The rules that come with aifund: inside the installed package, else the checkout's `rules/`."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parent.parent / "rules"


def load(directory: Path | None = None) -> Rules:
    """Reads `directory` (default: the rules that come with aifund). Raises RulesError listing every problem.

    A folder of nothing but organisations (`entities/*.yaml`) and checks lies over the rules that come with aifund.
    """
    directory, own = layers(directory)
    contents = _contents(directory)
    if own:
        contents |= {f"own/{name}": content for name, content in _contents(own).items()}
    collected = _Collected()
    for name, content in contents.items():
        if "/" not in name:
            collected.guard(_read, name, content, collected)
    if not collected.problems:
        lacking = [f"no file of the kind {kind!r}" for kind in GRAMMARS if kind not in collected.grammars]
        lacking += [f"no rules of the kind {kind!r}" for kind in missing_kinds(collected.patterns)]
        collected.problems += [Problem(str(directory), 0, "", f"{what} in this folder") for what in lacking]
    if collected.problems:
        raise RulesError(collected.problems)
    return Rules(
        patterns={kind: tuple(rules) for kind, rules in collected.patterns.items()},
        money=collected.grammars["money"],
        dates=collected.grammars["date"],
        digest=_digest(contents),
        directory=directory,
        places=collected.places,
        own_entities=own,
    )


def layers(directory: Path | None) -> tuple[Path, Path | None]:
    """The folder of rules that is meant, and the folder of organisations that lies over it, if there is one."""
    if directory is None:
        return default_rules_dir(), None
    own = directory / "entities" if any(directory.glob("entities/*.yaml")) else None
    if any(path.name != CHECKS for path in directory.glob("*.yaml")) or not (own or (directory / CHECKS).is_file()):
        return directory, None
    return default_rules_dir(), own


class _Collected:
    def __init__(self) -> None:
        self.patterns: dict[str, list[PatternRule]] = {}
        self.grammars: dict[str, Any] = {}
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def guard(self, action: Callable[..., None], *arguments: Any) -> None:
        try:
            action(*arguments)
        except RulesError as error:
            self.problems.extend(error.problems)


def _contents(directory: Path) -> dict[str, bytes]:
    if not directory.is_dir():
        raise RulesError([Problem(str(directory), 0, "", "no such folder of rules")])
    paths = {path.relative_to(directory).as_posix(): path for path in directory.rglob("*.yaml") if path.is_file()}
    paths.pop(CHECKS, None)
    try:
        contents = {name: paths[name].read_bytes() for name in sorted(paths)}
    except OSError as error:
        raise RulesError([Problem(str(error.filename), 0, "", f"cannot be read: {error.strerror}")]) from error
    if not any("/" not in name for name in contents):
        raise RulesError([Problem(str(directory), 0, "", "no rule files (*.yaml) in this folder")])
    return contents


def _read(name: str, content: bytes, collected: _Collected) -> None:
    document = parse(content, name)
    collected.guard(_place, document, collected)
    kind = document.data.get("kind") if isinstance(document.data, dict) else None
    unknown = unknown_kinds(document)
    if unknown:
        raise RulesError(unknown)
    if kind in GRAMMARS:
        if kind in collected.grammars:
            raise RulesError([Problem(name, document.line(("kind",)), "", f"a second file of the kind {kind!r}")])
        collected.grammars[kind] = validate(MoneyRules if kind == "money" else _date_rules(), document)
        return
    file = validate(PatternFile, document)
    unfit = list(unfit_values(document, file))
    if unfit:
        raise RulesError(unfit)
    for rule in file.rules:
        collected.patterns.setdefault(rule.kind, []).append(rule)


def _date_rules() -> type[BaseModel]:
    # The models of the date grammar use those of this package, which imports this module.
    from aifund.language.dates_rules import DateRules

    return DateRules


def _place(document: RuleFile, collected: _Collected) -> None:
    problems = []
    for rule, line in _ids(document):
        if rule in collected.places:
            first = collected.places[rule]
            problems.append(Problem(document.path, line, rule, f"duplicate id, first in {first.path}:{first.line}"))
        else:
            collected.places[rule] = Place(document.path, line)
    if problems:
        raise RulesError(problems)


def _ids(document: RuleFile) -> Iterator[tuple[str, int]]:
    if not isinstance(document.data, dict):
        return
    for key, items in document.data.items():
        for index, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                yield item["id"], document.line((key, index, "id"))


def _digest(contents: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
