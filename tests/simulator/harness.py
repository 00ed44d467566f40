"""A simulator on a real socket with a tiny bot behind it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import urllib3

from bot.simulator.client import SimulatorClient
from bot.simulator.config import SimulatorConfig
from bot.simulator.outbox import sign
from bot.simulator.serve import running

SECRET = "a-channel-secret"
TOKEN = "an-access-token"


@dataclass
class Answer:
    """What an API call answered."""

    status: int
    json: Any
    headers: Any


class TinyBot:
    """Takes webhooks: keeps them, checks their signature, answers with a status."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.signed: list[bool] = []
        self.status = 200
        self.on_event: Callable[[dict[str, Any]], None] = lambda event: None
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["content-length"]))
                bot.signed.append(self.headers["x-line-signature"] == sign(SECRET, raw))
                bot.bodies.append(json.loads(raw))
                for event in bot.bodies[-1]["events"]:
                    bot.on_event(event)
                self.send_response(bot.status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/callback"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for body in self.bodies for event in body["events"]]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Line:
    """The simulated platform, its control client and the bot behind it."""

    url: str
    client: SimulatorClient
    bot: TinyBot
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))

    def api(self, method: str, path: str, body: Any = None, *, token: str | None = TOKEN, **headers: str) -> Answer:
        """Call LINE's API as the bot does."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent |= {"authorization": f"Bearer {token}"} if token else {}
        answer = self.pool.request(method, self.url + path, json=body, headers=sent, timeout=20)
        parsed = json.loads(answer.data) if answer.headers.get("content-type") == "application/json" else answer.data
        return Answer(answer.status, parsed, answer.headers)

    def push(self, to: str, *messages: dict[str, Any], **headers: str) -> Answer:
        return self.api("POST", "/v2/bot/message/push", {"to": to, "messages": list(messages)}, **headers)

    def reply(self, token: str, *messages: dict[str, Any]) -> Answer:
        return self.api("POST", "/v2/bot/message/reply", {"replyToken": token, "messages": list(messages)})

    def person(self, name: str = "สมชาย", *, follow: bool = True) -> str:
        return str(self.client.create_person(name, follow=follow)["user_id"])

    def settled_events(self) -> list[dict[str, Any]]:
        """Return all events once every webhook has been answered."""
        assert self.client.webhooks(wait=20)["idle"]
        return self.bot.events

    def reply_token(self, person: str, text: str = "สวัสดี") -> str:
        """Have a person write, and return the event's reply token."""
        self.client.send_text(person, text)
        return str(self.settled_events()[-1]["replyToken"])


@contextmanager
def platform(**config: Any) -> Iterator[Line]:
    """Run a simulator and a bot for as long as the block lasts."""
    bot = TinyBot()
    settings: dict[str, Any] = {
        "webhook_url": bot.url,
        "channel_secret": SECRET,
        "channel_access_token": TOKEN,
        "webhook_timeout": 20.0,
        **config,
    }
    try:
        with running(SimulatorConfig(port=0, **settings)) as server:
            yield Line(url=server.url, client=SimulatorClient(server.url), bot=bot)
    finally:
        bot.close()


def text(words: str = "สวัสดี", **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": words, **more}


def quick(*labels: str) -> dict[str, Any]:
    actions = [{"type": "message", "label": label, "text": label} for label in labels]
    return {"items": [{"type": "action", "action": action} for action in actions]}


def bubble(*contents: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return {"type": "flex", "altText": "การ์ด", "contents": {"type": "bubble", "body": body, **more}}


def button(**action: Any) -> dict[str, Any]:
    return {"type": "button", "action": action}
