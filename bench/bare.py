"""The least bots there can be, to measure beside: Flask with LINE's SDK, nothing stored, nothing queued.

Each is made from its environment; bench/serving.py serves it with the same gunicorn and threads as the real one.
"""

from __future__ import annotations

import os

from flask import Flask, abort, request
from linebot.v3 import WebhookParser
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MessageAction,
    MessagingApi,
    QuickReply,
    QuickReplyItem,
    ReplyMessageRequest,
    TextMessage,
)

from handlers.signatures import verify

BUTTON = "อีกครั้ง"


def verifying() -> Flask:
    """Checks the signature and answers 200: a webhook that keeps nothing."""
    app, secret = Flask("verifying"), os.environ["LINE_CHANNEL_SECRET"]

    @app.post("/callback")
    def callback() -> str:
        if not verify(secret, request.get_data(), request.headers.get("x-line-signature", "")):
            abort(400)
        return "OK"

    return _with_health(app)


def echo() -> Flask:
    """Answers each text at once, in the webhook's own request, with the text and one button."""
    app, parser = Flask("echo"), WebhookParser(os.environ["LINE_CHANNEL_SECRET"])
    configuration = Configuration(
        host=os.environ["LINE_API_BASE"], access_token=os.environ["LINE_CHANNEL_ACCESS_TOKEN"]
    )
    line = MessagingApi(ApiClient(configuration))
    button = QuickReply(items=[QuickReplyItem(action=MessageAction(label=BUTTON, text=BUTTON))])

    @app.post("/callback")
    def callback() -> str:
        try:
            events = parser.parse(request.get_data(as_text=True), request.headers.get("x-line-signature", ""))
        except InvalidSignatureError:
            abort(400)
        for event in events:
            if event.type == "message" and event.message.type == "text":
                answer = TextMessage(text=f"ได้ยินว่า {event.message.text}", quickReply=button)
                line.reply_message(ReplyMessageRequest(replyToken=event.reply_token, messages=[answer]))
        return "OK"

    return _with_health(app)


def _with_health(app: Flask) -> Flask:
    @app.get("/healthz")
    def healthz() -> str:
        return "OK"

    return app
