"""Rich menus: made, given a picture, set as default or for one person, switched by alias."""

import re
import secrets
from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator import words
from bot.simulator.api.guard import current_channel, read_json
from bot.simulator.channel import RichMenus
from bot.simulator.media import picture_size
from bot.simulator.simulator import Simulator
from bot.simulator.validation.rich_menu import validate_rich_menu
from bot.simulator.words import Refused

_LARGEST_PICTURE = 1024 * 1024
_ALIAS = re.compile(r"[a-z0-9_-]{1,32}")
_MOST = 1000


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes for rich menus."""
    routes = Blueprint("rich_menus", __name__)
    _menus(routes, simulator)
    _pictures(routes, simulator)
    _aliases(routes, simulator)
    _links(routes, simulator)
    return routes


def _all() -> RichMenus:
    return current_channel().menus


def _known(menu_id: str) -> dict[str, Any]:
    menu = _all().menus.get(menu_id)
    if menu is None:
        raise Refused(404, words.MENU_NOT_FOUND)
    return menu


def _checked() -> dict[str, Any]:
    body = read_json()
    problems = validate_rich_menu(body)
    if problems:
        raise words.body_errors(*((each.property, each.message) for each in problems))
    return body


def _menus(routes: Blueprint, simulator: Simulator) -> None:
    @routes.post("/v2/bot/richmenu")
    def create() -> Response:
        body = _checked()
        with simulator.world.lock:
            if len(_all().menus) >= _MOST:
                raise Refused(400, "The number of rich menus has reached the limit")
            menu_id = "richmenu-" + secrets.token_hex(16)
            _all().menus[menu_id] = {"richMenuId": menu_id, **body}
            simulator.world.keep_account(current_channel())
        return jsonify({"richMenuId": menu_id})

    @routes.post("/v2/bot/richmenu/validate")
    def validate() -> Response:
        _checked()
        return jsonify({})

    @routes.get("/v2/bot/richmenu/list")
    def listed() -> Response:
        return jsonify({"richmenus": list(_all().menus.values())})

    @routes.get("/v2/bot/richmenu/<menu_id>")
    def show(menu_id: str) -> Response:
        return jsonify(_known(menu_id))

    @routes.delete("/v2/bot/richmenu/<menu_id>")
    def delete(menu_id: str) -> Response:
        with simulator.world.lock:
            _known(menu_id)
            menus = _all()
            del menus.menus[menu_id]
            menus.images.pop(menu_id, None)
            menus.default = None if menus.default == menu_id else menus.default
            simulator.world.shelf.drop_content(_content_key(menu_id))
            simulator.world.keep_account(current_channel())
        return jsonify({})


def _content_key(menu_id: str) -> str:
    return menu_id.replace("-", "")


def _pictures(routes: Blueprint, simulator: Simulator) -> None:
    @routes.post("/v2/bot/richmenu/<menu_id>/content")
    def upload(menu_id: str) -> Response:
        data = request.get_data()
        if request.mimetype not in ("image/png", "image/jpeg"):
            raise Refused(415, words.UNSUPPORTED_TYPE)
        if len(data) > _LARGEST_PICTURE:
            raise Refused(413, words.TOO_LARGE)
        with simulator.world.lock:
            size = _known(menu_id)["size"]
            if menu_id in _all().images:
                raise Refused(400, "An image has already been uploaded to the richmenu")
            if picture_size(data) != (size["width"], size["height"]):
                raise Refused(400, "The image size does not match the size of the richmenu")
            _all().images[menu_id] = request.mimetype
            simulator.world.shelf.put_content(_content_key(menu_id), data)
            simulator.world.keep_account(current_channel())
        return jsonify({})

    @routes.get("/v2/bot/richmenu/<menu_id>/content")
    def download(menu_id: str) -> Response:
        with simulator.world.lock:
            data = simulator.world.shelf.content(_content_key(menu_id))
            if data is None or menu_id not in _all().images:
                raise Refused(404, words.NOT_FOUND)
            return Response(data, mimetype=_all().images[menu_id])


def _aliases(routes: Blueprint, simulator: Simulator) -> None:
    def put(alias: str, menu_id: Any, *, new: bool) -> Response:
        with simulator.world.lock:
            if not _ALIAS.fullmatch(alias):
                raise words.invalid_property("'richMenuAliasId'")
            if str(menu_id) not in _all().menus:
                raise Refused(400, words.MENU_NOT_FOUND)
            if new and alias in _all().aliases:
                raise Refused(400, "conflict richmenu alias id")
            if not new and alias not in _all().aliases:
                raise Refused(404, "richmenu alias not found")
            _all().aliases[alias] = str(menu_id)
            simulator.world.keep_account(current_channel())
        return jsonify({})

    @routes.post("/v2/bot/richmenu/alias")
    def create_alias() -> Response:
        body = read_json()
        return put(str(body.get("richMenuAliasId", "")), body.get("richMenuId"), new=True)

    @routes.post("/v2/bot/richmenu/alias/<alias_id>")
    def update_alias(alias_id: str) -> Response:
        return put(alias_id, read_json().get("richMenuId"), new=False)

    @routes.get("/v2/bot/richmenu/alias/list")
    def list_aliases() -> Response:
        pairs = _all().aliases.items()
        shown = [{"richMenuAliasId": alias, "richMenuId": menu_id} for alias, menu_id in pairs]
        return jsonify({"aliases": shown})

    @routes.get("/v2/bot/richmenu/alias/<alias_id>")
    def show_alias(alias_id: str) -> Response:
        if alias_id not in _all().aliases:
            raise Refused(404, "richmenu alias not found")
        return jsonify({"richMenuAliasId": alias_id, "richMenuId": _all().aliases[alias_id]})

    @routes.delete("/v2/bot/richmenu/alias/<alias_id>")
    def delete_alias(alias_id: str) -> Response:
        with simulator.world.lock:
            if _all().aliases.pop(alias_id, None) is None:
                raise Refused(404, "richmenu alias not found")
            simulator.world.keep_account(current_channel())
        return jsonify({})


def _links(routes: Blueprint, simulator: Simulator) -> None:
    def checked(menu_id: str) -> str:
        _known(menu_id)
        if menu_id not in _all().images:
            raise Refused(400, words.MENU_WITHOUT_IMAGE)
        return menu_id

    def link(user_id: str, menu_id: str | None) -> None:
        """Link or unlink; someone who is no friend, or blocked it, is passed over silently."""
        bond = current_channel().bonds.get(user_id)
        if bond is not None and bond.friend and not bond.blocked:
            bond.rich_menu = menu_id
            simulator.world.keep_bond(bond)

    @routes.post("/v2/bot/user/all/richmenu/<menu_id>")
    def set_default(menu_id: str) -> Response:
        with simulator.world.lock:
            _all().default = checked(menu_id)
            simulator.world.keep_account(current_channel())
        return jsonify({})

    @routes.get("/v2/bot/user/all/richmenu")
    def get_default() -> Response:
        if _all().default is None:
            raise Refused(404, "no default richmenu")
        return jsonify({"richMenuId": _all().default})

    @routes.delete("/v2/bot/user/all/richmenu")
    def drop_default() -> Response:
        with simulator.world.lock:
            _all().default = None
            simulator.world.keep_account(current_channel())
        return jsonify({})

    @routes.post("/v2/bot/user/<user_id>/richmenu/<menu_id>")
    def link_one(user_id: str, menu_id: str) -> Response:
        with simulator.world.lock:
            link(user_id, checked(menu_id))
        return jsonify({})

    @routes.get("/v2/bot/user/<user_id>/richmenu")
    def linked(user_id: str) -> Response:
        bond = current_channel().bonds.get(user_id)
        if bond is None or bond.rich_menu is None:
            raise Refused(404, words.USER_HAS_NO_MENU)
        return jsonify({"richMenuId": bond.rich_menu})

    @routes.delete("/v2/bot/user/<user_id>/richmenu")
    def unlink(user_id: str) -> Response:
        with simulator.world.lock:
            link(user_id, None)
        return jsonify({})

    @routes.post("/v2/bot/richmenu/bulk/<any(link, unlink):how>")
    def bulk(how: str) -> tuple[Response, int]:
        body = read_json()
        people = body.get("userIds")
        if not isinstance(people, list) or not 1 <= len(people) <= 500:
            raise words.body_errors(("userIds", "Size must be between 1 and 500"))
        with simulator.world.lock:
            menu_id = checked(str(body.get("richMenuId"))) if how == "link" else None
            for user_id in people:
                link(str(user_id), menu_id)
        return jsonify({}), 202
