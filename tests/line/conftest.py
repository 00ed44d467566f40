"""A tiny HTTP server that answers as scripted, and a messenger that talks to it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.adapters.line.messenger import LineMessenger
from bot.ports.records import Channel, ChannelId


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Scripted:
    """One answer: status, body and headers; or the connection is dropped after the request; or it is held."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    hold: bool = False
    announce: int | None = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class FakeLine:
    """LINE, as far as one test needs it: scripted answers in order, 200 {} when the script has ended."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.script: list[Scripted] = []
        self.connections = 0
        self.arrived = threading.Event()
        self.let_go = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def answers(self, *script: Scripted) -> None:
        self.script.extend(script)

    def take(self, request: Request) -> Scripted:
        with self._lock:
            self.requests.append(request)
            self.arrived.set()
            return self.script.pop(0) if self.script else Scripted()

    def close(self) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(line: FakeLine) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            line.connections += 1

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = line.take(Request(self.command, self.path, headers, body))
            if answer.hold:
                line.let_go.wait(30)
            if answer.drop:
                _reset(self.connection)
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in {"content-type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            if "transfer-encoding" not in answer.headers:
                length = len(answer.body) if answer.announce is None else answer.announce
                self.send_header("content-length", str(length))
            self.end_headers()
            self.wfile.write(answer.body)
            if answer.announce is not None:
                self.close_connection = True

        def do_POST(self) -> None:
            self.do_GET()

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # the other side, or the test, broke the connection
                self.close_connection = True

        def finish(self) -> None:
            try:
                super().finish()
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None: ...

    return Handler


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def fake_line() -> Iterator[FakeLine]:
    line = FakeLine()
    yield line
    line.close()


@pytest.fixture
def messenger(fake_line: FakeLine) -> Iterator[LineMessenger]:
    messenger = LineMessenger(fake_line.base, fake_line.base)
    yield messenger
    messenger.close()


@pytest.fixture
def scripted() -> type[Scripted]:
    return Scripted


@pytest.fixture
def channel() -> Channel:
    return Channel(id=ChannelId("main"), secret="s" * 32, token="token-of-the-test")


@pytest.fixture
def closed_port() -> Callable[[], int]:
    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            return port

    return find
