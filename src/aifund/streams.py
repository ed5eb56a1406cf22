"""stdout and stderr of the command line, whoever writes to them: what happens when they cannot be written."""

from __future__ import annotations

import io
import os
import sys

from aifund.errors import OutputError


class PipeClosed(Exception):
    """Nobody reads stdout any more."""


class Talk(io.TextIOWrapper):
    """stderr: talk that nobody can read is dropped, so that it never costs a run its tables or its exit code."""

    def write(self, text: str) -> int:
        if text == "":  # libraries probe a stream so and swallow what it raises
            return 0
        try:
            return super().write(text)
        except OSError as problem:
            self._lost(problem)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as problem:
            self._lost(problem)

    def _lost(self, problem: OSError) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())  # so that nothing later fails again


class Data(Talk):
    """stdout: raises PipeClosed when the reader has gone, as `head` does, else OutputError."""

    def _lost(self, problem: OSError) -> None:
        super()._lost(problem)
        if isinstance(problem, BrokenPipeError):
            raise PipeClosed from None
        reason = problem.strerror or str(problem)
        raise OutputError(f"cannot write to stdout: {reason} — send it to a file or disk with room") from None


def guard() -> None:
    """Makes the process's stdout a `Data` and its stderr a `Talk`; what an encoding cannot hold is written escaped."""
    for name, kind in (("stdout", Data), ("stderr", Talk)):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):  # None where it is closed
            encoding, lines, through = stream.encoding, stream.line_buffering, stream.write_through
            guarded = kind(stream.detach(), encoding, "backslashreplace", line_buffering=lines, write_through=through)
            setattr(sys, name, guarded)
