"""Talks to a running simulator: for tests, scripts and measurements."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import urllib3

JSON = dict[str, Any]


class SimulatorProblem(Exception):
    """The simulator said no, in a sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """One line of a chat: `by` is ``user``, ``bot`` or ``note``."""

    id: str
    seq: int
    at_ms: int
    by: str
    via: str
    message: JSON
    warnings: list[JSON]
    unsent: bool
    shown: bool

    @property
    def text(self) -> str:
        """All words a person sees in it, buttons and quick replies included, a piece a line."""
        return "\n".join(words_of(self.message))


def words_of(value: Any) -> list[str]:
    """Collect every word a message shows: texts, titles, labels, alternative texts."""
    if isinstance(value, list):
        return [word for item in value for word in words_of(item)]
    if not isinstance(value, dict):
        return []
    found: list[str] = []
    is_action = value.get("type") in _ACTIONS and ("label" in value or "data" in value or "uri" in value)
    for key, item in value.items():
        if isinstance(item, str) and key in (("label",) if is_action else _SHOWN):
            found.append(item)
        elif isinstance(item, dict | list):
            found += words_of(item)
    return found


_ACTIONS = ("message", "postback", "uri", "datetimepicker", "clipboard", "camera", "cameraRoll", "location")
_SHOWN = ("text", "title", "altText", "label", "address", "fileName")


class SimulatorClient:
    """One method for each thing the control API can do; people are named by user id or by unique name."""

    def __init__(self, base_url: str, *, bot: str | None = None, timeout: float = 30.0) -> None:
        self._base = base_url.rstrip("/") + "/simulator/api"
        self._bot = bot
        self._pool = urllib3.PoolManager(maxsize=8, retries=False, timeout=urllib3.Timeout(timeout))

    def wait_ready(self, seconds: float = 10) -> None:
        """Wait until a simulator that was just started answers.

        Raises:
            TimeoutError: It did not.
        """
        end = time.monotonic() + seconds
        while True:
            try:
                self.state()
            except urllib3.exceptions.HTTPError as problem:
                if time.monotonic() >= end:
                    raise TimeoutError(f"no simulator answers at {self._base}") from problem
                time.sleep(0.02)
            else:
                return

    # People

    def create_person(self, name: str, *, follow: bool = True, user_id: str | None = None) -> JSON:
        """Make a new LINE user who, unless told otherwise, adds the bot at once."""
        return self.call("POST", "/people", {"name": name, "follow": follow, "user_id": user_id})

    def people(self) -> list[JSON]:
        """List all people with how they stand to the bot."""
        return list(self.call("GET", "/people")["people"])

    def follow(self, person: str) -> None:
        """Add the bot as a friend, or unblock it."""
        self.call("POST", f"/people/{quote(person)}/follow")

    def block(self, person: str) -> None:
        """Block the bot."""
        self.call("POST", f"/people/{quote(person)}/block")

    def unblock(self, person: str) -> None:
        """Unblock the bot."""
        self.call("POST", f"/people/{quote(person)}/unblock")

    # What a person does

    def send_text(self, person: str, text: str) -> JSON:
        """Write a text."""
        return self._say(person, {"type": "text", "text": text})

    def send_sticker(self, person: str, package_id: str = "446", sticker_id: str = "1988") -> JSON:
        """Send a sticker."""
        return self._say(person, {"type": "sticker", "package_id": package_id, "sticker_id": sticker_id})

    def send_location(self, person: str, latitude: float, longitude: float, title: str = "", address: str = "") -> JSON:
        """Send a place."""
        place = {"latitude": latitude, "longitude": longitude, "title": title, "address": address}
        return self._say(person, {"type": "location", **place})

    def send_files(
        self,
        person: str,
        files: Sequence[Path | tuple[str, bytes] | tuple[str, bytes, str]],
        kind: str = "",
        album: str = "",
    ) -> list[JSON]:
        """Send files or photos together; several photos become one set.

        Args:
            person: Who sends.
            files: Paths, or names with bytes and perhaps a MIME type.
            kind: image, video, audio or file; empty lets the simulator choose as a phone would.
            album: how the photos of a set arrive: in_order, reversed, late (the last one), no_index.
        """
        fields: list[tuple[str, Any]] = [("file", _upload(each)) for each in files]
        fields += [(name, value) for name, value in (("kind", kind), ("album", album)) if value]
        found = self._request("POST", f"/people/{quote(person)}/files", fields=fields)
        return list(found)

    def unsend(self, person: str, message_id: str) -> JSON:
        """Take a message back."""
        return self.call("POST", f"/people/{quote(person)}/unsend", {"message_id": message_id})

    def tap(self, person: str, label: str, value: str | None = None) -> JSON:
        """Tap the newest thing with that label; `value` is the date or time picked.

        The answer says what it did (`done`) and the chat's `seq` before it (`after`), to wait from.

        Raises:
            SimulatorProblem: Nothing has that label; the words list the labels that are there.
        """
        return self.call("POST", f"/people/{quote(person)}/tap", {"label": label, "value": value})

    def tap_path(self, person: str, message_id: str, path: str, value: str | None = None) -> JSON:
        """Tap what is at a pointer into a message."""
        asked = {"message_id": message_id, "path": path, "value": value}
        return self.call("POST", f"/people/{quote(person)}/tap", asked)

    def postback(self, person: str, data: str, params: dict[str, str] | None = None) -> None:
        """Send a postback as if an old or forged button had been tapped."""
        self.call("POST", f"/people/{quote(person)}/postback", {"data": data, "params": params})

    def menu(self, person: str) -> JSON | None:
        """Return the rich menu below a person's chat, None when there is none."""
        found: JSON | None = self.call("GET", f"/people/{quote(person)}/chat")["menu"]
        return found

    def labels(self, person: str) -> list[str]:
        """List what can be tapped now."""
        return list(self.call("GET", f"/people/{quote(person)}/labels")["labels"])

    # Watching

    def chat(self, person: str, after: int = 0, wait: float = 0) -> list[ChatMessage]:
        """Read a chat after a line's `seq`, waiting up to `wait` seconds for something new."""
        found = self.call("GET", f"/people/{quote(person)}/chat", query={"after": after, "wait": wait})
        names = ChatMessage.__slots__
        return [ChatMessage(**{name: each[name] for name in names}) for each in found["entries"]]

    def wait_for_text(self, person: str, text: str, *, after: int = 0, seconds: float = 15) -> ChatMessage:
        """Wait until the bot has said something that contains a text; return that line.

        Raises:
            TimeoutError: It was not said in time; the words show what was.
        """
        end, seen, said = time.monotonic() + seconds, after, list[str]()
        while True:
            for line in self.chat(person, after=seen, wait=max(0.0, end - time.monotonic())):
                seen = line.seq
                if line.by == "bot" and text in line.text:
                    return line
                said += [line.text] if line.by == "bot" else []
            if time.monotonic() >= end:
                raise TimeoutError(f"{person} was not told «{text}»; since then the bot said: {said}")

    def wait_for_bot(self, person: str, *, after: int = 0, seconds: float = 15) -> ChatMessage:
        """Wait for the bot's next line."""
        return self.wait_for_text(person, "", after=after, seconds=seconds)

    def last_seq(self, person: str) -> int:
        """Return the `seq` of the newest line of a chat, 0 when it is empty."""
        chat = self.chat(person)
        return chat[-1].seq if chat else 0

    def state(self) -> JSON:
        """Return accounts, people, quota and the number of the newest record."""
        return self.call("GET", "/state")

    def log(self, after: int = 0, direction: str | None = None) -> list[JSON]:
        """Return the raw JSON both ways; `direction` is ``webhook`` or ``api``."""
        query = {"after": after, **({"direction": direction} if direction else {})}
        return list(self.call("GET", "/log", query=query)["rows"])

    def feed(self, after: int = 0, wait: float = 0) -> JSON:
        """Return what happened after a record, waiting up to `wait` seconds."""
        return self.call("GET", "/feed", query={"after": after, "wait": wait})

    # Trouble and switches

    def add_fault(self, kind: str, path: str = "*", **settings: Any) -> JSON:
        """Order trouble: slow, down, unavailable, rate_limit, quota, error, lost_answer, preparing."""
        return self.call("POST", "/faults", {"kind": kind, "path": path, **settings})

    def clear_faults(self) -> None:
        """Call off all trouble."""
        self.call("DELETE", "/faults")

    def settings(self, **changes: Any) -> JSON:
        """Change switches (redelivery, duplicates, monthly_quota …) and return all of them."""
        return self.call("PUT", "/settings", changes) if changes else self.call("GET", "/settings")

    def webhooks(self, wait: float = 0) -> JSON:
        """Return the webhooks' statistics, waiting up to `wait` seconds until all are answered."""
        return self.call("GET", "/webhooks", query={"wait": wait})

    def redeliver(self) -> int:
        """Send failed webhooks again now; return how many."""
        return int(self.call("POST", "/webhooks/redeliver")["redelivered"])

    def set_webhook(self, url: str) -> None:
        """Point the bot's webhook elsewhere."""
        self.call("PUT", "/webhooks/url", {"url": url})

    def _say(self, person: str, content: JSON) -> JSON:
        return self.call("POST", f"/people/{quote(person)}/messages", content)

    def call(self, method: str, path: str, body: JSON | None = None, query: JSON | None = None) -> JSON:
        """Make one call to the control API."""
        found: JSON = self._request(method, path, body=body, query=query)
        return found

    def _request(
        self,
        method: str,
        path: str,
        *,
        body: JSON | None = None,
        query: JSON | None = None,
        fields: list[tuple[str, Any]] | None = None,
    ) -> Any:
        asked = {**(query or {}), **({"bot": self._bot} if self._bot else {})}
        url = self._base + path + (f"?{urlencode(asked)}" if asked else "")
        if fields is not None:
            answer = self._pool.request(method, url, fields=fields)
        else:
            raw = None if body is None else json.dumps(body).encode()
            headers = {"content-type": "application/json"}
            answer = self._pool.request(method, url, body=raw, headers=headers)
        try:
            found = json.loads(answer.data)
        except ValueError:
            found = {"error": answer.data.decode("utf-8", "replace")[:200]}
        if answer.status >= 400:
            raise SimulatorProblem(answer.status, found.get("error") or found.get("message") or str(answer.status))
        return found


def _upload(each: Path | tuple[str, bytes] | tuple[str, bytes, str]) -> tuple[str, ...] | tuple[Any, ...]:
    return (each.name, each.read_bytes()) if isinstance(each, Path) else each
