"""Work done in a fork, so that what it loads does not stay in a process that lives long and does little."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from typing import TypeVar

from bot.domain.errors import KaonaError, OutsideWorld

Result = TypeVar("Result")


def apart(work: Callable[[], Result]) -> Result:
    """What the work returns; it and our own errors come back through a pipe.

    Raises:
        KaonaError: as the work raised it.
        OutsideWorld: the fork ended without an answer.
    """
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, sending))
    process.start()
    sending.close()
    try:
        answer: Result | KaonaError = receiving.recv()
    except EOFError:
        raise OutsideWorld("a part of the start ended without a word; see above") from None
    finally:
        process.join()
        receiving.close()
    if isinstance(answer, KaonaError):
        raise answer
    return answer


def _work(work: Callable[[], Result], sending: multiprocessing.connection.Connection) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # the parent ends what is to be ended
        signal.signal(number, signal.SIG_DFL)
    try:
        sending.send(work())
    except KaonaError as problem:
        sending.send(problem)
