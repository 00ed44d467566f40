"""Fetching what people send: streamed, capped, from LINE's data host or from where an event says it lies."""

from __future__ import annotations

import logging
import os
import time
from typing import Any, BinaryIO
from urllib.parse import quote

import urllib3

from bot.adapters.line.addresses import Place, is_loopback, public_place
from bot.adapters.line.clients import CONNECT_SECONDS, READ_SECONDS
from bot.domain.errors import BadInput, GoneForGood, OutsideWorld
from bot.ports.records import Channel

BLOCK = 64 * 1024
LONGEST_SECONDS = 300
"""A sender of one byte now and then must not hold a worker for ever."""
STILL_PREPARED_SECONDS = 5
RATE_LIMITED_SECONDS = 30

_TIMEOUT = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)

log = logging.getLogger(__name__)


class ContentFetcher:
    """Streams content into files."""

    def __init__(self, api_base: str, data_api_base: str) -> None:
        self._data_base = data_api_base.rstrip("/")
        self._line_is_here = is_loopback(api_base)
        self._pool: urllib3.PoolManager | None = None
        self._process = 0

    def fetch(self, channel: Channel, message_id: str, url: str | None, into: BinaryIO, limit: int) -> str | None:
        """Stream the bytes of a message into a file and return the MIME type that came with them.

        Raises:
            GoneForGood: it is no longer there (404, 410).
            BadInput: more than `limit` bytes.
            OutsideWorld: anything else; still being prepared (202) has `retry_after`.
        """
        try:
            response = self._of_line(channel, message_id) if url is None else self._of_elsewhere(url)
        except (urllib3.exceptions.HTTPError, ValueError) as problem:
            raise _away(problem) from None
        try:
            _check_status(response)
            log.info("content_answered request_id=%s", response.headers.get("x-line-request-id"))
            _copy(response, into, limit)
        except urllib3.exceptions.HTTPError as problem:
            raise _away(problem) from None
        finally:
            response.close()
        return (response.headers.get("content-type") or "").partition(";")[0].strip().lower() or None

    def forget(self) -> None:
        """Open new connections from here on: what a child inherits at a fork is its parent's."""
        self._pool = None

    def close(self) -> None:
        """Close idle connections; a later call opens new ones."""
        if self._pool is not None:
            self._pool.clear()

    def _of_line(self, channel: Channel, message_id: str) -> Any:
        return self._connections().request(
            "GET",
            f"{self._data_base}/v2/bot/message/{quote(message_id, safe='')}/content",
            headers={"Authorization": f"Bearer {channel.token}", "Accept-Encoding": "identity"},
            **_ONCE,
        )

    def _of_elsewhere(self, url: str) -> Any:
        place = public_place(url, allow_loopback=self._line_is_here)
        headers = {"Host": host_header(place), "Accept-Encoding": "identity"}
        with pool_to(place) as pool:
            return pool.request("GET", place.target, headers=headers, **_ONCE)

    def _connections(self) -> urllib3.PoolManager:
        """This process's connections to the data host."""
        if self._pool is None or self._process != os.getpid():
            self._pool, self._process = urllib3.PoolManager(maxsize=16), os.getpid()
        return self._pool


_ONCE: dict[str, Any] = {"preload_content": False, "redirect": False, "retries": False, "timeout": _TIMEOUT}


def pool_to(place: Place) -> urllib3.HTTPConnectionPool:
    """A connection to the very address that was checked; the certificate must still be the host's."""
    if place.scheme == "http":
        return urllib3.HTTPConnectionPool(place.ip, place.port)
    return urllib3.HTTPSConnectionPool(
        place.ip, place.port, server_hostname=place.host, assert_hostname=place.host, cert_reqs="CERT_REQUIRED"
    )


def host_header(place: Place) -> str:
    """The Host header of a checked address."""
    host = f"[{place.host}]" if ":" in place.host else place.host
    return host if place.port in (80, 443) else f"{host}:{place.port}"


def _check_status(response: Any) -> None:
    status = response.status
    if status == 200:
        return
    if status in (404, 410):
        raise GoneForGood(f"the content is gone (HTTP {status})", status=status)
    if status == 202:
        raise OutsideWorld("LINE is still preparing the content", retry_after=STILL_PREPARED_SECONDS, status=status)
    retry_after = RATE_LIMITED_SECONDS if status == 429 else None
    raise OutsideWorld(f"the content cannot be had now (HTTP {status})", retry_after=retry_after, status=status)


def _copy(response: Any, into: BinaryIO, limit: int) -> None:
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:19]) > limit:
        raise BadInput("the file is too large", limit=limit)
    until = time.monotonic() + LONGEST_SECONDS
    size = 0
    for block in response.stream(BLOCK, decode_content=True):
        size += len(block)
        if size > limit:
            raise BadInput("the file is too large", limit=limit)
        try:
            into.write(block)
        except OSError as problem:
            raise OutsideWorld(f"the content cannot be written to disk: {problem.strerror}") from None
        if time.monotonic() > until:
            raise OutsideWorld("the content comes too slowly")


def _away(problem: Exception) -> OutsideWorld:
    return OutsideWorld(f"the content cannot be fetched: {type(problem).__name__}")
