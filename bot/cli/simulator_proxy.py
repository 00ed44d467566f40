"""Shows the simulator's pages under /simulator/ of the demo's web, so that there is one address to remember."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]

PREFIX = "/simulator"
_PATIENCE = 60.0
"""Seconds without a byte; the simulator's own live feed says something more often."""

_BLOCK = 65536
_OF_THE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


def simulator_proxy(simulator_url: str) -> Callable[[Wsgi], Wsgi]:
    """Wraps an app so that requests below /simulator go to the simulator and everything else to the app."""
    host = urlsplit(simulator_url).netloc

    def wrap(app: Wsgi) -> Wsgi:
        def choose(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            path = environ.get("PATH_INFO", "")
            if path == PREFIX or path.startswith(PREFIX + "/"):
                return _forward(host, environ, start_response)
            return app(environ, start_response)

        return choose

    return wrap


def _forward(host: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    connection = http.client.HTTPConnection(host, timeout=_PATIENCE)
    try:
        connection.request(environ["REQUEST_METHOD"], _target(environ), _body(environ), _headers(environ, host))
        answer = connection.getresponse()
    except OSError:
        connection.close()
        start_response("502 Bad Gateway", [("Content-Type", "text/plain; charset=utf-8")])
        return ["ตัวจำลอง LINE ยังไม่พร้อม ลองใหม่อีกครั้ง".encode()]
    headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in _OF_THE_CONNECTION]
    if (length := answer.getheader("content-length")) is not None:
        headers.append(("Content-Length", length))
    start_response(f"{answer.status} {answer.reason}", headers)
    return _Stream(connection, answer)


class _Stream:
    """Passes bytes on as they come; closing it ends the connection behind it."""

    def __init__(self, connection: http.client.HTTPConnection, answer: http.client.HTTPResponse) -> None:
        self._connection = connection
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        while True:
            try:
                block = self._answer.read1(_BLOCK)
            except (OSError, http.client.HTTPException):
                return
            if not block:
                return
            yield block

    def close(self) -> None:
        """Called by the server when the browser has gone."""
        self._connection.close()


def _target(environ: Environ) -> str:
    path = quote(environ.get("PATH_INFO", "").encode("latin-1"), safe="/:@!$&'()*+,;=~")
    query = environ.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _body(environ: Environ) -> bytes | None:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes | None = environ["wsgi.input"].read(length) if length else None
    return body


def _headers(environ: Environ, host: str) -> dict[str, str]:
    sent = {
        name[5:].replace("_", "-").title(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") and name not in ("HTTP_HOST", "HTTP_CONNECTION")
    }
    if environ.get("CONTENT_TYPE"):
        sent["Content-Type"] = environ["CONTENT_TYPE"]
    return {**sent, "Host": host, "Connection": "close"}
