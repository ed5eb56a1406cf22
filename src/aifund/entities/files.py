"""What a file of the catalogue may hold: the border at which people's data becomes typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from aifund.errors import Problem, RulesError
from aifund.model import Ai
from aifund.rules.models import Strict, Text
from aifund.rules.strict import RuleFile, parse, validate

EntityId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Wikidata = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")]

Kind = Literal[
    "company", "venture", "corporate_venture", "private_equity", "asset_manager", "accelerator", "bank",
    "family_office", "foundation", "government", "pension", "person", "product", "sovereign", "investor",
]  # fmt: skip


class Conditional(Strict):
    """Aliases that count only in an article that holds one of `needs` besides.

    For names that are also common words or other people's names: `{aliases: [Ali], needs: [Alibaba Cloud, Zhipu]}`.
    `needs` are words or phrases as they may stand anywhere in the article's title or text, in any case. Where an
    organisation's own name is listed here, it is conditional too. Several organisations may claim one spelling under
    conditions; in an article in which the conditions of more than one are met, it is nobody's.
    """

    aliases: tuple[Text, ...] = Field(min_length=1)
    needs: tuple[Text, ...] = Field(min_length=1)


class Former(Strict):
    """A name that was given up: `until` is the day, month or year of the change (`2023-07-24`, `2023-07`, `2023`)."""

    name: Text
    until: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]


class Organisation(Strict):
    """An organisation or person.

    `name` is the canonical name, `aliases` are spellings that mean it in any article, whole and but for case,
    punctuation and legal form. In running text a spelling is found with the capitals that it has here; one that is
    written in lower case is found in any. `former` are earlier names: aliases too, with the date of the change.
    `parent` is the id of the organisation that owns it, `ai` whether it is an AI company, `not` holds ids and names
    that never mean this organisation, however similar.
    """

    id: EntityId
    name: Text
    kind: Kind = "company"
    parent: EntityId | None = None
    wikidata: Wikidata | None = None
    ai: Ai = "unknown"
    aliases: tuple[Text, ...] = ()
    aliases_if: tuple[Conditional, ...] = ()
    former: tuple[Former, ...] = ()
    never: tuple[Text, ...] = Field(default=(), alias="not")


class EntityFile(Strict):
    """A file of the catalogue.

    `names` are names of investors of which nothing else is known. `legal_suffixes` and `generic_tails` are words at
    the end of names: the first do not count for a name's key, the second not for a short form within one article.
    `former_phrases` and `current_phrases` stand between a name and an earlier or a later one. `vehicles` are words for
    what people and companies invest through, `offices` what those are called who found or run a company, `firm_tails`
    words at the end of names of firms that invest. `trades` are words that tell what an organisation does, by trade.
    """

    organisations: tuple[Organisation, ...] = ()
    names: tuple[Text, ...] = ()
    legal_suffixes: tuple[Text, ...] = ()
    generic_tails: tuple[Text, ...] = ()
    former_phrases: tuple[Text, ...] = ()
    current_phrases: tuple[Text, ...] = ()
    vehicles: tuple[Text, ...] = ()
    offices: tuple[Text, ...] = ()
    firm_tails: tuple[Text, ...] = ()
    trades: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that has been read, with the lines on which things stand.

    `replaced` are places of organisations that another file holds whole.
    """

    document: RuleFile
    content: EntityFile
    replaced: frozenset[int] = frozenset()

    def problem(self, location: tuple[str | int, ...], rule: str, message: str) -> Problem:
        """A fault at `location`, a path of keys and indices from the root of the file."""
        return Problem(self.document.path, self.document.line(location), rule, message)


def read_files(directory: Path) -> tuple[Loaded, ...]:
    """The catalogue files (*.yaml) of `directory` in order of their names. Raises RulesError with every problem."""
    if not directory.is_dir():
        raise RulesError([Problem(str(directory), 0, "", "no such folder of organisations")])
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    for path in sorted(directory.glob("*.yaml")):
        try:
            loaded.append(_read(path))
        except RulesError as error:
            problems += error.problems
    if not loaded and not problems:
        problems = [Problem(str(directory), 0, "", "no files of organisations (*.yaml) in this folder")]
    if problems:
        raise RulesError(problems)
    return tuple(loaded)


def organisations(files: tuple[Loaded, ...]) -> Iterator[tuple[Loaded, int, Organisation]]:
    """Every organisation with its file and its index there."""
    for file in files:
        for index, organisation in enumerate(file.content.organisations):
            if index not in file.replaced:
                yield file, index, organisation


def _read(path: Path) -> Loaded:
    name = f"{path.parent.name}/{path.name}"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RulesError([Problem(name, 0, "", f"cannot be read: {error.strerror}")]) from error
    document = parse(content, name)
    return Loaded(document, validate(EntityFile, document))
