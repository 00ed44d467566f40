"""Running a simulator: in this process until SIGTERM, or beside other things in a thread."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bot.simulator.app import create_app, simulator_of
from bot.simulator.config import SimulatorConfig
from bot.simulator.http_server import AppServer


def serve(config: SimulatorConfig, ready: Callable[[str], None] | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C; `ready` is told the address once it listens."""
    app = create_app(config)
    server = AppServer(app, config.host, config.port)
    stopping = threading.Event()

    def stop(*_: Any) -> None:
        stopping.set()

    previous = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    listening = threading.Thread(target=server.serve_forever, args=(0.2,), daemon=True)
    listening.start()
    try:
        if ready is not None:
            ready(server.url)
        stopping.wait()
    finally:
        simulator_of(app).close()
        _end(server)
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def running(config: SimulatorConfig) -> Iterator[AppServer]:
    """Serve in a thread for as long as the block lasts; port 0 takes a free one."""
    app = create_app(config)
    server = AppServer(app, config.host, config.port)
    listening = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    listening.start()
    try:
        yield server
    finally:
        simulator_of(app).close()
        _end(server)
        listening.join()


def _end(server: AppServer) -> None:
    server.shutdown()
    server.drop_connections()
    server.server_close()
