"""The control API's groups, as Python calls."""

from typing import Any
from urllib.parse import quote

from bot.simulator.client import ChatMessage, SimulatorClient

JSON = dict[str, Any]


class GroupClient:
    """Hands of the people in groups; groups and people are named by id or by unique name."""

    def __init__(self, client: SimulatorClient) -> None:
        self._client = client

    def create(self, name: str, members: list[str], kind: str = "group") -> str:
        """Make a group whose members invite the bot at once; returns its id."""
        made = self._client.call("POST", "/groups", {"name": name, "members": members, "kind": kind})
        return str(made["group_id"])

    def invite_bot(self, group: str) -> None:
        """Bring the bot in again."""
        self._client.call("POST", f"/groups/{quote(group)}/bot")

    def remove_bot(self, group: str) -> None:
        """Take the bot out."""
        self._client.call("DELETE", f"/groups/{quote(group)}/bot")

    def add_member(self, group: str, person: str) -> None:
        """Bring a person in."""
        self._client.call("POST", f"/groups/{quote(group)}/members", {"who": person})

    def remove_member(self, group: str, person: str) -> None:
        """Let a person go."""
        self._client.call("POST", f"/groups/{quote(group)}/members/{quote(person)}/leave")

    def say(self, group: str, person: str, text: str, *, named: bool = True) -> JSON:
        """Write a text; a name after @ mentions; without `named` LINE does not tell who it was."""
        asked = {"who": person, "type": "text", "text": text, "named": named}
        return self._client.call("POST", f"/groups/{quote(group)}/messages", asked)

    def edit(self, group: str, person: str, message_id: str, text: str) -> None:
        """Change a text that was sent."""
        asked = {"who": person, "message_id": message_id, "text": text}
        self._client.call("POST", f"/groups/{quote(group)}/edit", asked)

    def unsend(self, group: str, person: str, message_id: str) -> None:
        """Take a message back."""
        self._client.call("POST", f"/groups/{quote(group)}/unsend", {"who": person, "message_id": message_id})

    def tap(self, group: str, person: str, label: str) -> JSON:
        """Tap what has that label."""
        return self._client.call("POST", f"/groups/{quote(group)}/tap", {"who": person, "label": label})

    def state(self, group: str) -> JSON:
        """Who is in it, and whether the bot is."""
        found: JSON = self._client.call("GET", f"/groups/{quote(group)}/chat")["group"]
        return found

    def chat(self, group: str, after: int = 0) -> list[ChatMessage]:
        """Return what was said, oldest first."""
        found = self._client.call("GET", f"/groups/{quote(group)}/chat", query={"after": after})
        return [ChatMessage(**{name: each[name] for name in ChatMessage.__slots__}) for each in found["entries"]]
