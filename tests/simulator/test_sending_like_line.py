"""Reply, push and multicast answer as LINE's servers do."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from tests.simulator.harness import Line, bubble, platform, text

MESSAGE = "/v2/bot/message/"


def test_a_reply_reaches_the_chat_and_works_once(line: Line) -> None:
    person = line.person()
    token = line.reply_token(person)
    first = line.reply(token, text("ตอบ"))
    assert (first.status, [set(each) for each in first.json["sentMessages"]]) == (200, [{"id", "quoteToken"}])
    assert line.client.chat(person)[-1].text == "ตอบ"
    again = line.reply(token, text("ซ้ำ"))
    assert (again.status, again.json) == (400, {"message": "Invalid reply token"})
    assert line.client.chat(person)[-1].text == "ตอบ"


def test_a_reply_that_is_refused_does_not_spend_its_token(line: Line) -> None:
    token = line.reply_token(line.person())
    assert line.reply(token, {"type": "text"}).status == 400
    assert line.reply(token, text()).status == 200


def test_a_reply_token_dies_after_a_minute() -> None:
    moment = [datetime(2026, 4, 1, 9, tzinfo=UTC)]
    with platform(now=lambda: moment[0]) as line:
        person = line.person()
        early, late = line.reply_token(person), line.reply_token(person)
        moment[0] += timedelta(seconds=60)
        assert line.reply(early, text()).status == 200
        moment[0] += timedelta(seconds=1)
        assert line.reply(late, text()).json == {"message": "Invalid reply token"}


def test_replies_are_free_and_pushes_counted_once_a_person() -> None:
    with platform(monthly_quota=2) as line:
        person = line.person()
        line.reply(line.reply_token(person), text())
        assert line.api("GET", MESSAGE + "quota").json == {"type": "limited", "value": 2}
        assert line.push(person, text(), text(), text()).status == 200
        assert line.api("GET", MESSAGE + "quota/consumption").json == {"totalUsage": 1}
        assert line.push(person, text()).status == 200
        refused = line.push(person, text())
        assert (refused.status, refused.json) == (429, {"message": "You have reached your monthly limit."})
        assert line.reply(line.reply_token(person), text()).status == 200


def test_the_count_starts_again_with_the_month() -> None:
    moment = [datetime(2026, 4, 30, 16, 59, tzinfo=UTC)]  # 23:59 in Bangkok
    with platform(monthly_quota=1, now=lambda: moment[0]) as line:
        person = line.person()
        assert [line.push(person, text()).status for _ in range(2)] == [200, 429]
        moment[0] += timedelta(minutes=1)
        assert line.push(person, text()).status == 200


def test_without_a_limit_the_quota_says_none(line: Line) -> None:
    assert line.api("GET", MESSAGE + "quota").json == {"type": "none"}


def test_a_push_to_who_blocked_is_accepted_uncounted_and_not_delivered(line: Line) -> None:
    person = line.person()
    line.client.block(person)
    before = len(line.client.chat(person))
    assert line.push(person, text()).status == 200
    assert len(line.client.chat(person)) == before
    assert line.api("GET", MESSAGE + "quota/consumption").json == {"totalUsage": 0}


def test_who_only_wrote_is_reached_for_a_week() -> None:
    moment = [datetime(2026, 4, 1, tzinfo=UTC)]
    with platform(now=lambda: moment[0]) as line:
        person = line.person(follow=False)
        line.client.send_text(person, "สวัสดี")
        line.push(person, text("ถึง"))
        moment[0] += timedelta(days=7, seconds=1)
        line.push(person, text("ไม่ถึง"))
        assert [each.text for each in line.client.chat(person) if each.by == "bot"] == ["ถึง"]


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("U" + "0" * 32, "Failed to send messages"),
        ("C" + "0" * 32, "Failed to send messages"),
        ("somchai", "The property, 'to', in the request body is invalid (line: -, column: -)"),
    ],
)
def test_a_push_to_nobody_is_refused(line: Line, to: str, words: str) -> None:
    refused = line.push(to, text())
    assert (refused.status, refused.json) == (400, {"message": words})


def test_a_retry_key_is_accepted_once_and_409_repeats_the_answer(line: Line) -> None:
    person, key = line.person(), str(uuid.uuid4())
    first = line.push(person, text("ครั้งเดียว"), x_line_retry_key=key)
    again = line.push(person, text("ครั้งเดียว"), x_line_retry_key=key)
    assert (first.status, again.status) == (200, 409)
    assert again.json["message"] == "The retry key is already accepted"
    assert again.json["sentMessages"] == first.json["sentMessages"]
    assert again.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert [each.text for each in line.client.chat(person) if each.by == "bot"] == ["ครั้งเดียว"]


def test_a_retry_key_is_new_again_after_a_day() -> None:
    moment = [datetime(2026, 4, 1, tzinfo=UTC)]
    with platform(now=lambda: moment[0]) as line:
        person, key = line.person(), str(uuid.uuid4())
        line.push(person, text(), x_line_retry_key=key)
        moment[0] += timedelta(hours=24, seconds=1)
        assert line.push(person, text(), x_line_retry_key=key).status == 200


def test_a_refused_call_does_not_use_its_retry_key(line: Line) -> None:
    person, key = line.person(), str(uuid.uuid4())
    assert line.push(person, {"type": "text"}, x_line_retry_key=key).status == 400
    assert line.push(person, text(), x_line_retry_key=key).status == 200


def test_a_retry_key_anywhere_else_is_refused(line: Line) -> None:
    body = {"replyToken": line.reply_token(line.person()), "messages": [text()]}
    for path in ("reply", "validate/push"):
        refused = line.api("POST", MESSAGE + path, body, x_line_retry_key=str(uuid.uuid4()))
        assert (refused.status, refused.json) == (400, {"message": "The retry key is not supported in this API"})
    assert line.reply(body["replyToken"], text()).status == 200


def test_a_multicast_reaches_the_known_and_passes_over_the_unknown(line: Line) -> None:
    one, two = line.person("หนึ่ง"), line.person("สอง")
    body = {"to": [one, two, "U" + "0" * 32], "messages": [text("ทุกคน")]}
    answer = line.api("POST", MESSAGE + "multicast", body)
    assert (answer.status, answer.json) == (200, {})
    assert [line.client.chat(each)[-1].text for each in (one, two)] == ["ทุกคน", "ทุกคน"]
    assert line.api("GET", MESSAGE + "quota/consumption").json == {"totalUsage": 2}


def test_a_multicast_with_a_malformed_id_sends_to_nobody(line: Line) -> None:
    person = line.person()
    body = {"to": [person, "x"], "messages": [text()]}
    refused = line.api("POST", MESSAGE + "multicast", body)
    words = "The property, to[1], in the request body is invalid (line: -, column: -)"
    assert (refused.status, refused.json) == (400, {"message": words})
    assert [each.by for each in line.client.chat(person)] == ["note"]


def test_a_broadcast_reaches_friends_only(line: Line) -> None:
    friend, stranger = line.person("เพื่อน"), line.person("คนแปลกหน้า", follow=False)
    assert line.api("POST", MESSAGE + "broadcast", {"messages": [text("ข่าว")]}).status == 200
    assert line.client.chat(friend)[-1].text == "ข่าว"
    assert line.client.chat(stranger) == []


def test_validate_is_a_dry_run(line: Line) -> None:
    person = line.person()
    assert line.api("POST", MESSAGE + "validate/push", {"messages": [text()]}).json == {}
    refused = line.api("POST", MESSAGE + "validate/reply", {"messages": [bubble({"type": "table"})]})
    assert refused.json == {
        "message": "A message (messages[0]) in the request body is invalid",
        "details": [{"message": "invalid property", "property": "/body/contents/0/type"}],
    }
    assert [each.by for each in line.client.chat(person)] == ["note"]


def test_every_answer_carries_its_own_request_id(line: Line) -> None:
    ids = {line.api("GET", "/v2/bot/info").headers["x-line-request-id"] for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize("token", [None, "wrong"])
def test_a_wrong_token_is_401(line: Line, token: str | None) -> None:
    refused = line.api("GET", "/v2/bot/info", token=token)
    assert refused.status == 401
    assert refused.json["message"].startswith("Authentication failed due to the following reason: ")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v2/bot/message/push", 405),
        ("GET", "/v2/bot/no/such/thing", 404),
        ("GET", "/v2/bot/followers/ids", 403),
        ("GET", f"/v2/bot/group/C{'0' * 32}/summary", 404),
        ("POST", f"/v2/bot/group/C{'0' * 32}/leave", 404),
        ("GET", f"/v2/bot/group/C{'0' * 32}/member/U{'0' * 32}", 404),
    ],
)
def test_what_is_not_there_answers_so(line: Line, method: str, path: str, status: int) -> None:
    answer = line.api(method, path)
    assert (answer.status, set(answer.json)) == (status, {"message"})


def test_a_body_that_is_no_json_or_too_large_is_refused(line: Line) -> None:
    url, headers = line.url + "/v2/bot/message/push", {"authorization": "Bearer an-access-token"}
    as_json = {**headers, "content-type": "application/json"}
    broken = line.pool.request("POST", url, body=b'{"to": ', headers=as_json)
    assert broken.status == 400
    assert b"could not be parsed as JSON (line: 1, column: 8)" in broken.data
    form = line.pool.request("POST", url, body=b"{}", headers={**headers, "content-type": "text/plain"})
    assert form.status == 415
    assert line.pool.request("POST", url, body=b" " * (2 * 1024 * 1024 + 1), headers=as_json).status == 413
    assert line.pool.request("POST", url, body=b"[]", headers=as_json).status == 400


def test_the_rate_limit_has_words_of_its_own() -> None:
    with platform(rate_limits=True) as line:
        answers = [line.api("POST", "/v2/bot/channel/webhook/test", {}) for _ in range(61)]
    assert {each.status for each in answers[:60]} == {200}
    assert answers[60].json == {"message": "The API rate limit has been exceeded. Try again later."}


def test_the_sending_rate_can_be_set_and_holds_for_each_endpoint_that_sends() -> None:
    with platform(rate_limits=True, sending_rate=0.01) as line:
        person = line.person()
        body = {"to": [person], "messages": [text()]}
        assert line.push(person, text()).status == 429, "less than one call a second fits into no bucket"
        assert line.api("POST", MESSAGE + "multicast", body).status == 429
        assert line.api("GET", MESSAGE + "quota").status == 200
