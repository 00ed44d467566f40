"""The SDK's ApiClient: one per process and channel, shared by its threads, every call with a timeout."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import urllib3.exceptions

from bot.ports.records import Channel, ChannelId

CONNECT_SECONDS = 3
READ_SECONDS = 10
POOLED_CONNECTIONS = 64
"""More than the threads that deliver, so that none opens a connection it must throw away."""

_BEFORE_SENDING = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.LocationValueError,
)

_WHO = re.compile(r"(?<=/)[UCR][0-9a-f]{32}(?=/|$)|(?<=/profile/).+")  # who was asked about is not for the log

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What LINE answered, whatever its status."""

    status: int
    body: str = field(default="", repr=False)
    request_id: str | None = None
    accepted_request_id: str | None = None


class NoAnswer(Exception):
    """LINE did not answer; `maybe_sent` when the request may have reached it all the same."""

    def __init__(self, words: str, *, maybe_sent: bool) -> None:
        super().__init__(words)
        self.words = words
        self.maybe_sent = maybe_sent


class Unsendable(Exception):
    """The request cannot even be written down: it was not sent and never will be."""


class LineClients:
    """Calls LINE's API host with the token of a channel."""

    def __init__(self, api_base: str) -> None:
        self._api_base = api_base.rstrip("/")
        self._process = os.getpid()
        self._clients: dict[ChannelId, tuple[str, Any]] = {}

    def call(
        self,
        channel: Channel,
        method: str,
        path: str,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make one call, once: no retry, no redirect followed.

        Raises:
            NoAnswer: no connection, a timeout, or a connection that broke.
            Unsendable: the token or a header holds characters that no header may have.
        """
        _check_headers(channel.token, *(headers or {}).values())
        kind = _WHO.sub("{id}", path)
        try:
            answer = self._call(channel, method, path, body, dict(headers or {}))
        except NoAnswer as lost:
            log.warning("line_no_answer channel=%s call=%s %s reason=%s", channel.id, method, kind, lost.words)
            raise
        log.info(
            "line_answered channel=%s call=%s %s status=%s request_id=%s",
            *(channel.id, method, kind, answer.status, answer.request_id),
        )
        return answer

    def forget(self) -> None:
        """Make new clients from here on: what a child inherits at a fork is its parent's."""
        self._clients = {}

    def close(self) -> None:
        """Close this process's idle connections; a later call opens new ones."""
        clients, self._clients = self._clients, {}
        for _, client in clients.values():
            client.rest_client.pool_manager.clear()

    def _call(self, channel: Channel, method: str, path: str, body: object, headers: dict[str, str]) -> Answer:
        from linebot.v3.messaging.exceptions import ApiException

        client = self._client(channel)
        headers |= {"Accept": "application/json"}
        if method != "GET":
            headers |= {"Content-Type": "application/json"}
        try:
            # The SDK's generated methods validate LINE's answer too and raise when it has grown a field they
            # dislike, after the message has gone out. Without response types the answer is left alone.
            response = client.call_api(
                path,
                method,
                {},
                [],
                headers,
                body=body,
                response_types_map={},
                auth_settings=["Bearer"],
                _request_timeout=(CONNECT_SECONDS, READ_SECONDS),
            )
        except ApiException as refused:
            if not refused.status:  # the SDK's way to say that TLS failed
                raise _no_tls(str(refused.reason)) from None
            return _answer(int(refused.status), refused.body, refused.headers)
        except urllib3.exceptions.HTTPError as problem:
            raise _lost(problem) from None
        except (ValueError, LookupError) as problem:  # a body in no known encoding: something did answer
            raise NoAnswer(f"unreadable answer ({type(problem).__name__})", maybe_sent=True) from None
        return _answer(response.status_code, response.raw_data, response.headers)

    def _client(self, channel: Channel) -> Any:
        """This process's client for the channel; connections must not be shared with a forked child.

        Two threads may both make the first one; the loser's has opened no connection yet.
        """
        if self._process != os.getpid():
            self._clients, self._process = {}, os.getpid()
        known = self._clients.get(channel.id)
        if known and known[0] == channel.token:
            return known[1]
        client = self._new_client(channel.token)
        self._clients[channel.id] = (channel.token, client)
        return client

    def _new_client(self, token: str) -> Any:
        from linebot.v3.messaging import ApiClient, Configuration

        configuration = Configuration(host=self._api_base, access_token=token)
        configuration.retries = False  # urllib3 would repeat what must be sent once
        configuration.connection_pool_maxsize = POOLED_CONNECTIONS
        return ApiClient(configuration)


def _check_headers(*values: str) -> None:
    if not all(value.isascii() and value.isprintable() for value in values):
        raise Unsendable("the channel access token holds characters that no token has")


def _no_tls(reason: str) -> NoAnswer:
    """A bad certificate is noticed before anything is sent; other TLS trouble may come later."""
    return NoAnswer(" ".join(reason.split())[:300], maybe_sent="CERTIFICATE_VERIFY_FAILED" not in reason)


def _lost(problem: urllib3.exceptions.HTTPError) -> NoAnswer:
    cause = getattr(problem, "reason", None)
    if isinstance(problem, urllib3.exceptions.MaxRetryError) and isinstance(cause, Exception):
        problem = cause  # type: ignore[assignment]  # what urllib3 gave up on
    return NoAnswer(type(problem).__name__, maybe_sent=not isinstance(problem, _BEFORE_SENDING))


def _answer(status: int, body: object, headers: Mapping[str, str] | None) -> Answer:
    headers = headers or {}
    return Answer(
        status=status,
        body=body if isinstance(body, str) else "",
        request_id=headers.get("x-line-request-id"),
        accepted_request_id=headers.get("x-line-accepted-request-id"),
    )
