"""What a person does on the phone: follow, block, write, send, take back."""

import secrets
from collections.abc import Sequence
from typing import Any

from bot.simulator import events, ids
from bot.simulator.channel import Channel
from bot.simulator.media import Upload
from bot.simulator.outbox import Outbox
from bot.simulator.people import Entry, Person
from bot.simulator.world import NobodyThere, World

_MEDIA_MS = 5000


ALBUMS = ("in_order", "reversed", "late", "no_index")
"""How the photos of a set arrive: LINE promises no order, and old phones tell neither place nor number."""

LATE_SECONDS = 3.0


class NotPossible(Exception):
    """Something a phone would not let a person do."""


class Speaker:
    """Does what a person does: draws it in the chat and tells the bot."""

    def __init__(self, world: World, outbox: Outbox) -> None:
        self._world = world
        self._outbox = outbox

    def create(self, name: str, *, follow: bool, bot: str | None = None, user_id: str | None = None) -> Person:
        """Make a new LINE user who may add the bot at once."""
        with self._world.lock:
            if user_id in self._world.people:
                raise NotPossible(f"there is a person {user_id} already")
            person = self._world.add_person(name, user_id)
            if follow:
                self.follow(person.user_id, bot)
            return person

    def follow(self, who: str, bot: str | None = None) -> None:
        """Add the bot as a friend, or unblock it."""
        with self._world.lock:
            channel, person = self._world.channel(bot), self._world.person(who)
            bond = channel.bond(person.user_id)
            was_blocked = bond.blocked
            if bond.friend and not was_blocked:
                raise NotPossible(f"{person.name} is a friend already")
            bond.friend, bond.blocked, bond.known = True, False, True
            self._world.keep_bond(bond)
            self._note(channel, person, "unblocked" if was_blocked else "followed")
            self._tell(channel, person, "follow", follow={"isUnblocked": was_blocked})

    def block(self, who: str, bot: str | None = None) -> None:
        """Block the bot."""
        with self._world.lock:
            channel, person = self._world.channel(bot), self._world.person(who)
            bond = channel.bond(person.user_id)
            if bond.blocked:
                raise NotPossible(f"{person.name} has blocked it already")
            bond.blocked = True
            self._world.keep_bond(bond)
            self._note(channel, person, "blocked")
            self._tell(channel, person, "unfollow", replyable=False)

    def say(self, who: str, content: dict[str, Any], bot: str | None = None) -> Entry:
        """Send one message that carries no bytes: text, sticker or location."""
        with self._world.lock:
            channel, person = self._writer(who, bot)
            return self._say(channel, person, content)

    def send_files(
        self, who: str, uploads: Sequence[Upload], bot: str | None = None, album: str = "in_order"
    ) -> list[Entry]:
        """Send photos and files; several photos at once belong to one set, which arrives as `album` says."""
        with self._world.lock:
            channel, person = self._writer(who, bot)
            photos = [upload for upload in uploads if upload.message_kind == "image"]
            set_id = secrets.token_hex(24).upper() if len(photos) > 1 else ""
            made: list[tuple[Entry, dict[str, Any]]] = []
            for upload in uploads:
                image_set = None
                if set_id and upload in photos:
                    image_set = _part(set_id, photos.index(upload) + 1, len(photos), album)
                made.append(self._add(channel, person, content_of(upload, image_set), upload))
            sent = [event for _, event in made]
            late = sent.pop() if album == "late" and len(sent) > 1 else None
            self._outbox.send(channel, person.user_id, sent[::-1] if album == "reversed" else sent)
            if late is not None:
                self._outbox.send_later(channel, person.user_id, late, LATE_SECONDS)
            return [entry for entry, _ in made]

    def unsend(self, who: str, message_id: str, bot: str | None = None) -> Entry:
        """Take a message back; its content is gone."""
        with self._world.lock:
            channel, person = self._world.channel(bot), self._world.person(who)
            for entry in channel.chat(person.user_id):
                if entry.id == message_id and entry.by == "user" and not entry.unsent:
                    entry.unsent = True
                    self._world.shelf.drop_content(entry.id)
                    self._world.keep_entry(entry)
                    self._tell(channel, person, "unsend", replyable=False, unsend={"messageId": message_id})
                    return entry
            raise NobodyThere(f"no message {message_id} of {person.name} to take back")

    def postback(
        self,
        who: str,
        data: str,
        *,
        params: dict[str, str] | None = None,
        display_text: str | None = None,
        bot: str | None = None,
    ) -> None:
        """Send a postback; only its display text shows in the chat."""
        with self._world.lock:
            channel, person = self._writer(who, bot)
            shown = {"type": "postback", "data": data, "params": params, "text": display_text}
            self._world.add_entry(
                channel, person.user_id, "user", shown, via="postback", shown=display_text is not None
            )
            self._wrote(channel, person)
            content = {"data": data, **({"params": params} if params else {})}
            self._tell(channel, person, "postback", postback=content)

    def _writer(self, who: str, bot: str | None) -> tuple[Channel, Person]:
        channel, person = self._world.channel(bot), self._world.person(who)
        if channel.bond(person.user_id).blocked:
            raise NotPossible(f"{person.name} has blocked the bot; unblock it first")
        return channel, person

    def _say(self, channel: Channel, person: Person, content: dict[str, Any]) -> Entry:
        entry, event = self._add(channel, person, content, None)
        self._outbox.send(channel, person.user_id, [event])
        return entry

    def _add(
        self, channel: Channel, person: Person, content: dict[str, Any], upload: Upload | None
    ) -> tuple[Entry, dict[str, Any]]:
        message_id = self._world.message_ids.next(self._world.now_ms())
        read_token = ids.opaque_token()
        channel.read_tokens[read_token] = message_id
        message = {"id": message_id, "markAsReadToken": read_token, **content}
        drawn = dict(message)
        if upload is not None:
            self._world.shelf.put_content(message_id, upload.data)
            drawn |= {"contentType": upload.media_type, "fileName": upload.name}
        entry = self._world.add_entry(channel, person.user_id, "user", drawn, id=message_id, via="message")
        self._wrote(channel, person)
        token = channel.reply_tokens.issue(person.user_id, self._world.now_ms())
        return entry, events.event("message", person.user_id, entry.at_ms, token, message=message)

    def _wrote(self, channel: Channel, person: Person) -> None:
        bond = channel.bond(person.user_id)
        bond.wrote_ms, bond.known = self._world.now_ms(), True
        self._world.keep_bond(bond)

    def _note(self, channel: Channel, person: Person, what: str) -> None:
        self._world.add_entry(channel, person.user_id, "note", {"type": "note", "note": what}, via=what)

    def _tell(self, channel: Channel, person: Person, kind: str, *, replyable: bool = True, **payload: Any) -> None:
        now_ms = self._world.now_ms()
        token = channel.reply_tokens.issue(person.user_id, now_ms) if replyable else None
        self._outbox.send(channel, person.user_id, [events.event(kind, person.user_id, now_ms, token, **payload)])


def _part(set_id: str, index: int, total: int, album: str) -> dict[str, Any]:
    return {"id": set_id} if album == "no_index" else {"id": set_id, "index": index, "total": total}


def content_of(upload: Upload, image_set: dict[str, Any] | None) -> dict[str, Any]:
    """Make the message that a file becomes."""
    match upload.message_kind:
        case "image":
            return events.image(image_set)
        case "video":
            return events.video(_MEDIA_MS)
        case "audio":
            return events.audio(_MEDIA_MS)
        case _:
            return events.file(upload.name, len(upload.data))
