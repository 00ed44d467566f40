"""What happens in groups and rooms: people and the bot come and go, people talk, edit, mention and take back."""

from collections.abc import Sequence
from typing import Any

from bot.simulator import events
from bot.simulator.channel import Channel
from bot.simulator.media import Upload
from bot.simulator.outbox import Outbox
from bot.simulator.people import Entry, Group
from bot.simulator.speaking import NotPossible, content_of
from bot.simulator.world import NobodyThere, World


class Gathering:
    """Does what people do in groups: draws it in the chat and tells the bot, where it is in the group."""

    def __init__(self, world: World, outbox: Outbox) -> None:
        self._world = world
        self._outbox = outbox

    def create(self, name: str, members: Sequence[str], *, kind: str = "group", bot: str | None = None) -> Group:
        """Make a group of people who invite the bot at once."""
        with self._world.lock:
            people = [self._world.person(who).user_id for who in members]
            if not people:
                raise NotPossible("a group needs somebody in it")
            group = self._world.add_group(name, kind, list(dict.fromkeys(people)))
            self.invite_bot(group.group_id, bot)
            return group

    def invite_bot(self, group_id: str, bot: str | None = None) -> None:
        """Bring the bot in; LINE allows one official account in a group."""
        with self._world.lock:
            channel, group = self._world.channel(bot), self._world.group(group_id)
            if group.bot is not None:
                raise NotPossible("there is an official account in this group already")
            group.bot = channel.id
            self._world.keep_group(group)
            self._note(channel, group, "joined")
            self._tell(channel, group, "join")

    def remove_bot(self, group_id: str, *, by_itself: bool = False) -> None:
        """Take the bot out, or let it go; it hears of both."""
        with self._world.lock:
            group = self._world.group(group_id)
            channel = self._channel_in(group)
            group.bot = None
            self._world.keep_group(group)
            self._note(channel, group, "left" if by_itself else "removed")
            self._tell(channel, group, "leave", replyable=False)

    def add_member(self, group_id: str, who: str) -> None:
        """Bring a person in."""
        with self._world.lock:
            group, person = self._world.group(group_id), self._world.person(who)
            if person.user_id in group.members:
                raise NotPossible(f"{person.name} is in the group already")
            group.members.append(person.user_id)
            self._world.keep_group(group)
            self._moved(group, "memberJoined", "joined", person.user_id)

    def remove_member(self, group_id: str, who: str) -> None:
        """Let a person go."""
        with self._world.lock:
            group, person = self._world.group(group_id), self._world.person(who)
            self._must_be_in(group, person.user_id)
            if len(group.members) == 1:
                raise NotPossible("the last one cannot leave")
            group.members.remove(person.user_id)
            self._world.keep_group(group)
            self._moved(group, "memberLeft", "left", person.user_id)

    def say(self, group_id: str, who: str, content: dict[str, Any], *, named: bool = True) -> Entry:
        """Send one message; without `named` LINE does not tell the bot who it was."""
        with self._world.lock:
            group, user_id = self._speaker(group_id, who)
            if content["type"] == "text":
                content = self._mentioning(group, content)
            return self._say(group, user_id, content, None, named=named)

    def send_files(self, group_id: str, who: str, uploads: Sequence[Upload], *, named: bool = True) -> list[Entry]:
        """Send photos and files."""
        with self._world.lock:
            group, user_id = self._speaker(group_id, who)
            return [self._say(group, user_id, content_of(each, None), each, named=named) for each in uploads]

    def edit(self, group_id: str, who: str, message_id: str, words: str) -> Entry:
        """Change a text that was sent, which is possible in groups only; it keeps its id."""
        with self._world.lock:
            group, user_id = self._speaker(group_id, who)
            entry = self._own(group, user_id, message_id)
            if entry.message["type"] != "text":
                raise NotPossible("only a text can be changed")
            fresh = self._mentioning(group, events.text(words))
            entry.message = {**fresh, "id": message_id}
            entry.edited = True
            self._world.keep_entry(entry)
            if group.bot is not None:
                channel = self._world.channel(group.bot)
                self._tell(channel, group, "messageEdited", user_id=user_id, message={"id": message_id, **fresh})
            return entry

    def unsend(self, group_id: str, who: str, message_id: str) -> Entry:
        """Take a message back."""
        with self._world.lock:
            group, user_id = self._speaker(group_id, who)
            entry = self._own(group, user_id, message_id)
            entry.unsent = True
            self._world.shelf.drop_content(entry.id)
            self._world.keep_entry(entry)
            if group.bot is not None:
                channel, taken = self._world.channel(group.bot), {"messageId": message_id}
                self._tell(channel, group, "unsend", user_id=user_id, replyable=False, unsend=taken)
            return entry

    def postback(self, group_id: str, who: str, content: dict[str, Any], display_text: str | None) -> None:
        """Tap a button that answers by postback."""
        with self._world.lock:
            group, user_id = self._speaker(group_id, who)
            channel = self._channel_in(group)
            if display_text is not None:
                shown = {"type": "postback", "text": display_text}
                self._world.add_entry(channel, group.group_id, "user", shown, via="postback", speaker=user_id)
            self._tell(channel, group, "postback", user_id=user_id, postback=content)

    def _speaker(self, group_id: str, who: str) -> tuple[Group, str]:
        group, person = self._world.group(group_id), self._world.person(who)
        self._must_be_in(group, person.user_id)
        return group, person.user_id

    def _must_be_in(self, group: Group, user_id: str) -> None:
        if user_id not in group.members:
            raise NotPossible("who is not in the group cannot do that")

    def _channel_in(self, group: Group) -> Channel:
        if group.bot is None:
            raise NotPossible("there is no official account in this group")
        return self._world.channel(group.bot)

    def _own(self, group: Group, user_id: str, message_id: str) -> Entry:
        for entry in self._world.chat_of(group):
            if entry.id == message_id and entry.speaker == user_id and not entry.unsent:
                return entry
        raise NobodyThere(f"no message {message_id} of this person in the group")

    def _say(self, group: Group, user_id: str, content: dict[str, Any], upload: Upload | None, *, named: bool) -> Entry:
        channel = self._world.home_of(group)
        message_id = self._world.message_ids.next(self._world.now_ms())
        message = {"id": message_id, **content}
        drawn = dict(message)
        if upload is not None:
            self._world.shelf.put_content(message_id, upload.data)
            drawn |= {"contentType": upload.media_type, "fileName": upload.name}
        entry = self._world.add_entry(
            channel, group.group_id, "user", drawn, id=message_id, via="message", speaker=user_id
        )
        if group.bot is not None:
            self._tell(channel, group, "message", user_id=user_id if named else None, message=message)
        return entry

    def _mentioning(self, group: Group, content: dict[str, Any]) -> dict[str, Any]:
        """The text with its mentions as LINE tells them: @ and a member's or the account's name, @All for everybody."""
        names = {self._world.people[user_id].name: user_id for user_id in group.members}
        bot = self._world.channel(group.bot).bot if group.bot else None
        known: dict[str, dict[str, Any]] = {
            f"@{name}": {"type": "user", "userId": user_id, "isSelf": False} for name, user_id in names.items()
        }
        if bot is not None:
            known[f"@{bot.name}"] = {"type": "user", "userId": bot.user_id, "isSelf": True}
        known["@All"] = {"type": "all"}
        mentionees = []
        for words, about in known.items():
            at = content["text"].find(words)
            if at >= 0:
                index = len(content["text"][:at].encode("utf-16-le")) // 2
                mentionees.append({"index": index, "length": len(words.encode("utf-16-le")) // 2, **about})
        return {**content, **({"mention": {"mentionees": mentionees}} if mentionees else {})}

    def _moved(self, group: Group, kind: str, moved: str, user_id: str) -> None:
        channel = self._world.home_of(group)
        self._world.add_entry(
            channel, group.group_id, "note", {"type": "note", "note": kind}, via=kind, speaker=user_id
        )
        if group.bot is not None:
            payload: dict[str, Any] = {moved: {"members": [{"type": "user", "userId": user_id}]}}
            self._tell(channel, group, kind, replyable=kind == "memberJoined", **payload)

    def _note(self, channel: Channel, group: Group, what: str) -> None:
        note = {"type": "note", "note": f"bot_{what}"}
        self._world.add_entry(channel, group.group_id, "note", note, via=what)

    def _tell(
        self,
        channel: Channel,
        group: Group,
        kind: str,
        *,
        user_id: str | None = None,
        replyable: bool = True,
        **payload: Any,
    ) -> None:
        now_ms = self._world.now_ms()
        token = channel.reply_tokens.issue(group.group_id, now_ms) if replyable else None
        source = {"type": group.kind, f"{group.kind}Id": group.group_id, **({"userId": user_id} if user_id else {})}
        made = events.event(kind, "", now_ms, token, source=source, **payload)
        self._outbox.send(channel, group.group_id, [made])
