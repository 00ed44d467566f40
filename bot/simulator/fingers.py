"""A person's finger: finds what is to be tapped and does what the tap does."""

from typing import Any
from urllib.parse import urlsplit

from bot.simulator import events
from bot.simulator.channel import Channel
from bot.simulator.people import Entry
from bot.simulator.speaking import NotPossible, Speaker
from bot.simulator.tapping import Tappable, find_path, tappables
from bot.simulator.validation.actions import parse_moment
from bot.simulator.world import World

_TAPS_SHOWN = 40


class NothingToTap(NotPossible):
    """No living button has that label."""


class Finger:
    """Taps for a person."""

    def __init__(self, world: World, speaker: Speaker) -> None:
        self._world = world
        self._speaker = speaker

    def tap_label(self, who: str, label: str, *, value: str | None = None, bot: str | None = None) -> dict[str, Any]:
        """Tap the newest thing with that label: quick replies first, then the newest message's buttons."""
        with self._world.lock:
            channel, person = self._world.channel(bot), self._world.person(who)
            there = self._reachable(channel, person.user_id)
            for entry, tappable in there:
                if label.strip() in tappable.labels:
                    return self._tap(channel, person.user_id, entry, tappable, value)
        listed = ", ".join(f"[{each.labels[0]}]" for _, each in there[:_TAPS_SHOWN] if each.labels)
        raise NothingToTap(f"nothing called [{label}] to tap for {person.name}; there is: {listed or 'nothing'}")

    def tap_path(
        self, who: str, message_id: str, path: str, *, value: str | None = None, bot: str | None = None
    ) -> dict[str, Any]:
        """Tap what is at a pointer into a message."""
        with self._world.lock:
            channel, person = self._world.channel(bot), self._world.person(who)
            for entry, tappable in self._reachable(channel, person.user_id):
                if entry is not None and entry.id == message_id and tappable.path == path:
                    return self._tap(channel, person.user_id, entry, tappable, value)
        raise NothingToTap(f"nothing at {path} of message {message_id}")

    def tap_menu(self, who: str, area: int, *, value: str | None = None, bot: str | None = None) -> dict[str, Any]:
        """Tap an area of the rich menu."""
        with self._world.lock:
            channel, person = self._world.channel(bot), self._world.person(who)
            menu = channel.menus.menus.get(channel.menu_of(person.user_id) or "")
            found = find_path(menu, f"/areas/{area}/action") if menu else None
            if found is None:
                raise NothingToTap(f"no area {area} on a rich menu of {person.name}")
            return self._tap(channel, person.user_id, None, found, value)

    def labels(self, who: str, bot: str | None = None) -> list[str]:
        """List what can be tapped now, in the order it would be looked for."""
        with self._world.lock:
            channel, person = self._world.channel(bot), self._world.person(who)
            return [each.labels[0] for _, each in self._reachable(channel, person.user_id) if each.labels]

    def _reachable(self, channel: Channel, user_id: str) -> list[tuple[Entry | None, Tappable]]:
        chat = [entry for entry in channel.chat(user_id) if entry.shown and entry.by != "note"]
        found: list[tuple[Entry | None, Tappable]] = []
        if chat and chat[-1].by == "bot" and not chat[-1].tapped:
            found += [(chat[-1], each) for each in tappables(chat[-1].message) if each.quick]
        for entry in reversed(chat):
            if entry.by == "bot":
                found += [(entry, each) for each in tappables(entry.message) if not each.quick]
        menu = channel.menus.menus.get(channel.menu_of(user_id) or "")
        return found + [(None, each) for each in tappables(menu or {})]

    def _tap(
        self, channel: Channel, user_id: str, entry: Entry | None, tappable: Tappable, value: str | None
    ) -> dict[str, Any]:
        before = channel.chat(user_id)[-1].seq if channel.chat(user_id) else 0
        done = self._act(channel, user_id, tappable.action, value)
        if entry is not None and tappable.quick and done["done"] in ("message", "postback"):
            entry.tapped = True
            self._world.keep_entry(entry)
        return {
            "label": tappable.labels[0] if tappable.labels else "",
            "action": tappable.action,
            "after": before,
            **done,
        }

    def _act(self, channel: Channel, user_id: str, action: dict[str, Any], value: str | None) -> dict[str, Any]:
        match action["type"]:
            case "message":
                self._speaker.say(user_id, events.text(action["text"]), channel.id)
                return {"done": "message"}
            case "postback":
                return self._postback(channel, user_id, action)
            case "datetimepicker":
                return self._pick(channel, user_id, action, value)
            case "richmenuswitch":
                return self._switch_menu(channel, user_id, action)
            case "uri":
                return {"done": "uri", "uri": action["uri"], "scheme": urlsplit(action["uri"]).scheme}
            case "clipboard":
                return {"done": "clipboard", "text": action["clipboardText"]}
            case kind:  # camera, cameraRoll, location: the phone asks, the person sends something
                return {"done": kind}

    def _postback(self, channel: Channel, user_id: str, action: dict[str, Any]) -> dict[str, Any]:
        said = action.get("text")
        if said is not None:  # the deprecated field: said as a message of its own
            self._speaker.say(user_id, events.text(said), channel.id)
        self._speaker.postback(user_id, action["data"], display_text=action.get("displayText"), bot=channel.id)
        filled = {"fill_in": action["fillInText"]} if action.get("fillInText") else {}
        return {"done": "postback", **filled}

    def _pick(self, channel: Channel, user_id: str, action: dict[str, Any], value: str | None) -> dict[str, Any]:
        mode = action["mode"]
        if value is None:
            limits = {name: action[name] for name in ("initial", "min", "max") if action.get(name)}
            return {"done": "ask", "mode": mode, **limits}
        moment = parse_moment(mode, value)
        low, high = parse_moment(mode, action.get("min")), parse_moment(mode, action.get("max"))
        if moment is None or (low and moment < low) or (high and moment > high):
            raise NotPossible(f"{value} cannot be picked: {action.get('min', '')} … {action.get('max', '')}")
        self._speaker.postback(user_id, action["data"], params={mode: value}, bot=channel.id)
        return {"done": "postback"}

    def _switch_menu(self, channel: Channel, user_id: str, action: dict[str, Any]) -> dict[str, Any]:
        alias = action["richMenuAliasId"]
        target = channel.menus.aliases.get(alias)
        status = "SUCCESS" if target else "RICHMENU_ALIAS_ID_NOTFOUND"
        if target and target not in channel.menus.menus:
            status = "RICHMENU_NOTFOUND"
        elif target:
            bond = channel.bond(user_id)
            bond.rich_menu = target
            self._world.keep_bond(bond)
        params = {"newRichMenuAliasId": alias, "status": status}
        self._speaker.postback(user_id, action["data"], params=params, bot=channel.id)
        return {"done": "postback"}
