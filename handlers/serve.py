"""The web process: gunicorn around the app, started by `python -m bot web`."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from handlers.create_app import create_app
from handlers.runtime import WebRuntime

Wsgi = Callable[..., Any]

_PR_SET_PDEATHSIG = 1

THREADS = 8
GRACE = 8
"""Seconds for requests under way when told to end; the process must be gone within 10."""


def serve(
    rt_factory: Callable[[], WebRuntime],
    port: int,
    *,
    host: str = "0.0.0.0",  # noqa: S104 # phones come through whatever stands in front
    wrap: Callable[[Wsgi], Wsgi] | None = None,
) -> None:
    """Serve until SIGTERM or Ctrl-C; does not return.

    The runtime is made in each worker after the fork, so that no connection is shared; the code is loaded before
    it, so that its memory is.

    Args:
        rt_factory: makes a worker's runtime.
        port: where to listen.
        host: the address to listen on.
        wrap: puts something in front of the app, e.g. the simulator's pages in the demo.
    """

    def load() -> Wsgi:
        app = create_app(rt_factory())
        return wrap(app) if wrap else app

    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, every page that workers share
    _Server(load, f"{host}:{port}").run()


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn without a command line or a configuration file of its own."""

    def __init__(self, make: Callable[[], Wsgi], bind: str) -> None:
        self._make = make
        self._bind = bind
        super().__init__()

    def load_config(self) -> None:
        """Settings that differ from gunicorn's; WEB_CONCURRENCY is its own default for workers."""
        settings = {
            "bind": self._bind,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": GRACE,
            "keepalive": 5,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
            "worker_tmp_dir": _memory_folder(),
            "proc_name": "kaona-web",
            "post_fork": _end_with_parent,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Wsgi:
        """The app of one worker."""
        return self._make()


def _end_with_parent(_server: object, worker: Any) -> None:
    """A busy worker does not see that its master was killed, and would keep the port from the next one."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != worker.ppid:
        os.kill(os.getpid(), signal.SIGTERM)


def _memory_folder() -> str:
    """Where a worker's heartbeat file does not wait for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()  # noqa: S108
