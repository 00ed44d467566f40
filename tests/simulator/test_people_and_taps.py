"""Being a person: writing, tapping, sending files, taking back, blocking."""

import threading
from typing import Any

import pytest

from bot.simulator.client import SimulatorProblem
from tests.simulator.harness import Line, bubble, button, quick, text
from tests.simulator.samples import PICKER, buttons, carousel, postback, say


def _heard(line: Line) -> dict[str, Any]:
    return line.settled_events()[-1]


def test_a_message_action_says_its_text(line: Line) -> None:
    person = line.person()
    line.push(person, text(quickReply={"items": [{"type": "action", "action": {**say("ใช่"), "text": "ถูกต้อง"}}]}))
    assert line.client.tap(person, "ใช่")["done"] == "message"
    assert _heard(line)["message"]["text"] == "ถูกต้อง"
    assert [each.text for each in line.client.chat(person) if each.by == "user"] == ["ถูกต้อง"]


def test_a_postback_shows_only_its_display_text(line: Line) -> None:
    person = line.person()
    line.push(person, buttons(actions=[postback("แล้วเสร็จ", displayText="งานเสร็จแล้ว"), postback("เงียบ", data="q")]))
    line.client.tap(person, "แล้วเสร็จ")
    assert _heard(line)["postback"] == {"data": "a=1"}
    line.client.tap(person, "เงียบ")
    assert _heard(line)["postback"] == {"data": "q"}
    shown = [each.message["text"] for each in line.client.chat(person) if each.by == "user" and each.shown]
    assert shown == ["งานเสร็จแล้ว"]


def test_quick_replies_vanish_once_used_or_superseded(line: Line) -> None:
    person = line.person()
    line.push(person, text(quickReply=quick("ก")), text("ท้าย", quickReply=quick("ข", "ค")))
    assert line.client.labels(person) == ["ข", "ค"]
    line.client.tap(person, "ข")
    assert line.client.labels(person) == []
    line.push(person, text(quickReply=quick("ง")))
    line.push(person, text("ใหม่"))
    assert line.client.labels(person) == []


def test_a_silent_postback_also_uses_up_quick_replies(line: Line) -> None:
    person = line.person()
    line.push(person, text(quickReply={"items": [{"type": "action", "action": postback()}]}))
    line.client.tap(person, "ตกลง")
    assert line.client.labels(person) == []


def test_old_buttons_stay_and_the_newest_of_a_name_is_tapped(line: Line) -> None:
    person = line.person()
    line.push(person, bubble(button(**postback(data="old"))))
    line.push(person, bubble(button(**postback(data="new")), button(**postback("อื่น"))))
    line.client.tap(person, "ตกลง")
    assert _heard(line)["postback"]["data"] == "new"
    line.push(person, text(quickReply={"items": [{"type": "action", "action": postback(data="quick")}]}))
    line.client.tap(person, "ตกลง")
    assert _heard(line)["postback"]["data"] == "quick"


def test_an_old_button_is_tapped_by_its_place(line: Line) -> None:
    person = line.person()
    sent = line.push(person, bubble(button(**postback(data="old")))).json["sentMessages"][0]["id"]
    line.push(person, bubble(button(**postback(data="new"))))
    line.client.tap_path(person, sent, "/contents/body/contents/0/action")
    assert _heard(line)["postback"]["data"] == "old"


def test_a_box_is_tapped_by_the_words_in_it(line: Line) -> None:
    person = line.person()
    words = [{"type": "text", "text": "มาตรการที่"}, {"type": "text", "contents": [{"type": "span", "text": "๓"}]}]
    box = {"type": "box", "layout": "vertical", "contents": words, "action": {"type": "postback", "data": "m3"}}
    line.push(person, bubble(box))
    line.client.tap(person, "มาตรการที่ ๓")
    assert _heard(line)["postback"]["data"] == "m3"


def test_a_label_that_is_not_there_is_told_with_those_that_are(line: Line) -> None:
    person = line.person("สมชาย")
    line.push(person, carousel(), text(quickReply=quick("ข้าม")))
    with pytest.raises(SimulatorProblem, match=r"\[ไม่มี\] to tap for สมชาย; there is: \[ข้าม\], \[ใช่\], \[ใช่\]"):
        line.client.tap(person, "ไม่มี")


def test_a_date_is_asked_for_then_sent(line: Line) -> None:
    person = line.person()
    line.push(person, buttons(actions=[PICKER]))
    asked = line.client.tap(person, "วันที่")
    limits = {"initial": "2026-04-10", "min": "2026-01-01", "max": "2026-12-31"}
    assert {name: asked[name] for name in ("done", "mode", *limits)} == {"done": "ask", "mode": "date", **limits}
    line.client.tap(person, "วันที่", value="2026-05-01")
    assert _heard(line)["postback"] == {"data": "d", "params": {"date": "2026-05-01"}}
    for wrong in ("2027-01-01", "1 พ.ค.", "2026-02-30"):
        with pytest.raises(SimulatorProblem):
            line.client.tap(person, "วันที่", value=wrong)


def test_a_link_is_reported_and_tells_the_bot_nothing(line: Line) -> None:
    person = line.person()
    line.push(person, bubble(button(type="uri", label="เปิด", uri="https://example.com/a")))
    done = line.client.tap(person, "เปิด")
    assert (done["done"], done["uri"]) == ("uri", "https://example.com/a")
    assert [event["type"] for event in line.settled_events()] == ["follow"]


def test_a_keyboard_postback_gives_its_fill_in_text(line: Line) -> None:
    person = line.person()
    line.push(person, buttons(actions=[postback(inputOption="openKeyboard", fillInText="เรื่อง ")]))
    assert line.client.tap(person, "ตกลง")["fill_in"] == "เรื่อง "


def test_a_files_bytes_come_back_with_their_type(line: Line) -> None:
    person = line.person()
    photo = b"\x89PNG\r\n\x1a\n" + bytes(100)
    picture, paper = line.client.send_files(person, [("รูป.png", photo), ("แผน.pdf", b"%PDF-1.7")])
    event = line.settled_events()[-1]["message"]
    assert (event["fileName"], event["fileSize"]) == ("แผน.pdf", 8)
    content = line.api("GET", f"/v2/bot/message/{picture['id']}/content")
    assert (content.status, content.json, content.headers["content-type"]) == (200, photo, "image/png")
    assert line.api("GET", f"/v2/bot/message/{picture['id']}/content/preview").status == 200
    refused = line.api("GET", f"/v2/bot/message/{paper['id']}/content/preview")
    assert (refused.status, refused.json) == (400, {"message": "The content can not be previewed"})
    assert line.api("GET", f"/v2/bot/message/{paper['id']}/content/transcoding").status == 400


def test_a_photo_can_be_sent_as_a_file(line: Line) -> None:
    person = line.person()
    line.client.send_files(person, [("a.png", b"\x89PNG\r\n\x1a\n")], kind="file")
    assert _heard(line)["message"]["type"] == "file"


def test_content_of_a_message_taken_back_is_gone(line: Line) -> None:
    person = line.person()
    sent = line.client.send_files(person, [("a.png", b"\x89PNG\r\n\x1a\n")])[0]
    line.client.unsend(person, sent["id"])
    gone = line.api("GET", f"/v2/bot/message/{sent['id']}/content")
    assert (gone.status, gone.json) == (410, {"message": "The content is gone"})
    never = line.api("GET", "/v2/bot/message/123/content")
    assert (never.status, never.json) == (404, {"message": "not found"})
    with pytest.raises(SimulatorProblem):
        line.client.unsend(person, sent["id"])


def test_a_profile_is_there_only_for_friends_and_who_wrote(line: Line) -> None:
    friend, stranger = line.person("มาลี"), line.person("คนอื่น", follow=False)
    assert line.api("GET", f"/v2/bot/profile/{friend}").json == {
        "userId": friend,
        "displayName": "มาลี",
        "language": "th",
    }
    missing = line.api("GET", f"/v2/bot/profile/{stranger}")
    assert (missing.status, missing.json) == (404, {"message": "Not found"})
    line.client.block(friend)
    assert line.api("GET", f"/v2/bot/profile/{friend}").status == 404
    assert line.api("GET", "/v2/bot/profile/somchai").status == 400


def test_who_has_blocked_cannot_write_until_unblocking(line: Line) -> None:
    person = line.person()
    line.client.block(person)
    with pytest.raises(SimulatorProblem, match="has blocked the bot"):
        line.client.send_text(person, "ก")
    line.client.unblock(person)
    assert _heard(line)["follow"] == {"isUnblocked": True}


def test_people_are_known_by_name_while_it_is_theirs_alone(line: Line) -> None:
    line.person("สมชาย")
    line.client.send_text("สมชาย", "ก")
    assert line.client.chat("สมชาย")[-1].text == "ก"
    line.person("สมชาย")
    with pytest.raises(SimulatorProblem, match="2 people match"):
        line.client.send_text("สมชาย", "ก")
    with pytest.raises(SimulatorProblem, match="no people match"):
        line.client.chat("ไม่มีใคร")


def test_a_chat_is_read_on_from_where_one_was(line: Line) -> None:
    person = line.person()
    line.push(person, text("หนึ่ง"))
    seen = line.client.last_seq(person)
    line.push(person, text("สอง"))
    assert [each.text for each in line.client.chat(person, after=seen)] == ["สอง"]
    assert line.client.wait_for_text(person, "สอง").seq > seen
    with pytest.raises(TimeoutError, match=r"was not told «สาม»; since then the bot said: .*สอง"):
        line.client.wait_for_text(person, "สาม", seconds=0)


def test_warnings_are_kept_with_the_message(line: Line) -> None:
    person, local = line.person(), "http://127.0.0.1:8000/a.png"
    image = {"type": "image", "originalContentUrl": local, "previewImageUrl": local}
    assert line.push(person, text(), image).status == 200
    plain, warned = line.client.chat(person)[-2:]
    assert plain.warnings == []
    assert "https only" in warned.warnings[0]["message"]


def test_loading_is_shown_until_the_next_message(line: Line) -> None:
    person = line.person()
    started = line.api("POST", "/v2/bot/chat/loading/start", {"chatId": person, "loadingSeconds": 60})
    assert (started.status, started.json) == (202, {})
    chat = line.url + f"/simulator/api/people/{person}/chat"
    assert line.pool.request("GET", chat).json()["loading_ms"] > 0
    line.push(person, text())
    assert line.pool.request("GET", chat).json()["loading_ms"] == 0
    odd = line.api("POST", "/v2/bot/chat/loading/start", {"chatId": person, "loadingSeconds": 7})
    assert odd.status == 400


def test_a_read_mark_covers_everything_before(line: Line) -> None:
    person = line.person()
    line.client.send_text(person, "ก")
    line.client.send_text(person, "ข")
    token = _heard(line)["message"]["markAsReadToken"]
    assert line.api("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": token}).status == 200
    entries = line.pool.request("GET", line.url + f"/simulator/api/people/{person}/chat").json()["entries"]
    assert [each["read"] for each in entries if each["by"] == "user"] == [True, True]


def test_an_uploaded_page_is_handed_out_as_a_download_only(line: Line) -> None:
    person = line.person()
    sent = line.client.send_files(person, [("a.html", b"<script>", "text/html")], kind="image")[0]
    answer = line.pool.request("GET", f"{line.url}/simulator/api/content/{sent['id']}")
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_user_id_is_taken_once_and_only_in_lines_shape(line: Line) -> None:
    wanted = "U" + "a1" * 16
    assert line.client.create_person("ก", user_id=wanted)["user_id"] == wanted
    with pytest.raises(SimulatorProblem, match="already"):
        line.client.create_person("ข", user_id=wanted)
    with pytest.raises(SimulatorProblem, match="32 hexadecimal digits"):
        line.client.create_person("ค", user_id="../x")


def test_waiting_on_a_chat_ends_with_what_comes_or_with_nothing(line: Line) -> None:
    person, other = line.person("หนึ่ง"), line.person("สอง")
    seen = line.client.last_seq(person)
    assert line.client.chat(person, after=seen, wait=0.01) == []
    arrived = threading.Event()

    def chatter() -> None:
        line.push(other, text("ของคนอื่น"))
        line.push(person, text("ของฉัน"))
        arrived.set()

    threading.Thread(target=chatter).start()
    assert [each.text for each in line.client.chat(person, after=seen, wait=20)] == ["ของฉัน"]
    assert arrived.wait(20)
