"""Signals as something to wait for: no handler does more than note that it was called."""

from __future__ import annotations

import select
import signal
import socket
from types import FrameType


class Wakeups:
    """Asked to stop or not, and a sleep that any signal ends; made in a process's main thread."""

    def __init__(self, *others: signal.Signals, goodbye: int = 0) -> None:
        """With `goodbye`, the kernel ends the process so many seconds after it was asked to stop."""
        self.stopping = False
        self._goodbye = goodbye
        self._inlet, self._outlet = socket.socketpair()
        self._inlet.setblocking(False)
        self._outlet.setblocking(False)
        signal.set_wakeup_fd(self._outlet.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for number in others:
            signal.signal(number, _note)
        self._numbers = (signal.SIGTERM, signal.SIGINT, *others)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if not self.stopping and self._goodbye:
            signal.alarm(self._goodbye)
        self.stopping = True

    def sleep(self, seconds: float) -> None:
        """Sleep, but not past a signal."""
        if select.select([self._inlet], [], [], max(seconds, 0.0))[0]:
            self._inlet.recv(4096)

    def forget_in_child(self) -> None:
        """In a forked child: the parent's handlers and its pipe are not ours."""
        signal.set_wakeup_fd(-1)
        for number in self._numbers:
            signal.signal(number, signal.SIG_DFL)
        self._inlet.close()
        self._outlet.close()


def _note(number: int, frame: FrameType | None) -> None:
    """A handler must exist, or the signal would not wake anybody."""
