"""The simulator refuses what LINE refuses, and says so as LINE does."""

from typing import Any

import pytest

from bot.simulator.validation import refusal, validate_messages, warnings
from tests.simulator.harness import bubble, button, quick, text
from tests.simulator.samples import GOOD, PICKER, PICTURE, buttons, carousel, full_bubble, postback, say

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("message", GOOD.values(), ids=GOOD.keys())
def test_a_message_line_takes_is_taken(message: dict[str, Any]) -> None:
    assert validate_messages([message]) == []


def _box(*contents: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "box", "layout": "vertical", "contents": list(contents), **more}


WORD = {"type": "text", "text": "ก"}
BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {
    "no text": ({"type": "text"}, "messages[0].text", "May not be empty"),
    "empty text": (text(""), "messages[0].text", "May not be empty"),
    "5,001 units": (text("ก" * 5001), "messages[0].text", "Length must be between 1 and 5000"),
    "2,501 emoji are 5,002 units": (text("😀" * 2501), "messages[0].text", "Length must be between 1 and 5000"),
    "unknown field": (text(mood="ดี"), "messages[0].mood", "unknown field"),
    "unknown type": ({"type": "file"}, "messages[0].type", "Must be one of the following values: [text"),
    "emoji not at a $": (
        text("ดี", emojis=[{"index": 0, "productId": "p", "emojiId": "1"}]),
        "messages[0].emojis[0].index",
        "invalid property",
    ),
    "14 quick replies": (
        text(quickReply=quick(*"กขคงจฉชซฌญฎฏฐฑ")),
        "messages[0].quickReply.items",
        "Size must be between 1 and 13",
    ),
    "quick reply without text": (
        text(quickReply={"items": [{"type": "action", "action": {"type": "message", "label": "ก"}}]}),
        "messages[0].quickReply.items[0].action.text",
        "must be specified",
    ),
    "label of 21 clusters": (
        text(quickReply=quick("ที่" * 21)),
        "messages[0].quickReply.items[0].action.label",
        "Length must be between 1 and 20",
    ),
    "sender called LINE": (text(sender={"name": "Line"}), "messages[0].sender.name", "invalid property"),
    "http picture": (
        {"type": "image", "originalContentUrl": "http://example.com/a.png", "previewImageUrl": PICTURE},
        "messages[0].originalContentUrl",
        "invalid uri scheme",
    ),
    "Thai not percent-encoded": (
        {"type": "image", "originalContentUrl": "https://example.com/รูป.png", "previewImageUrl": PICTURE},
        "messages[0].originalContentUrl",
        "Invalid URI",
    ),
    "lone brace": (
        {"type": "textV2", "text": "{ก}"},
        "messages[0].text",
        "The key 'ก' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'.",
    ),
    "key without substitution": ({"type": "textV2", "text": "{a}"}, "messages[0].text", "The key 'a' is not"),
    "template text of 61 with title": (
        buttons(title="ก", text="ก" * 61),
        "template/text",
        "must not be longer than 60 characters",
    ),
    "template text of 161": (buttons(text="ก" * 161), "template/text", "must not be longer than 160"),
    "five buttons": (buttons(actions=[say()] * 5), "template/actions", "must not be more than 4 items"),
    "confirm with one": (
        {
            "type": "template",
            "altText": "ก",
            "template": {"type": "confirm", "text": "ก", "actions": [say()]},
        },
        "template/actions",
        "must not be less than 2 items",
    ),
    "camera outside quick replies": (
        buttons(actions=[{"type": "camera", "label": "ก"}]),
        "template/actions/0/type",
        "Must be one of",
    ),
    "uneven columns": (
        carousel({"text": "ก", "actions": [say()]}, {"text": "ก", "actions": [say(), say()]}),
        "template/columns/1/actions",
        "must have the same number of actions in all columns",
    ),
    "title in one column": (
        carousel({"text": "ก", "actions": [say()]}, {"text": "ก", "title": "ข", "actions": [say()]}),
        "template/columns/1/title",
        "must be used in all columns or in none",
    ),
    "data of 301": (buttons(actions=[postback(data="a" * 301)]), "template/actions/0/data", "must not be longer"),
    "display text with text": (
        buttons(actions=[postback(text="ก", displayText="ข")]),
        "template/actions/0/displayText",
        "displayText and text can not be",
    ),
    "fill-in without keyboard": (
        buttons(actions=[postback(fillInText="ก")]),
        "template/actions/0/fillInText",
        "fillInText needs inputOption openKeyboard",
    ),
    "picker with min after max": (
        buttons(actions=[{**PICKER, "min": "2027-01-01"}]),
        "template/actions/0/min",
        "must be less than max",
    ),
    "picker in Buddhist era": (
        buttons(actions=[{**PICKER, "max": "2569-12-31"}]),
        "template/actions/0/max",
        "invalid property",
    ),
    "alternative text of 1,501": ({**full_bubble(), "altText": "ก" * 1501}, "messages[0].altText", "Length must"),
    "unknown layout": (bubble(_box(WORD, layout="diagonal")), "/body/contents/0/layout", "invalid property"),
    "unknown component": (bubble({"type": "table"}), "/body/contents/0/type", "invalid property"),
    "spacer is no more": (bubble({"type": "spacer"}), "/body/contents/0/type", "invalid property"),
    "unknown flex field": (bubble({**WORD, "colour": "#fff"}), "/body/contents/0/colour", "unknown field"),
    "type in styles": (bubble(WORD, styles={"type": "x"}), "/styles/type", "unknown field"),
    "short colour": (bubble({**WORD, "color": "#fff"}), "/body/contents/0/color", "invalid property"),
    "unknown size": (bubble({**WORD, "size": "huge"}), "/body/contents/0/size", "invalid property"),
    "margin in em": (bubble({**WORD, "margin": "1em"}), "/body/contents/0/margin", "invalid property"),
    "text without words": (bubble({"type": "text"}), "/body/contents/0/text", "must be specified"),
    "empty flex text": (bubble({"type": "text", "text": ""}), "/body/contents/0/text", "must be specified"),
    "span outside text": (bubble({"type": "span", "text": "ก"}), "/body/contents/0/type", "invalid property"),
    "icon outside baseline": (bubble({"type": "icon", "url": PICTURE}), "/body/contents/0", "invalid property"),
    "button in baseline": (
        bubble(_box(button(**postback()), layout="baseline")),
        "/body/contents/0/contents/0",
        "invalid property",
    ),
    "button without label": (
        bubble(button(type="message", text="ก")),
        "/body/contents/0/action/label",
        "must be specified",
    ),
    "flex label of 41": (bubble(button(**say("ก" * 41))), "/body/contents/0/action/label", "invalid property"),
    "image without url": (
        bubble(WORD, hero={"type": "image"}),
        "/hero/url",
        "must be specified",
    ),
    "uri without scheme": (
        bubble(button(type="uri", label="ก", uri="/a")),
        "/body/contents/0/action/uri",
        "invalid uri",
    ),
    "javascript uri": (
        bubble(button(type="uri", label="ก", uri="javascript:alert(1)")),
        "/body/contents/0/action/uri",
        "invalid uri scheme",
    ),
    "tall picture": (
        bubble({"type": "image", "url": PICTURE, "aspectRatio": "1:4"}),
        "/body/contents/0/aspectRatio",
        "invalid property",
    ),
    "bubble of nothing": (
        {"type": "flex", "altText": "ก", "contents": {"type": "bubble"}},
        "/",
        "At least one block must be specified",
    ),
    "bubble over 30 KB": (bubble(*[{"type": "text", "text": "ก" * 500}] * 21), "/", "Too large flex message"),
    "13 bubbles": (
        {
            "type": "flex",
            "altText": "ก",
            "contents": {"type": "carousel", "contents": [bubble(WORD)["contents"]] * 13},
        },
        "/contents",
        "invalid property",
    ),
    "carousel over 50 KB": (
        {
            "type": "flex",
            "altText": "ก",
            "contents": {
                "type": "carousel",
                "contents": [bubble({"type": "text", "text": "ก" * 2000})["contents"]] * 9,
            },
        },
        "/",
        "Too large flex message",
    ),
    "bubbles of two sizes": (
        {
            "type": "flex",
            "altText": "ก",
            "contents": {
                "type": "carousel",
                "contents": [bubble(WORD)["contents"], bubble(WORD, size="kilo")["contents"]],
            },
        },
        "/contents/1/size",
        "invalid property",
    ),
}


@pytest.mark.parametrize(("message", "place", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_message_is_refused_at_its_place(message: dict[str, Any], place: str, words: str) -> None:
    found = [(each.property, each.message) for each in validate_messages([message])]
    assert [said for where, said in found if where == place and said.startswith(words)], found


def test_every_rule_over_one_field_reports_only_that_field() -> None:
    assert len(validate_messages([text("ก" * 5001)])) == 1


@pytest.mark.parametrize("count", [0, 6])
def test_a_call_takes_one_to_five_messages(count: int) -> None:
    found = validate_messages([text()] * count)
    assert [(each.property, each.message) for each in found] == [("messages", "Size must be between 1 and 5")]


def test_thai_labels_are_counted_as_people_see_them() -> None:
    twenty = "ที่นี่" * 10  # two clusters each, six UTF-16 units
    assert validate_messages([text(quickReply=quick(twenty))]) == []


def test_http_to_this_machine_passes_with_a_warning() -> None:
    local = "http://127.0.0.1:8000/media/a.png"
    message = {"type": "image", "originalContentUrl": local, "previewImageUrl": local}
    assert validate_messages([message]) == []
    assert [each.property for each in warnings([message])] == [
        "messages[0].originalContentUrl",
        "messages[0].previewImageUrl",
    ]


@pytest.mark.parametrize("host", ["127.0.0.1.example.com", "10.0.0.1", "localhost.example.com"])
def test_http_to_any_other_machine_is_refused(host: str) -> None:
    message = {"type": "image", "originalContentUrl": f"http://{host}/a.png", "previewImageUrl": PICTURE}
    assert [each.message for each in validate_messages([message])] == ["invalid uri scheme"]


def test_http_links_need_no_warning_because_line_opens_them() -> None:
    link = bubble(button(type="uri", label="เปิด", uri="http://127.0.0.1:8000/admin"))
    assert (validate_messages([link]), warnings([link])) == ([], [])


def test_the_body_is_refused_before_a_flex_message_is_looked_into() -> None:
    broken = [bubble({"type": "table"}), {"type": "text"}]
    assert refusal(validate_messages(broken)) == {
        "message": "The request body has 1 error(s)",
        "details": [{"message": "May not be empty", "property": "messages[1].text"}],
    }


def test_a_bad_flex_message_is_named_with_a_pointer_into_it() -> None:
    assert refusal(validate_messages([text(), bubble({"type": "table"})])) == {
        "message": "A message (messages[1]) in the request body is invalid",
        "details": [{"message": "invalid property", "property": "/body/contents/0/type"}],
    }


@pytest.mark.parametrize("message", [None, "ก", 3, [], {"type": ["text"]}, {"type": "flex", "contents": []}])
def test_nonsense_is_refused_not_crashed_on(message: Any) -> None:
    assert validate_messages([message])
