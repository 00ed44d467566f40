"""Posts signed webhooks over kept connections, with as little work of its own as Python allows."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Sequence
from itertools import count
from urllib.parse import urlsplit

PEOPLE = 50
_numbers = count(1)


def requests_for(url: str, secret: str, how_many: int) -> list[bytes]:
    """Whole HTTP requests, each with one text of one of fifty people; no two events are the same."""
    return [_request(url, secret, next(_numbers)) for _ in range(how_many)]


def _request(url: str, secret: str, number: int) -> bytes:
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": 1_790_000_000_000 + number,
        "source": {"type": "user", "userId": f"U{number % PEOPLE:032x}"},
        "webhookEventId": f"01J{number:023d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"{number:032x}",
        "message": {"id": str(number), "type": "text", "text": "จัดอบรมแล้ว ๑ ครั้ง", "quoteToken": "q"},
    }
    body = json.dumps({"destination": "U" + "d" * 32, "events": [event]}, ensure_ascii=False).encode()
    signature = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    place = urlsplit(url)
    head = (
        f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
        f"X-Line-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def post_all(url: str, requests: Sequence[bytes], connections: int) -> float:
    """Post them over so many connections at once; seconds until all were answered 200.

    Raises:
        RuntimeError: one was answered otherwise, or not at all.
    """
    failures: list[BaseException] = []

    def run(mine: Sequence[bytes]) -> None:
        try:
            _post(url, mine)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(requests[at::connections],)) for at in range(connections)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - start
    if failures:
        raise RuntimeError(f"not every webhook was answered 200: {failures[0]}")
    return taken


def _post(url: str, requests: Sequence[bytes]) -> None:
    place = urlsplit(url)
    with socket.create_connection((place.hostname or "", place.port or 80), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in requests:
            connection.sendall(request)
            _read_answer(connection)


def _read_answer(connection: socket.socket) -> None:
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _more(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.split(b"\r\n", 1)[0].decode("ascii", "replace"))
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    missing = int(lengths[0]) - len(body)
    while missing > 0:
        missing -= len(_more(connection))


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(65536)
    if not received:
        raise RuntimeError("the connection was closed")
    return received
