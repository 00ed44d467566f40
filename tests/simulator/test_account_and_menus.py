"""Bot info, tokens, rich menus, several accounts, and LINE's own SDK as a caller."""

import struct
import zlib
from typing import Any

import pytest

from bot.simulator.client import SimulatorClient
from bot.simulator.config import FIRST_BOT_USER_ID, SimulatedBot
from tests.simulator.harness import SECRET, TOKEN, Line, platform, text


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height)))
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def _menu(**more: Any) -> dict[str, Any]:
    bounds = {"x": 0, "y": 0, "width": 400, "height": 270}
    other = {**bounds, "x": 400}
    switch = {"type": "richmenuswitch", "label": "อื่น ๆ", "richMenuAliasId": "more", "data": "tab=more"}
    areas = [
        {"bounds": bounds, "action": {"type": "message", "label": "รายงาน", "text": "รายงานผล"}},
        {"bounds": other, "action": switch},
    ]
    size = {"width": 800, "height": 270}
    return {"size": size, "selected": True, "name": "หลัก", "chatBarText": "เมนู", "areas": areas, **more}


def _made(line: Line, **more: Any) -> str:
    menu_id = str(line.api("POST", "/v2/bot/richmenu", _menu(**more)).json["richMenuId"])
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "image/png"}
    url = f"{line.url}/v2/bot/richmenu/{menu_id}/content"
    assert line.pool.request("POST", url, body=_png(800, 270), headers=headers).status == 200
    return menu_id


def test_bot_info_names_the_bot() -> None:
    with platform(bot_name="ก้าวหน้า") as line:
        info = line.api("GET", "/v2/bot/info").json
    assert (info["userId"], info["displayName"], info["chatMode"]) == (FIRST_BOT_USER_ID, "ก้าวหน้า", "bot")


def test_a_rich_menu_needs_its_picture_before_it_is_used(line: Line) -> None:
    person = line.person()
    bare = line.api("POST", "/v2/bot/richmenu", _menu()).json["richMenuId"]
    refused = line.api("POST", f"/v2/bot/user/all/richmenu/{bare}")
    words = "must upload richmenu image before applying it to user"
    assert (refused.status, refused.json) == (400, {"message": words})
    menu = _made(line)
    assert line.api("POST", f"/v2/bot/user/all/richmenu/{menu}").status == 200
    assert line.api("GET", "/v2/bot/user/all/richmenu").json == {"richMenuId": menu}
    none = line.api("GET", f"/v2/bot/user/{person}/richmenu")
    assert (none.status, none.json) == (404, {"message": "the user has no richmenu"})
    line.client.tap(person, "รายงาน")
    assert line.settled_events()[-1]["message"]["text"] == "รายงานผล"


def test_a_picture_of_the_wrong_size_or_kind_or_a_second_one_is_refused(line: Line) -> None:
    menu = line.api("POST", "/v2/bot/richmenu", _menu()).json["richMenuId"]
    url = f"{line.url}/v2/bot/richmenu/{menu}/content"

    def upload(data: bytes, kind: str) -> int:
        headers = {"authorization": f"Bearer {TOKEN}", "content-type": kind}
        return int(line.pool.request("POST", url, body=data, headers=headers).status)

    assert upload(_png(800, 271), "image/png") == 400
    assert upload(b"GIF89a", "image/gif") == 415
    assert upload(bytes(1024 * 1024 + 1), "image/png") == 413
    assert [upload(_png(800, 270), "image/png") for _ in range(2)] == [200, 400]


def test_a_menu_can_be_linked_switched_by_alias_and_deleted(line: Line) -> None:
    person, first, second = line.person(), _made(line), _made(line, name="อื่น", chatBarText="อื่น")
    alias = {"richMenuAliasId": "more", "richMenuId": second}
    assert line.api("POST", "/v2/bot/richmenu/alias", alias).status == 200
    assert line.api("POST", "/v2/bot/richmenu/alias", alias).status == 400
    assert line.api("GET", "/v2/bot/richmenu/alias/list").json == {"aliases": [alias]}
    line.api("POST", f"/v2/bot/user/{person}/richmenu/{first}")
    line.client.tap(person, "อื่น ๆ")
    postback = line.settled_events()[-1]["postback"]
    assert postback["params"] == {"newRichMenuAliasId": "more", "status": "SUCCESS"}
    assert line.api("GET", f"/v2/bot/user/{person}/richmenu").json == {"richMenuId": second}
    assert line.api("DELETE", f"/v2/bot/richmenu/{second}").status == 200
    assert [each["richMenuId"] for each in line.api("GET", "/v2/bot/richmenu/list").json["richmenus"]] == [first]
    assert line.api("GET", f"/v2/bot/richmenu/{second}").status == 404


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"chatBarText": "ก" * 15}, "chatBarText"),
        ({"size": {"width": 800, "height": 800}}, "size"),
        ({"areas": [{"bounds": {"x": 0}, "action": {"type": "message", "text": "ก"}}]}, "areas[0].bounds.y"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_menu_out_of_shape_is_refused(line: Line, change: dict[str, Any], place: str) -> None:
    refused = line.api("POST", "/v2/bot/richmenu", _menu(**change))
    assert refused.status == 400
    assert place in [each["property"] for each in refused.json["details"]]


@pytest.mark.parametrize(("path", "seconds"), [("/oauth2/v3/token", 900), ("/v2/oauth/accessToken", 30 * 24 * 3600)])
def test_an_issued_token_opens_the_api(line: Line, path: str, seconds: int) -> None:
    form = {"grant_type": "client_credentials", "client_id": "1650000000", "client_secret": SECRET}
    issued = line.pool.request_encode_body("POST", line.url + path, form, encode_multipart=False).json()
    assert issued["expires_in"] == seconds
    assert line.api("GET", "/v2/bot/info", token=issued["access_token"]).status == 200
    form["client_secret"] = "wrong"
    refused = line.pool.request_encode_body("POST", line.url + path, form, encode_multipart=False)
    words = {"error": "invalid_request", "error_description": "Invalid 'client_credentials'."}
    assert (refused.status, refused.json()) == (400, words)


def test_two_accounts_have_chats_secrets_and_quotas_of_their_own() -> None:
    second = SimulatedBot(
        webhook_url="http://127.0.0.1:9/",
        channel_secret="other",
        channel_access_token="other-token",
        name="อีกบัญชี",
        user_id="U" + "c1" * 16,
        channel_id="1650000001",
    )
    with platform(more_bots=(second,)) as line:
        person = line.person()
        other = SimulatorClient(line.url, bot=second.user_id)
        other.follow(person)
        body = {"to": person, "messages": [text("จากอีกบัญชี")]}
        assert line.api("POST", "/v2/bot/message/push", body, token="other-token").status == 200
        assert [each.text for each in other.chat(person) if each.by == "bot"] == ["จากอีกบัญชี"]
        assert [each.by for each in line.client.chat(person)] == ["note"]
        assert line.api("GET", "/v2/bot/message/quota/consumption").json == {"totalUsage": 0}


def test_lines_own_sdk_works_against_it(line: Line) -> None:
    from linebot.v3.messaging import (
        ApiClient,
        ApiException,
        Configuration,
        MessagingApi,
        MessagingApiBlob,
        PushMessageRequest,
        ReplyMessageRequest,
        TextMessage,
    )

    person = line.person("มาลี")
    token = line.reply_token(person)
    photo = line.client.send_files(person, [("a.png", b"\x89PNG\r\n\x1a\n")])[0]["id"]
    with ApiClient(Configuration(host=line.url, access_token=TOKEN)) as client:
        api, blob = MessagingApi(client), MessagingApiBlob(client)
        words = [TextMessage(text="จากชุดพัฒนา")]
        assert api.reply_message(ReplyMessageRequest(reply_token=token, messages=words)).sent_messages
        with pytest.raises(ApiException) as refused:
            api.reply_message(ReplyMessageRequest(reply_token=token, messages=words))
        assert "Invalid reply token" in refused.value.body
        push = PushMessageRequest(to=person, messages=words)
        key = "123e4567-e89b-12d3-a456-426614174000"
        assert api.push_message(push, x_line_retry_key=key).sent_messages
        with pytest.raises(ApiException) as conflict:
            api.push_message(push, x_line_retry_key=key)
        assert conflict.value.status == 409
        assert api.get_profile(person).display_name == "มาลี"
        assert api.get_message_quota().type == "none"
        assert api.get_bot_info().user_id == FIRST_BOT_USER_ID
        assert bytes(blob.get_message_content(photo)) == b"\x89PNG\r\n\x1a\n"
        client.rest_client.pool_manager.clear()
