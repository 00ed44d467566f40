"""The simulator's rules, LINE's OpenAPI and LINE's SDK agree."""

from typing import Any

import pytest

from bot.simulator.validation import validate_messages
from tests.simulator.harness import bubble, quick, text
from tests.simulator.openapi import MISSING, openapi_problems, sdk_problems
from tests.simulator.samples import GOOD, buttons, full_bubble

pytestmark = pytest.mark.pure
needs_openapi = pytest.mark.skipif(bool(MISSING), reason=MISSING or "it is there")

BROKEN: dict[str, dict[str, Any]] = {
    "a text without text": {"type": "text"},
    "an unknown field": text(mood="ดี"),
    "an unknown message type": {"type": "file", "url": "https://example.com/"},
    "an unknown layout": bubble({"type": "box", "layout": "diagonal", "contents": []}),
    "an unknown component": bubble({"type": "table", "contents": []}),
    "an unknown field deep in a bubble": bubble({"type": "text", "text": "ก", "colour": "#ffffff"}),
    "a 14th quick reply": text(quickReply=quick(*"กขคงจฉชซฌญฎฏฐฑ")),
    "a box without contents": bubble({"type": "box", "layout": "vertical"}),
    "an unknown template": {"type": "template", "altText": "ก", "template": {"type": "list", "text": "ก"}},
    "an unknown bubble size": {**full_bubble(), "contents": {**full_bubble()["contents"], "size": "tera"}},
    "a bad picker mode": buttons(actions=[{"type": "datetimepicker", "label": "ก", "data": "d", "mode": "year"}]),
    "data of 301": buttons(actions=[{"type": "postback", "label": "ก", "data": "a" * 301}]),
}


@needs_openapi
@pytest.mark.parametrize("message", GOOD.values(), ids=GOOD.keys())
def test_the_openapi_takes_what_the_simulator_takes(message: dict[str, Any]) -> None:
    assert openapi_problems([message]) == []


@needs_openapi
@pytest.mark.parametrize("message", BROKEN.values(), ids=BROKEN.keys())
def test_the_openapi_and_the_simulator_refuse_the_same(message: dict[str, Any]) -> None:
    assert openapi_problems([message])
    assert validate_messages([message])


@pytest.mark.parametrize("message", GOOD.values(), ids=GOOD.keys())
def test_the_sdk_takes_what_the_simulator_takes(message: dict[str, Any]) -> None:
    assert sdk_problems([message]) == []


@pytest.mark.parametrize("message", BROKEN.values(), ids=BROKEN.keys())
def test_the_sdk_and_the_simulator_refuse_the_same(message: dict[str, Any]) -> None:
    assert sdk_problems([message])
    assert validate_messages([message])
