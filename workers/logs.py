"""Logs as facts: a time, an event's name, and fields; ids, never what people wrote."""

from __future__ import annotations

import logging
import sys
from datetime import datetime

from bot.domain.calendar import BANGKOK

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class FactFormatter(logging.Formatter):
    """`2024-09-12T10:03:00.123+07:00 warning worker.child_ended child=chat status=-9`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the traceback below it if there is one."""
        moment = datetime.fromtimestamp(record.created, BANGKOK).isoformat(timespec="milliseconds")
        facts = [f"{name}={_word(value)}" for name, value in vars(record).items() if name not in _STANDARD]
        line = " ".join([moment, record.levelname.lower(), record.getMessage(), *facts])
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


def configure(level: str = "INFO") -> None:
    """Send all logs of the process to standard error; RQ's own chatter only from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FactFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("rq.worker", "rq.job", "rq.queue"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _word(value: object) -> str:
    text = str(value)
    return repr(text) if not text or any(letter.isspace() or letter in '"=' for letter in text) else text
