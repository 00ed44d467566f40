"""What every answer gets: a request id, security headers, and a line in the log without texts or tokens."""

from __future__ import annotations

import logging
import secrets
import time

from flask import Flask, Response, g, request

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_QUIET = {"assets", "health"}


def install(app: Flask) -> None:
    """Put the headers and the log on the app."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = g.request_id
    level = logging.DEBUG if request.blueprint in _QUIET else logging.INFO
    # The rule, never the path: paths carry sign-in tokens, codes and signed links.
    rule = request.url_rule.rule if request.url_rule else "-"
    milliseconds = (time.perf_counter() - g.began) * 1000
    log.log(
        level,
        "request id=%s method=%s route=%s status=%s ms=%.1f",
        g.request_id,
        request.method,
        rule,
        response.status_code,
        milliseconds,
    )
    return response
