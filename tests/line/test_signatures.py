"""Signatures of webhook bodies."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from handlers.signatures import verify

pytestmark = pytest.mark.pure

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
BODY = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]} ไทย'.encode()


def sign(secret, body):
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def test_lines_own_example_holds():
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert verify(SECRET, body, "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=")


def test_the_right_signature_is_right():
    assert verify(SECRET, BODY, sign(SECRET, BODY))


def test_the_sdk_agrees():
    from linebot.v3.webhook import SignatureValidator

    assert SignatureValidator(SECRET).validate(BODY.decode(), sign(SECRET, BODY))


@pytest.mark.parametrize("signature", [None, "", "x", "ก", "\udcff", sign("other", BODY), sign(SECRET, BODY + b" ")])
def test_anything_else_is_wrong(signature):
    assert not verify(SECRET, BODY, signature)


def test_a_body_that_is_no_text_is_verified_by_its_bytes():
    assert verify(SECRET, b"\xff\x00", sign(SECRET, b"\xff\x00"))


def test_no_secret_verifies_nothing():
    assert not verify("", BODY, sign("", BODY))
