"""What happens to every API call: id, trouble on order, sign-in, limits, and a line in the journal."""

import json
import socket
import time
import uuid
from typing import Any

from flask import Flask, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from bot.simulator import words
from bot.simulator.channel import Channel
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.journal import readable
from bot.simulator.simulator import Simulator
from bot.simulator.words import Refused

_PREFIXES = ("/v2/", "/oauth2/", "/bot/")
_WITH_RETRY_KEY = tuple(f"/message/{how}" for how in ("push", "multicast", "narrowcast", "broadcast"))
_LARGEST_JSON = 2 * 1024 * 1024


def is_api_call() -> bool:
    """Tell whether the request is for LINE's API, not for the page or its control API."""
    return request.path.startswith(_PREFIXES)


def current_channel() -> Channel:
    """Return the account whose token the call carries."""
    channel: Channel = g.channel
    return channel


def read_json() -> dict[str, Any]:
    """Return the call's JSON object, refusing what LINE refuses."""
    if request.mimetype != "application/json":
        raise Refused(415, words.UNSUPPORTED_TYPE)
    if (request.content_length or 0) > _LARGEST_JSON:
        raise Refused(413, words.TOO_LARGE)
    body = _parsed()
    if not isinstance(body, dict):
        raise Refused(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
    return body


def _parsed() -> Any:
    """Parse the body, saying where it breaks."""
    try:
        return json.loads(request.get_data().decode("utf-8"))
    except UnicodeDecodeError:
        raise Refused(400, "The request body could not be parsed as JSON (line: 1, column: 1)") from None
    except json.JSONDecodeError as problem:
        where = f"(line: {problem.lineno}, column: {problem.colno})"
        raise Refused(400, f"The request body could not be parsed as JSON {where}") from None


class Guard:
    """Stands before and after every API call."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def install(self, app: Flask) -> None:
        """Hook into the app."""
        app.before_request(self._before)
        app.after_request(self._after)
        app.register_error_handler(Refused, _refusal)
        app.register_error_handler(HTTPException, _http_problem)

    def _before(self) -> Response | None:
        if not is_api_call():
            return None
        g.request_id = str(uuid.uuid4())
        g.started = time.monotonic()
        g.channel = self._channel_of_token()
        bot = g.channel.id if g.channel else ""
        g.struck = self._simulator.faults.strike(request.method, request.path, bot)
        for fault in g.struck:
            answer = _suffer(fault)
            if answer is not None:
                return answer
        if request.path.startswith("/v2/bot/"):
            self._check_access()
        return None

    def _check_access(self) -> None:
        header = request.headers.get("Authorization", "")
        if not header:
            raise Refused(401, words.UNAUTHORIZED.format("missing authorization header"))
        if g.channel is None:
            raise Refused(401, words.UNAUTHORIZED.format("invalid token"))
        if "X-Line-Retry-Key" in request.headers and not request.path.endswith(_WITH_RETRY_KEY):
            raise Refused(400, words.NO_RETRY_KEY_HERE)
        rule = request.url_rule.rule if request.url_rule else ""
        limited = self._simulator.rate_limits and rule
        if limited and not self._simulator.limits.allow(g.channel.id, f"{request.method} {rule}"):
            raise Refused(429, words.RATE_LIMIT)

    def _channel_of_token(self) -> Channel | None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token:
            return None
        world = self._simulator.world
        with world.lock:
            for channel in world.channels.values():
                if token == channel.bot.channel_access_token:
                    return channel
                if channel.issued_tokens.seconds_left(token, world.now_ms()):
                    return channel
        return None

    def _after(self, response: Response) -> Response:
        if not is_api_call() or "request_id" not in g:
            return response
        response.headers["x-line-request-id"] = g.request_id
        lost = any(fault.kind is FaultKind.LOST_ANSWER for fault in g.struck)
        if lost:
            _hang_up()
        dropped = any(fault.kind is FaultKind.DOWN for fault in g.struck)
        self._write_down(response, "answer lost" if lost else "connection closed" if dropped else "")
        return response

    def _write_down(self, response: Response, trouble: str) -> None:
        raw = b"" if response.is_streamed else response.get_data()
        self._simulator.journal.add(
            {
                "direction": "api",
                "at_ms": self._simulator.world.now_ms(),
                "bot": g.channel.id if g.channel else None,
                "method": request.method,
                "path": request.full_path.rstrip("?"),
                "request": readable(request.get_data(), request.mimetype or "text/plain"),
                "retry_key": request.headers.get("X-Line-Retry-Key"),
                "status": response.status_code,
                "response": readable(raw, response.mimetype or ""),
                "request_id": g.request_id,
                "trouble": trouble,
                "ms": round((time.monotonic() - g.started) * 1000, 1),
            }
        )


def _suffer(fault: Fault) -> Response | None:
    match fault.kind:
        case FaultKind.SLOW:
            fault.cleared.wait(fault.seconds)
            return None
        case FaultKind.DOWN:
            _hang_up()
            return Response(status=503)
        case FaultKind.UNAVAILABLE:
            return _answer(503, "Service Unavailable")
        case FaultKind.RATE_LIMIT:
            return _answer(429, words.RATE_LIMIT)
        case FaultKind.QUOTA:
            return _answer(429, words.MONTHLY_LIMIT)
        case FaultKind.ERROR:
            return _answer(fault.status, "Internal Server Error")
        case FaultKind.PREPARING:
            return Response(status=202)
        case FaultKind.LOST_ANSWER:
            return None


def _hang_up() -> None:
    """Close the connection so that the caller gets no answer, whichever server carries the app."""
    for name in ("simulator.socket", "werkzeug.socket", "gunicorn.socket"):
        connection = request.environ.get(name)
        if isinstance(connection, socket.socket):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


def _answer(status: int, message: str) -> Response:
    response = jsonify({"message": message})
    response.status_code = status
    return response


def _refusal(problem: Refused) -> Response:
    response = jsonify(problem.body())
    response.status_code = problem.status
    response.headers.update(problem.headers)
    return response


def _http_problem(problem: HTTPException) -> Response:
    if not is_api_call():
        body = {"error": problem.description or problem.name}
        response = jsonify(body)
        response.status_code = problem.code or 500
        return response
    if isinstance(problem, MethodNotAllowed):
        return _answer(405, words.METHOD_NOT_ALLOWED)
    if isinstance(problem, NotFound):
        return _answer(404, words.NOT_FOUND)
    return _answer(problem.code or 500, problem.name)
