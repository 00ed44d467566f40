"""Whether the process lives, whether it can work, and what is left to do."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from bot.domain.errors import OutsideWorld
from handlers.admin.access import public
from handlers.runtime import runtime

pages = Blueprint("health", __name__)

_METRICS = (
    ("events_unread", "Stored events that no turn has read yet."),
    ("messages_due", "Outgoing messages whose time has come."),
    ("media_wanted", "Pieces of evidence whose bytes are still with LINE."),
    ("compiles_open", "Reports queued or being compiled."),
    ("jobs_running", "Jobs that workers are at."),
)


@pages.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return _text("ok")


@pages.get("/readyz")
@public
def readyz() -> Response:
    """Database and Redis can be reached; 503 with the reason otherwise."""
    rt = runtime()
    reasons = [
        f"{name}: {reason}"
        for name, ask in (("database", rt.store.ping), ("redis", rt.redis_ping))
        if (reason := _trouble(ask))
    ]
    return _text("; ".join(reasons), 503) if reasons else _text("ok")


@pages.get("/metrics")
@public
def metrics() -> Response:
    """Prometheus text; a figure that cannot be had is NaN, and 503 when the database is away."""
    rt = runtime()
    try:
        with rt.store.read() as uow:
            backlog = uow.backlog(rt.clock.now())
    except OutsideWorld as problem:
        return _text(f"database: {problem.detail}", 503)
    figures = {name: str(getattr(backlog, name)) for name, _ in _METRICS if name != "jobs_running"}
    try:
        figures["jobs_running"] = str(rt.jobs_running())
    except OutsideWorld:
        figures["jobs_running"] = "NaN"
    lines = [f"# HELP {name} {words}\n# TYPE {name} gauge\n{name} {figures[name]}\n" for name, words in _METRICS]
    return Response("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def _trouble(ask: Callable[[], None]) -> str | None:
    try:
        ask()
    except OutsideWorld as problem:
        return problem.detail
    return None


def _text(words: str, status: int = 200) -> Response:
    return Response(words + "\n", status, mimetype="text/plain")
