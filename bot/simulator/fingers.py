"""A person's finger: finds what is to be tapped and does what the tap does."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.simulator import events
from bot.simulator.channel import Channel
from bot.simulator.gatherings import Gathering
from bot.simulator.people import Entry
from bot.simulator.speaking import NotPossible, Speaker
from bot.simulator.tapping import Tappable, find_path, tappables
from bot.simulator.validation.actions import parse_moment
from bot.simulator.world import World

_TAPS_SHOWN = 40


class NothingToTap(NotPossible):
    """No living button has that label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hand:
    """Whose finger it is, and in which chat: one's own with an account, or a group's."""

    channel: Channel
    user_id: str
    name: str
    group_id: str | None = None

    @property
    def chat_id(self) -> str:
        return self.group_id or self.user_id


class Finger:
    """Taps for a person; `group` names the group in which it happens."""

    def __init__(self, world: World, speaker: Speaker, gathering: Gathering) -> None:
        self._world = world
        self._speaker = speaker
        self._gathering = gathering

    def tap_label(
        self, who: str, label: str, *, value: str | None = None, bot: str | None = None, group: str | None = None
    ) -> dict[str, Any]:
        """Tap the newest thing with that label: quick replies first, then the newest message's buttons."""
        with self._world.lock:
            hand = self._hand(who, bot, group)
            there = self._reachable(hand)
            for entry, tappable in there:
                if label.strip() in tappable.labels:
                    return self._tap(hand, entry, tappable, value)
        listed = ", ".join(f"[{each.labels[0]}]" for _, each in there[:_TAPS_SHOWN] if each.labels)
        raise NothingToTap(f"nothing called [{label}] to tap for {hand.name}; there is: {listed or 'nothing'}")

    def tap_path(
        self,
        who: str,
        message_id: str,
        path: str,
        *,
        value: str | None = None,
        bot: str | None = None,
        group: str | None = None,
    ) -> dict[str, Any]:
        """Tap what is at a pointer into a message."""
        with self._world.lock:
            hand = self._hand(who, bot, group)
            for entry, tappable in self._reachable(hand):
                if entry is not None and entry.id == message_id and tappable.path == path:
                    return self._tap(hand, entry, tappable, value)
        raise NothingToTap(f"nothing at {path} of message {message_id}")

    def tap_menu(self, who: str, area: int, *, value: str | None = None, bot: str | None = None) -> dict[str, Any]:
        """Tap an area of the rich menu."""
        with self._world.lock:
            hand = self._hand(who, bot, None)
            menu = hand.channel.menus.menus.get(hand.channel.menu_of(hand.user_id) or "")
            found = find_path(menu, f"/areas/{area}/action") if menu else None
            if found is None:
                raise NothingToTap(f"no area {area} on a rich menu of {hand.name}")
            return self._tap(hand, None, found, value)

    def labels(self, who: str, bot: str | None = None) -> list[str]:
        """List what can be tapped now, in the order it would be looked for."""
        with self._world.lock:
            return [each.labels[0] for _, each in self._reachable(self._hand(who, bot, None)) if each.labels]

    def _hand(self, who: str, bot: str | None, group: str | None) -> _Hand:
        person = self._world.person(who)
        if group is None:
            return _Hand(channel=self._world.channel(bot), user_id=person.user_id, name=person.name)
        found = self._world.group(group)
        channel = self._world.home_of(found)
        return _Hand(channel=channel, user_id=person.user_id, name=person.name, group_id=found.group_id)

    def _reachable(self, hand: _Hand) -> list[tuple[Entry | None, Tappable]]:
        chat = [entry for entry in hand.channel.chat(hand.chat_id) if entry.shown and entry.by != "note"]
        found: list[tuple[Entry | None, Tappable]] = []
        if chat and chat[-1].by == "bot" and not chat[-1].tapped:
            found += [(chat[-1], each) for each in tappables(chat[-1].message) if each.quick]
        for entry in reversed(chat):
            if entry.by == "bot":
                found += [(entry, each) for each in tappables(entry.message) if not each.quick]
        if hand.group_id is not None:  # a group has no rich menu
            return found
        menu = hand.channel.menus.menus.get(hand.channel.menu_of(hand.user_id) or "")
        return found + [(None, each) for each in tappables(menu or {})]

    def _tap(self, hand: _Hand, entry: Entry | None, tappable: Tappable, value: str | None) -> dict[str, Any]:
        chat = hand.channel.chat(hand.chat_id)
        before = chat[-1].seq if chat else 0
        done = self._act(hand, tappable.action, value)
        if entry is not None and tappable.quick and done["done"] in ("message", "postback"):
            entry.tapped = True
            self._world.keep_entry(entry)
        return {
            "label": tappable.labels[0] if tappable.labels else "",
            "action": tappable.action,
            "after": before,
            **done,
        }

    def _act(self, hand: _Hand, action: dict[str, Any], value: str | None) -> dict[str, Any]:
        match action["type"]:
            case "message":
                self._say(hand, action["text"])
                return {"done": "message"}
            case "postback":
                return self._tap_postback(hand, action)
            case "datetimepicker":
                return self._pick(hand, action, value)
            case "richmenuswitch":
                return self._switch_menu(hand, action)
            case "uri":
                return {"done": "uri", "uri": action["uri"], "scheme": urlsplit(action["uri"]).scheme}
            case "clipboard":
                return {"done": "clipboard", "text": action["clipboardText"]}
            case kind:  # camera, cameraRoll, location: the phone asks, the person sends something
                return {"done": kind}

    def _say(self, hand: _Hand, words: str) -> None:
        if hand.group_id is None:
            self._speaker.say(hand.user_id, events.text(words), hand.channel.id)
        else:
            self._gathering.say(hand.group_id, hand.user_id, events.text(words))

    def _postback(
        self, hand: _Hand, data: str, *, params: dict[str, str] | None = None, display_text: str | None = None
    ) -> None:
        if hand.group_id is None:
            self._speaker.postback(hand.user_id, data, params=params, display_text=display_text, bot=hand.channel.id)
        else:
            content = {"data": data, **({"params": params} if params else {})}
            self._gathering.postback(hand.group_id, hand.user_id, content, display_text)

    def _tap_postback(self, hand: _Hand, action: dict[str, Any]) -> dict[str, Any]:
        said = action.get("text")
        if said is not None:  # the deprecated field: said as a message of its own
            self._say(hand, said)
        self._postback(hand, action["data"], display_text=action.get("displayText"))
        filled = {"fill_in": action["fillInText"]} if action.get("fillInText") else {}
        return {"done": "postback", **filled}

    def _pick(self, hand: _Hand, action: dict[str, Any], value: str | None) -> dict[str, Any]:
        mode = action["mode"]
        if value is None:
            limits = {name: action[name] for name in ("initial", "min", "max") if action.get(name)}
            return {"done": "ask", "mode": mode, **limits}
        moment = parse_moment(mode, value)
        low, high = parse_moment(mode, action.get("min")), parse_moment(mode, action.get("max"))
        if moment is None or (low and moment < low) or (high and moment > high):
            raise NotPossible(f"{value} cannot be picked: {action.get('min', '')} … {action.get('max', '')}")
        self._postback(hand, action["data"], params={mode: value})
        return {"done": "postback"}

    def _switch_menu(self, hand: _Hand, action: dict[str, Any]) -> dict[str, Any]:
        alias, menus = action["richMenuAliasId"], hand.channel.menus
        target = menus.aliases.get(alias)
        status = "SUCCESS" if target else "RICHMENU_ALIAS_ID_NOTFOUND"
        if target and target not in menus.menus:
            status = "RICHMENU_NOTFOUND"
        elif target:
            bond = hand.channel.bond(hand.user_id)
            bond.rich_menu = target
            self._world.keep_bond(bond)
        self._postback(hand, action["data"], params={"newRichMenuAliasId": alias, "status": status})
        return {"done": "postback"}
