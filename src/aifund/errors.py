"""What can go wrong in ways that the user can act on: each error carries the exit code of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class AifundError(Exception):
    """An error whose message is meant for the user; `exit_code` is what the command line returns for it."""

    exit_code = 1


class UsageError(AifundError):
    """What was asked for does not fit: a path that does not exist, options that exclude each other."""

    exit_code = 2


class CheckFailed(AifundError):
    """A check on finished results failed; nothing was published."""

    exit_code = 4


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a rule file. `line` counts from 1 (0: the file as a whole), `rule` is the id or empty."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.rule}: {self.message}" if self.rule else f"{place}: {self.message}"


class RulesError(AifundError):
    """Rules that cannot be used; the message lists every problem, one a line, as file:line."""

    exit_code = 5

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SettingsError(AifundError):
    """Settings that cannot be used; the message lists every problem, one a line, as file:line."""

    exit_code = 5

    def __init__(self, problems: Sequence[Problem]) -> None:
        lines = "\n".join(str(problem) for problem in sorted(problems))
        super().__init__(f"the settings cannot be used — mend these places, then see 'aifund settings'\n{lines}")


class Busy(AifundError):
    """Another run holds the lock on the output folder; it is worth trying again later (EX_TEMPFAIL of sysexits.h)."""

    exit_code = 75


class OutputError(AifundError):
    """The results could not be written; the previous output is untouched."""

    exit_code = 6
