"""Messages that LINE takes, one of each kind, and how to break them."""

from typing import Any

from tests.simulator.harness import bubble, button, quick, text

PICTURE = "https://example.com/a.png"


def postback(label: str = "ตกลง", **more: Any) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": "a=1", **more}


def say(label: str = "ใช่") -> dict[str, Any]:
    return {"type": "message", "label": label, "text": label}


def buttons(**more: Any) -> dict[str, Any]:
    template = {"type": "buttons", "text": "เลือก", "actions": [say(), postback()], **more}
    return {"type": "template", "altText": "เลือก", "template": template}


def carousel(*columns: dict[str, Any]) -> dict[str, Any]:
    made = list(columns) or [{"text": "หนึ่ง", "actions": [say()]}, {"text": "สอง", "actions": [say()]}]
    return {"type": "template", "altText": "เลือก", "template": {"type": "carousel", "columns": made}}


def full_bubble() -> dict[str, Any]:
    """A bubble with every component."""
    row = {
        "type": "box",
        "layout": "baseline",
        "spacing": "md",
        "contents": [
            {"type": "icon", "url": PICTURE, "size": "sm", "aspectRatio": "1:1"},
            {"type": "text", "text": "สถานะ", "size": "sm", "color": "#888888", "flex": 2},
            {"type": "filler"},
        ],
    }
    spans = [{"type": "span", "text": "๓", "weight": "bold", "decoration": "underline"}]
    return bubble(
        row,
        {"type": "separator", "margin": "md", "color": "#00000033"},
        {"type": "text", "contents": spans, "wrap": True, "lineSpacing": "4px", "maxLines": 2},
        {"type": "image", "url": PICTURE, "size": "full", "aspectRatio": "20:13", "aspectMode": "cover"},
        {**button(**postback()), "style": "primary", "height": "sm", "color": "#0f5132"},
        {
            "type": "box",
            "layout": "horizontal",
            "contents": [],
            "width": "50%",
            "paddingAll": "8px",
            "cornerRadius": "md",
            "background": {
                "type": "linearGradient",
                "angle": "90deg",
                "startColor": "#ffffff",
                "endColor": "#00000000",
                "centerColor": "#cccccc",
                "centerPosition": "40%",
            },
        },
        size="mega",
        direction="ltr",
        styles={"body": {"separator": True, "backgroundColor": "#ffffff"}},
        hero={"type": "image", "url": PICTURE, "action": {"type": "uri", "uri": "https://example.com/"}},
    )


PICKER = {
    "type": "datetimepicker",
    "label": "วันที่",
    "data": "d",
    "mode": "date",
    "initial": "2026-04-10",
    "min": "2026-01-01",
    "max": "2026-12-31",
}
GOOD: dict[str, dict[str, Any]] = {
    "text": text("ก" * 5000),
    "text with quick replies": text(quickReply=quick(*(f"ข้อ {n}" for n in range(13)))),
    "text with emoji": text("$ ดี", emojis=[{"index": 0, "productId": "p", "emojiId": "001"}]),
    "textV2": {
        "type": "textV2",
        "text": "{{ตามตัวอักษร}} {who}",
        "substitution": {"who": {"type": "emoji", "productId": "p", "emojiId": "001"}},
    },
    "sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "image": {"type": "image", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE},
    "video": {"type": "video", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE, "trackingId": "a-1"},
    "audio": {"type": "audio", "originalContentUrl": PICTURE, "duration": 1000},
    "location": {"type": "location", "title": "ก", "address": "ข", "latitude": 16.4, "longitude": 102.8},
    "imagemap": {
        "type": "imagemap",
        "baseUrl": "https://example.com/map",
        "altText": "แผนที่",
        "baseSize": {"width": 1040, "height": 700},
        "actions": [
            {"type": "message", "text": "ก", "area": {"x": 0, "y": 0, "width": 100, "height": 100}},
        ],
    },
    "buttons": buttons(title="หัวเรื่อง", thumbnailImageUrl=PICTURE, imageAspectRatio="square"),
    "confirm": {
        "type": "template",
        "altText": "ยืนยัน",
        "template": {"type": "confirm", "text": "ใช่ไหม", "actions": [say(), say("ไม่ใช่")]},
    },
    "carousel": carousel(),
    "image carousel": {
        "type": "template",
        "altText": "รูป",
        "template": {"type": "image_carousel", "columns": [{"imageUrl": PICTURE, "action": say()}]},
    },
    "date picker": buttons(actions=[PICKER]),
    "flex": full_bubble(),
    "flex carousel": {
        "type": "flex",
        "altText": "การ์ด",
        "contents": {"type": "carousel", "contents": [bubble({"type": "text", "text": "ก"})["contents"]] * 12},
    },
}
