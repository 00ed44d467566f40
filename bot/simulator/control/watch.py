"""Watching: state, chats, the feed by long poll or stream, the raw log, people's own pictures."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.channel import Channel
from bot.simulator.control.common import PREFIX, answer_errors, bot_wanted, number
from bot.simulator.control.groups import group_json
from bot.simulator.people import Entry
from bot.simulator.simulator import Simulator
from bot.simulator.world import NobodyThere

_LONGEST_WAIT = 60.0
_HEARTBEAT = 15.0
_SHOWN_IN_PLACE = re.compile(r"image/(png|jpeg|gif|webp|heic)|(audio|video)/[\w.+-]+")


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes for watching."""
    routes = Blueprint("watch", __name__, url_prefix=PREFIX)
    answer_errors(routes)
    _state(routes, simulator)
    _chats(routes, simulator)
    _followers(routes, simulator)
    _content(routes, simulator)
    return routes


def account_json(simulator: Simulator, channel: Channel) -> dict[str, Any]:
    """Show an account: its name, webhook and quota."""
    return {
        "user_id": channel.id,
        "name": channel.bot.name,
        "webhook_url": channel.webhook_url,
        "quota": channel.quota.limit,
        "used": channel.quota.usage(simulator.world.now()),
        "menu": channel.menus.default,
    }


def _people(simulator: Simulator, channel: Channel) -> list[dict[str, Any]]:
    shown = []
    for person in simulator.world.people.values():
        bond, chat = channel.bond(person.user_id), channel.chat(person.user_id)
        visible = [entry for entry in chat if entry.shown]
        shown.append(
            {
                **person.as_json(),
                "friend": bond.friend,
                "blocked": bond.blocked,
                "last": visible[-1].as_json() if visible else None,
            }
        )
    return shown


def _state(routes: Blueprint, simulator: Simulator) -> None:
    world = simulator.world

    @routes.get("/state")
    def state() -> Response:
        with world.lock:
            channel = world.channel(bot_wanted())
            return jsonify(
                {
                    "epoch": world.epoch,
                    "seq": world.feed.seq,
                    "now_ms": world.now_ms(),
                    "bot": account_json(simulator, channel),
                    "bots": [account_json(simulator, each) for each in world.channels.values()],
                    "people": _people(simulator, channel),
                    "groups": [group_json(simulator, each) for each in world.groups.values()],
                    "links": [{"label": link.label, "url": link.url} for link in simulator.config.links],
                }
            )

    @routes.get("/people")
    def people() -> Response:
        with world.lock:
            return jsonify({"people": _people(simulator, world.channel(bot_wanted()))})

    @routes.get("/log")
    def log() -> Response:
        rows = simulator.journal.rows(int(number("after", 0, 1e18)), request.args.get("direction"))
        return jsonify({"rows": rows})


def _chats(routes: Blueprint, simulator: Simulator) -> None:
    world = simulator.world

    def newer(who: str, after: int) -> tuple[list[Entry], dict[str, Any]]:
        with world.lock:
            channel = world.channel(bot_wanted())
            person = world.person(who)
            chat = [entry for entry in channel.chat(person.user_id) if entry.seq > after]
            menu_id = channel.menu_of(person.user_id)
            loading_ms = max(0, channel.loading_until.get(person.user_id, 0) - world.now_ms())
            menu = channel.menus.menus.get(menu_id or "")
            return chat, {"person": person.as_json(), "menu": menu, "loading_ms": loading_ms}

    @routes.get("/people/<who>/chat")
    def chat(who: str) -> Response:
        after, wait = int(number("after", 0, 1e18)), number("wait", 0, _LONGEST_WAIT)
        end, seen = time.monotonic() + wait, world.feed.seq
        found, more = newer(who, after)
        while not found:  # news of other chats must not make the wait longer
            news = world.feed.after(seen, max(0.0, end - time.monotonic()))
            if not news:
                break
            seen = news[-1].seq
            found, more = newer(who, after)
        return jsonify({"entries": [entry.as_json() for entry in found], **more})


def _followers(routes: Blueprint, simulator: Simulator) -> None:
    feed, epoch = simulator.world.feed, simulator.world.epoch

    @routes.get("/feed")
    def poll() -> Response:
        after, wait = int(number("after", 0, 1e18)), number("wait", 0, _LONGEST_WAIT)
        records = [record.as_json() for record in feed.after(after, wait)]
        return jsonify({"epoch": epoch, "seq": feed.seq, "records": records})

    @routes.get("/stream")
    def stream() -> Response:
        start = request.headers.get("Last-Event-ID") or request.args.get("after")
        after = int(start) if start and start.isdigit() else feed.seq
        response = Response(follow(after), mimetype="text/event-stream")
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Accel-Buffering"] = "no"
        return response

    def follow(after: int) -> Iterator[str]:
        hello = json.dumps({"kind": "hello", "epoch": epoch, "seq": feed.seq})
        yield f"data: {hello}\n\n"
        while not feed.closed:
            records = feed.after(after, _HEARTBEAT)
            if not records:
                yield ": still here\n\n"
            for record in records:
                after = record.seq
                line = json.dumps(record.as_json(), ensure_ascii=False)
                yield f"id: {record.seq}\ndata: {line}\n\n"


def _content(routes: Blueprint, simulator: Simulator) -> None:
    world = simulator.world

    @routes.get("/content/<message_id>")
    def content(message_id: str) -> Response:
        with world.lock:
            for channel in world.channels.values():
                entry = channel.entry(message_id)
                data = world.shelf.content(message_id) if entry else None
                if entry is not None and data is not None:
                    return _download(data, str(entry.message["contentType"]))
        raise NobodyThere(f"no content of message {message_id}")

    @routes.get("/menus/<menu_id>")
    def menu_picture(menu_id: str) -> Response:
        with world.lock:
            for channel in world.channels.values():
                data = world.shelf.content(menu_id.replace("-", ""))
                if menu_id in channel.menus.images and data is not None:
                    return _download(data, channel.menus.images[menu_id])
        raise NobodyThere(f"no picture of menu {menu_id}")


def _download(data: bytes, media_type: str) -> Response:
    """Send bytes a person uploaded; only plain pictures, film and sound are shown in place."""
    response = Response(data, mimetype=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not _SHOWN_IN_PLACE.fullmatch(media_type):
        response.headers["Content-Disposition"] = "attachment"
    return response
