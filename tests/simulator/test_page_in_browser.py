"""The page in a real browser: chatting by typing and tapping, at desktop and phone size."""

import struct
from collections.abc import Iterator

import pytest

from tests.needs import needs
from tests.simulator.harness import TOKEN, Line, bubble, button, quick, text
from tests.simulator.samples import PICKER, buttons, carousel, full_bubble, postback
from tests.simulator.webdriver import Browser, browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    needs("chromium")
    with browser() as opened:
        yield opened


def _open(window: Browser, line: Line, person: str) -> None:
    window.open(f"{line.url}/simulator/?person={person}")
    window.find('[data-testid="message"], .note')


def test_what_is_typed_is_drawn_and_heard(window: Browser, line: Line) -> None:
    person = line.person("สมชาย ใจมั่น")
    _open(window, line, person)
    window.type('[data-testid="message-input"]', "รายงานผล\ue007")
    window.find('[data-testid="message"][data-by="user"]')
    assert line.settled_events()[-1]["message"]["text"] == "รายงานผล"
    line.push(person, text("รับทราบ ดูที่ https://example.com/a?b=1 นะ"))
    window.wait_for("รับทราบ")
    assert window.script("return document.querySelector('.bubble a').href") == "https://example.com/a?b=1"


def test_quick_replies_are_tapped_and_go_away(window: Browser, line: Line) -> None:
    person = line.person()
    _open(window, line, person)
    line.push(person, text("ใช่ไหม", quickReply=quick("ใช่", "ไม่ใช่")))
    window.click('[data-testid="quick-reply"][data-label="ไม่ใช่"]')
    window.find('[data-testid="message"][data-by="user"]')
    assert line.settled_events()[-1]["message"]["text"] == "ไม่ใช่"
    assert window.script("return document.querySelectorAll('[data-testid=quick-reply]').length") == 0


def test_flex_and_template_buttons_are_tapped(window: Browser, line: Line) -> None:
    person = line.person()
    row = {
        "type": "box",
        "layout": "vertical",
        "contents": [{"type": "text", "text": "มาตรการที่ ๓"}],
        "action": {"type": "postback", "data": "box"},
    }
    line.push(person, carousel(), buttons(actions=[postback("แม่แบบ", data="template")]))
    line.push(person, bubble(row, button(**postback("การ์ด", data="flex", displayText="กดการ์ด"))))
    _open(window, line, person)
    for label in ("แม่แบบ", "การ์ด", "มาตรการที่ ๓"):
        window.click(f'[data-testid="action"][data-label="{label}"]')
    window.wait_for("กดการ์ด")
    _until(line, 4)
    heard = [event["postback"]["data"] for event in line.settled_events()[1:]]
    assert heard == ["template", "flex", "box"]


def test_a_date_is_picked(window: Browser, line: Line) -> None:
    person = line.person()
    line.push(person, buttons(actions=[PICKER]))
    _open(window, line, person)
    window.click('[data-label="วันที่"]')
    box = "const box = document.querySelector('[data-testid=date-input]');"
    window.find('[data-testid="date-input"]')
    assert window.script(box + "return [box.min, box.max, box.value]") == ["2026-01-01", "2026-12-31", "2026-04-10"]
    window.wait_for("2569")
    window.click('[data-testid="date-ok"]')
    _until(line, 2)
    assert line.settled_events()[-1]["postback"]["params"] == {"date": "2026-04-10"}


def test_photos_stickers_and_places_are_sent(
    window: Browser, line: Line, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("photos")
    files = [folder / "a.png", folder / "b.png"]
    for file in files:
        file.write_bytes(b"\x89PNG\r\n\x1a\n")
    _open(window, line, line.person())
    window.type('[data-testid="photo-input"]', "\n".join(str(file) for file in files))
    window.click('[data-testid="sticker"]')
    window.click('[data-testid="sticker-1991"]')
    window.click('[data-testid="more"]')
    window.click('[data-testid="attach-location"]')
    window.click('[data-testid="location-ok"]')
    _until(line, 5)
    events = line.settled_events()[1:]
    assert sorted(event["message"]["type"] for event in events) == ["image", "image", "location", "sticker"]
    sets = [event["message"]["imageSet"]["total"] for event in events if event["message"]["type"] == "image"]
    assert sets == [2, 2]


def test_one_switches_between_people_adds_and_blocks(window: Browser, line: Line) -> None:
    line.person("หนึ่ง")
    two = line.person("สอง")
    line.push(two, text("ถึงสองเท่านั้น"))
    window.open(line.url + "/simulator/?person=" + two)
    window.wait_for("ถึงสองเท่านั้น")
    window.click('[data-name="หนึ่ง"]')
    window.wait_for("คุณคือ หนึ่ง")
    assert "เพิ่มเพื่อนแล้ว" in window.text()
    assert not window.script("return document.querySelector('.bubble')")
    window.type('[data-testid="new-person-name"]', "คนใหม่\ue007")
    window.wait_for("คุณคือ คนใหม่")
    window.click('[data-testid="follow"]')
    window.wait_for("บล็อกบัญชีนี้แล้ว")
    assert line.settled_events()[-1]["type"] == "unfollow"


def test_the_json_panel_shows_refusals_in_lines_words(window: Browser, line: Line) -> None:
    person = line.person()
    line.push(person, {"type": "text"})
    _open(window, line, person)
    window.click('[data-testid="toggle-json"]')
    window.wait_for("messages[0].text: May not be empty")
    window.click(".log-row.bad summary")
    window.wait_for("x-line-request-id")


def test_warnings_stand_under_their_message(window: Browser, line: Line) -> None:
    person, local = line.person(), "http://127.0.0.1:9/a.png"
    line.push(person, {"type": "image", "originalContentUrl": local, "previewImageUrl": local})
    _open(window, line, person)
    window.wait_for("LINE จริงรับเฉพาะ https")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_sideways(window: Browser, line: Line, width: int) -> None:
    person = line.person("ชื่อยาวมากของเจ้าหน้าที่ท่านหนึ่งในหน่วยงาน")
    wide = text(
        "ยาว" * 200 + " https://example.com/" + "a" * 300, quickReply=quick(*(f"ตัวเลือก {n}" for n in range(13)))
    )
    line.push(person, carousel(), full_bubble(), {"type": "coupon", "couponId": "x" * 200}, wide)
    window.resize(width, 740)
    _open(window, line, person)
    window.find('[data-testid="quick-reply"]')
    try:
        over = (
            "return [document.documentElement, document.getElementById('chat')].map(e => e.scrollWidth - e.clientWidth)"
        )
        assert window.script(over) == [0, 0]
        outside = """
            const right = document.getElementById('chat').getBoundingClientRect().right;
            return [...document.querySelectorAll('.bubble, .unknown, .time')]
              .filter(e => e.getBoundingClientRect().right > right + 1).map(e => e.className);
        """
        assert window.script(outside) == []
    finally:
        window.resize(1280, 900)


def test_the_page_loads_nothing_from_elsewhere_and_runs_no_inline_script(line: Line) -> None:
    page = line.pool.request("GET", line.url + "/simulator/")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert b"//" not in page.data.replace(b"<!DOCTYPE html>", b"")


def _until(line: Line, webhooks: int) -> None:
    """Follow what happens until the bot has been told so many things."""
    seen = 0
    while len(line.client.log(direction="webhook")) < webhooks:
        news = line.client.feed(after=seen, wait=20)
        assert news["records"], f"only {len(line.client.log(direction='webhook'))} webhooks came"
        seen = news["seq"]


PHONE = (360, 740)


def _fits(window: Browser) -> bool:
    """Nothing sticks out of a phone's page to the side."""
    return bool(window.script("return document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_group_is_made_spoken_in_and_left_on_a_phone(window: Browser, line: Line) -> None:
    line.person("สมชาย ใจมั่น")
    malee = line.person("มาลี ใจงาม")
    window.resize(*PHONE)
    try:
        _open(window, line, malee)
        window.click('[data-testid="new-group"]')
        window.click('[data-testid="group-ok"]')
        window.wait_for("เชิญบัญชีนี้เข้ากลุ่มแล้ว")
        assert _fits(window)
        window.type('[data-testid="message-input"]', "ประชุมบ่ายสอง\ue007")
        window.find('[data-testid="message"][data-by="user"]')
        window.click('[data-testid="edit"]')
        window.type('[data-testid="edit-text"]', "ครึ่ง")
        window.click('[data-testid="edit-ok"]')
        window.wait_for("แก้ไขแล้ว")
        _speak_as_the_other(window)
        window.find(".row.other")
        window.click('[data-testid="show-members"]')
        assert _fits(window)
        window.click('[data-testid="remove-bot"]')
        window.wait_for("นำบัญชีนี้ออกจากกลุ่มแล้ว")
    finally:
        window.resize(1280, 900)
    kinds = [event["type"] for event in line.settled_events() if event["source"]["type"] == "group"]
    assert kinds == ["join", "message", "messageEdited", "leave"]


def _speak_as_the_other(window: Browser) -> None:
    window.script(
        "var s = document.getElementById('speaker-select'); s.selectedIndex = 1 - s.selectedIndex;"
        "s.dispatchEvent(new Event('change'));"
    )


def test_a_rich_menu_opens_with_the_bar_and_its_areas_speak(window: Browser, line: Line) -> None:
    person = line.person()
    area = {"x": 0, "y": 0, "width": 800, "height": 400}
    menu = {
        "size": {"width": 800, "height": 400},
        "selected": False,
        "name": "m",
        "chatBarText": "เมนู",
        "areas": [{"bounds": area, "action": {"type": "message", "label": "สถานะ", "text": "สถานะ"}}],
    }
    made = line.api("POST", "/v2/bot/richmenu", menu).json["richMenuId"]
    png = _png(800, 400)
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "image/png"}
    line.pool.request("POST", f"{line.url}/v2/bot/richmenu/{made}/content", body=png, headers=headers)
    window.resize(*PHONE)
    try:
        _open(window, line, person)
        line.api("POST", f"/v2/bot/user/{person}/richmenu/{made}")
        window.click('[data-testid="rich-menu"][aria-expanded="false"]')
        window.click('[data-testid="menu-area"][data-label="สถานะ"]')
        window.find('[data-testid="message"][data-by="user"]')
        assert _fits(window)
        window.script("document.getElementById('message-input').focus()")
        window.find('[data-testid="rich-menu"][aria-expanded="false"]')
    finally:
        window.resize(1280, 900)
    assert line.settled_events()[-1]["message"]["text"] == "สถานะ"


def _png(width: int, height: int) -> bytes:
    """A picture that says its size; nobody looks at it."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\x00\x00\x00"
