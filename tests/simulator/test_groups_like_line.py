"""Groups and rooms: who comes and goes, who says what, and what the bot may know of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.simulator.client import SimulatorProblem
from bot.simulator.group_client import GroupClient
from tests.simulator.harness import Line, bubble, button, platform, text

PNG = b"\x89PNG\r\n\x1a\n"


class Party:
    """A group of two with the bot."""

    def __init__(self, line: Line, kind: str = "group") -> None:
        self.line, self.hands = line, GroupClient(line.client)
        self.somchai, self.malee = line.person("สมชาย"), line.person("มาลี", follow=False)
        self.id = self.hands.create("กองคลัง", ["สมชาย", "มาลี"], kind)

    def events(self) -> list[dict[str, Any]]:
        """What the bot was told of the group."""
        told = self.line.settled_events()
        return [event for event in told if event["source"]["type"] != "user"]

    def texts(self) -> list[str]:
        return [each.text for each in self.hands.chat(self.id) if each.by == "bot"]


@pytest.fixture(params=["group", "room"])
def party(line: Line, request: pytest.FixtureRequest) -> Party:
    return Party(line, request.param)


def test_the_bot_joins_and_may_answer(party: Party) -> None:
    [joined] = party.events()
    kind = joined["source"]["type"]
    assert joined["type"] == "join"
    assert joined["source"] == {"type": kind, f"{kind}Id": party.id}
    assert party.id.startswith({"group": "C", "room": "R"}[kind])
    assert party.line.reply(joined["replyToken"], text("สวัสดีค่ะ")).status == 200
    assert party.texts() == ["สวัสดีค่ะ"]


def test_people_speak_as_themselves_and_may_be_nameless(party: Party) -> None:
    party.hands.say(party.id, "มาลี", "ประชุมบ่ายสอง")
    party.hands.say(party.id, "สมชาย", "รับทราบ", named=False)
    _, first, second = party.events()
    assert first["source"]["userId"] == party.malee
    assert "userId" not in second["source"]
    assert [event["message"]["text"] for event in (first, second)] == ["ประชุมบ่ายสอง", "รับทราบ"]


def test_a_mention_is_told_with_its_place_in_utf_16(party: Party) -> None:
    party.hands.say(party.id, "มาลี", "😀 @บัญชีทดลอง ถาม @สมชาย และ @All")
    mentioned = party.events()[-1]["message"]["mention"]["mentionees"]
    by_place = {each["index"]: each for each in mentioned}
    assert by_place[3]["isSelf"] is True
    assert by_place[3]["length"] == len("@บัญชีทดลอง")
    assert {each["type"] for each in mentioned} == {"user", "all"}
    assert party.somchai in {each.get("userId") for each in mentioned}


def test_a_text_can_be_edited_and_taken_back_by_who_said_it(party: Party) -> None:
    said = party.hands.say(party.id, "มาลี", "บ่ายสอง")
    party.hands.edit(party.id, "มาลี", said["id"], "บ่ายสาม")
    party.hands.unsend(party.id, "มาลี", said["id"])
    edited, unsent = party.events()[-2:]
    assert (edited["type"], edited["message"]["text"]) == ("messageEdited", "บ่ายสาม")
    assert edited["message"]["id"] == said["id"]
    assert "replyToken" in edited
    assert (unsent["type"], unsent["unsend"]) == ("unsend", {"messageId": said["id"]})
    assert "replyToken" not in unsent
    with pytest.raises(SimulatorProblem):
        party.hands.edit(party.id, "สมชาย", said["id"], "x")


def test_members_come_and_go(party: Party) -> None:
    new = party.line.person("ใหม่", follow=False)
    party.hands.add_member(party.id, "ใหม่")
    party.hands.remove_member(party.id, "ใหม่")
    came, went = party.events()[-2:]
    assert (came["type"], came["joined"]) == ("memberJoined", {"members": [{"type": "user", "userId": new}]})
    assert (went["type"], went["left"]) == ("memberLeft", {"members": [{"type": "user", "userId": new}]})
    assert ("replyToken" in came, "replyToken" in went) == (True, False)
    with pytest.raises(SimulatorProblem):
        party.hands.say(party.id, "ใหม่", "ยังอยู่ไหม")


def test_the_bot_is_taken_out_and_hears_nothing_more(party: Party) -> None:
    party.hands.remove_bot(party.id)
    party.hands.say(party.id, "มาลี", "ลับ")
    assert [event["type"] for event in party.events()] == ["join", "leave"]
    assert party.line.push(party.id, text()).status == 400
    party.hands.invite_bot(party.id)
    assert party.events()[-1]["type"] == "join"


def test_the_bot_leaves_by_itself_once(party: Party) -> None:
    kind = party.events()[0]["source"]["type"]
    path = f"/v2/bot/{kind}/{party.id}/leave"
    assert party.line.api("POST", path).status == 200
    assert party.events()[-1]["type"] == "leave"
    assert party.hands.state(party.id)["bot"] is None
    assert party.line.api("POST", path).status == 404


def test_what_may_be_asked_about_a_group(party: Party) -> None:
    kind = party.events()[0]["source"]["type"]
    at = f"/v2/bot/{kind}/{party.id}"
    assert party.line.api("GET", f"{at}/members/count").json == {"count": 2}
    assert party.line.api("GET", f"{at}/member/{party.malee}").json["displayName"] == "มาลี"
    assert party.line.api("GET", f"{at}/member/{'U' + '0' * 32}").status == 404
    assert party.line.api("GET", f"{at}/members/ids").status == 403
    summary = party.line.api("GET", f"/v2/bot/group/{party.id}/summary")
    assert summary.status == (200 if kind == "group" else 404)
    loading = {"chatId": party.id, "loadingSeconds": 5}
    assert party.line.api("POST", "/v2/bot/chat/loading/start", loading).status == 400


def test_a_push_to_a_group_counts_every_member() -> None:
    with platform(monthly_quota=3) as line:
        party = Party(line)
        assert line.push(party.id, text("ก")).status == 200
        assert line.api("GET", "/v2/bot/message/quota/consumption").json == {"totalUsage": 2}
        assert line.push(party.id, text("ข")).status == 429


def test_buttons_in_a_group_speak_for_who_taps(party: Party) -> None:
    card = bubble(button(type="message", label="สถานะ", text="สถานะ"), button(type="postback", label="เลือก", data="x"))
    party.line.push(party.id, card)
    party.hands.tap(party.id, "มาลี", "สถานะ")
    party.hands.tap(party.id, "สมชาย", "เลือก")
    said, tapped = party.events()[-2:]
    assert (said["message"]["text"], said["source"]["userId"]) == ("สถานะ", party.malee)
    assert (tapped["postback"]["data"], tapped["source"]["userId"]) == ("x", party.somchai)


def test_groups_are_there_again_after_a_restart(tmp_path: Any) -> None:
    with platform(state_dir=tmp_path) as line:
        party = Party(line)
        party.hands.say(party.id, "มาลี", "สวัสดี")
        before = [each.text for each in party.hands.chat(party.id)]
    with platform(state_dir=tmp_path) as line:
        hands = GroupClient(line.client)
        assert [each.text for each in hands.chat("กองคลัง")] == before
        hands.say("กองคลัง", "สมชาย", "กลับมาแล้ว")
        assert line.settled_events()[-1]["source"]["groupId"] == party.id


# Albums of a one-to-one chat, as phones send them


@pytest.mark.parametrize(
    ("album", "order"), [("in_order", [1, 2, 3]), ("reversed", [3, 2, 1]), ("no_index", [None, None, None])]
)
def test_the_photos_of_a_set_arrive_as_is_asked(line: Line, album: str, order: list[int | None]) -> None:
    photos = [(f"{number}.png", PNG + bytes([number])) for number in range(3)]
    line.client.send_files(line.person(), photos, album=album)
    sets = [event["message"]["imageSet"] for event in line.settled_events()[1:]]
    assert len({each["id"] for each in sets}) == 1
    assert [each.get("index") for each in sets] == order
    assert {each.get("total") for each in sets} == ({None} if album == "no_index" else {3})


def test_the_last_photo_of_a_set_may_come_late(line: Line) -> None:
    photos = [(f"{number}.png", PNG + bytes([number])) for number in range(3)]
    person = line.person()
    line.client.send_files(person, photos, album="late")
    line.client.send_text(person, "ข้อความระหว่างนั้น")
    assert line.client.redeliver() == 1
    kinds = [event["message"].get("imageSet", {}).get("index", "text") for event in line.settled_events()[1:]]
    assert kinds == [1, 2, "text", 3]


def test_an_unknown_way_of_sending_an_album_is_refused(line: Line) -> None:
    with pytest.raises(SimulatorProblem, match="album"):
        line.client.send_files(line.person(), [("a.png", PNG)], album="sideways")
