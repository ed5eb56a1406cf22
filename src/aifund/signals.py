"""SIGINT and SIGTERM: a run unwinds at once and is gone within two seconds, and never between two halves of a step."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

STOPS = (signal.SIGINT, signal.SIGTERM)
GRACE = 1.0  # seconds for tidying up: a stop takes two at most, and one is for what cannot be interrupted


_asked: list[Stopped] = []


class Stopped(BaseException):
    """The process is to end: unwind, so that nothing half-written stays. `late`: the new output is in place already."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number
        self.late = False


def listen() -> None:
    """From now on SIGINT and SIGTERM raise Stopped, except where the parent ignores them (nohup, background jobs)."""
    for number in STOPS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)


def asked() -> Stopped | None:
    """The stop that was asked for: libraries may turn the exception that it raised into one of their own."""
    return _asked[0] if _asked else None


def leave(code: int) -> NoReturn:
    """Ends a process that was asked to stop: while the interpreter tidies up, which may take long, no handler is left
    that would turn the alarm into an exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(Exception):
                stream.flush()
    os._exit(code)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)  # who asks twice does not wait for the tidying up
    signal.signal(signal.SIGALRM, lambda *_: os._exit(128 + number))  # nor does it last, whoever swallows the exception
    signal.setitimer(signal.ITIMER_REAL, GRACE)
    _asked.append(Stopped(number))
    raise _asked[-1]


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Stops that arrive during the block, which must be short, wait for its end and are late then."""
    if threading.current_thread() is not threading.main_thread():  # only the main one gets signals
        yield
        return
    arrived: list[int] = []
    before = {number: signal.signal(number, lambda sent, _: arrived.append(sent)) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        with late():
            for sent in arrived[:1]:
                signal.raise_signal(sent)


@contextlib.contextmanager
def late() -> Iterator[None]:
    """What stops the block comes after the output was replaced."""
    try:
        yield
    except Stopped as stop:
        stop.late = True
        raise
