"""LINE's rich menus: made, given a picture, shown by default or to some; helpful, so every call may be refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import urllib3

from bot.adapters.line.clients import CONNECT_SECONDS, READ_SECONDS, Answer, LineClients, NoAnswer, Unsendable
from bot.adapters.line.outcomes import words_of
from bot.domain.errors import NotAllowed, OutsideWorld
from bot.ports.outside import KnownMenu
from bot.ports.records import Channel

MOST_AT_ONCE = 500
_TIMEOUT = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)


class LineRichMenus:
    """Keeps bot.ports.outside.RichMenus."""

    def __init__(self, clients: LineClients, data_api_base: str) -> None:
        self._clients = clients
        self._data_base = data_api_base.rstrip("/")

    def all(self, channel: Channel) -> list[KnownMenu]:
        """Every menu made by API."""
        listed = self._ask(channel, "GET", "/v2/bot/richmenu/list").get("richmenus", [])
        return [KnownMenu(id=str(each["richMenuId"]), name=str(each.get("name", ""))) for each in listed]

    def create(self, channel: Channel, menu: dict[str, Any]) -> str:
        """Make a menu without its picture; returns its id."""
        return str(self._ask(channel, "POST", "/v2/bot/richmenu", menu)["richMenuId"])

    def has_picture(self, channel: Channel, menu_id: str) -> bool:
        """Whether the picture is there."""
        answer = self._data(channel, "GET", menu_id)
        if answer.status not in (200, 404):
            raise _refused(answer)
        return answer.status == 200

    def put_picture(self, channel: Channel, menu_id: str, png: bytes) -> None:
        """Give a menu its picture, once."""
        answer = self._data(channel, "POST", menu_id, png)
        if answer.status != 200:
            raise _refused(answer)

    def delete(self, channel: Channel, menu_id: str) -> None:
        """Remove a menu."""
        self._ask(channel, "DELETE", f"/v2/bot/richmenu/{_safe(menu_id)}")

    def default(self, channel: Channel) -> str | None:
        """The menu of everybody without one of their own."""
        found = self._ask(channel, "GET", "/v2/bot/user/all/richmenu", missing=True).get("richMenuId")
        return str(found) if found else None

    def set_default(self, channel: Channel, menu_id: str) -> None:
        """Show a menu to everybody without one of their own."""
        self._ask(channel, "POST", f"/v2/bot/user/all/richmenu/{_safe(menu_id)}")

    def link(self, channel: Channel, menu_id: str, user_ids: Sequence[str]) -> None:
        """Show a menu to some people: to one at once, to many in LINE's own time."""
        if len(user_ids) == 1:
            self._ask(channel, "POST", f"/v2/bot/user/{_safe(user_ids[0])}/richmenu/{_safe(menu_id)}")
            return
        for begin in range(0, len(user_ids), MOST_AT_ONCE):
            some = list(user_ids[begin : begin + MOST_AT_ONCE])
            self._ask(channel, "POST", "/v2/bot/richmenu/bulk/link", {"richMenuId": menu_id, "userIds": some})

    def _ask(
        self, channel: Channel, method: str, path: str, body: dict[str, Any] | None = None, *, missing: bool = False
    ) -> dict[str, Any]:
        try:
            answer = self._clients.call(channel, method, path, body=body)
        except Unsendable as problem:
            raise NotAllowed(str(problem)) from None
        except NoAnswer as lost:
            raise OutsideWorld(f"LINE does not answer: {lost.words}") from None
        if missing and answer.status == 404:
            return {}
        if not 200 <= answer.status < 300:
            raise _refused(answer)
        return _object(answer.body)

    def _data(self, channel: Channel, method: str, menu_id: str, body: bytes | None = None) -> Answer:
        """A call to the data host; the SDK would read a picture as text."""
        headers = {"Authorization": f"Bearer {channel.token}"} | ({"Content-Type": "image/png"} if body else {})
        address = f"{self._data_base}/v2/bot/richmenu/{_safe(menu_id)}/content"
        try:
            with urllib3.PoolManager() as pool:
                found = pool.request(
                    method, address, body=body, headers=headers, timeout=_TIMEOUT, retries=False, redirect=False
                )
        except urllib3.exceptions.HTTPError as problem:
            raise OutsideWorld(f"LINE does not answer: {type(problem).__name__}") from None
        words = found.data.decode(errors="replace") if found.status >= 400 else ""
        return Answer(status=found.status, body=words)


def _safe(part: str) -> str:
    return quote(part, safe="")


def _object(body: str) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _refused(answer: Answer) -> NotAllowed | OutsideWorld:
    """LINE's no: for good, or for now."""
    if answer.status == 429 or answer.status >= 500:
        return OutsideWorld(f"LINE: {words_of(answer)}", status=answer.status)
    return NotAllowed(f"LINE: {words_of(answer)}")
