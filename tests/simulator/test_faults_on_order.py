"""Trouble on order: slow, down, refusing, accepting without an answer."""

import threading
import uuid

import pytest
import urllib3

from tests.simulator.harness import Line, text

PUSH = "/v2/bot/message/push"


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("rate_limit", 429, "The API rate limit has been exceeded. Try again later."),
        ("quota", 429, "You have reached your monthly limit."),
        ("error", 500, "Internal Server Error"),
        ("unavailable", 503, "Service Unavailable"),
    ],
)
def test_a_refusal_lasts_for_so_many_calls(line: Line, kind: str, status: int, words: str) -> None:
    person = line.person()
    line.client.add_fault(kind, PUSH, calls=2)
    answers = [line.push(person, text()) for _ in range(3)]
    assert [each.status for each in answers] == [status, status, 200]
    assert answers[0].json == {"message": words}
    assert [each.by for each in line.client.chat(person)] == ["note", "bot"]


def test_trouble_for_one_path_leaves_others_alone(line: Line) -> None:
    line.client.add_fault("error", "/v2/bot/message/*")
    assert line.api("GET", "/v2/bot/info").status == 200
    assert line.push(line.person(), text()).status == 500


def test_down_means_no_answer_and_nothing_sent(line: Line) -> None:
    person = line.person()
    line.client.add_fault("down", calls=1)
    with pytest.raises(urllib3.exceptions.ProtocolError):
        line.push(person, text())
    assert [each.by for each in line.client.chat(person)] == ["note"]
    assert line.push(person, text()).status == 200


def test_a_lost_answer_is_found_again_by_its_retry_key(line: Line) -> None:
    person, key = line.person(), str(uuid.uuid4())
    line.client.add_fault("lost_answer", PUSH, calls=1)
    with pytest.raises(urllib3.exceptions.ProtocolError):
        line.push(person, text("ครั้งเดียว"), x_line_retry_key=key)
    assert line.push(person, text("ครั้งเดียว"), x_line_retry_key=key).status == 409
    assert [each.text for each in line.client.chat(person) if each.by == "bot"] == ["ครั้งเดียว"]


def test_a_slow_line_holds_a_call_until_the_trouble_is_called_off(line: Line) -> None:
    person, answers = line.person(), list[int]()
    line.client.add_fault("slow", PUSH, seconds=600)
    call = threading.Thread(target=lambda: answers.append(line.push(person, text()).status))
    call.start()
    while line.pool.request("GET", line.url + "/simulator/api/faults").json()["faults"][0]["hit"] == 0:
        continue
    assert line.api("GET", "/v2/bot/info").status == 200
    assert answers == []
    line.client.clear_faults()
    call.join(20)
    assert answers == [200]


def test_a_short_wait_is_only_a_wait(line: Line) -> None:
    line.client.add_fault("slow", seconds=0.01)
    assert line.api("GET", "/v2/bot/info").status == 200


def test_content_can_take_its_time(line: Line) -> None:
    person = line.person()
    sent = line.client.send_files(person, [("a.mp4", b"film")])[0]
    path = f"/v2/bot/message/{sent['id']}/content"
    line.client.add_fault("preparing", path, calls=1)
    assert [line.api("GET", path).status for _ in range(2)] == [202, 200]


def test_unknown_trouble_is_refused(line: Line) -> None:
    from bot.simulator.client import SimulatorProblem

    with pytest.raises(SimulatorProblem, match="kind must be one of slow, down"):
        line.client.add_fault("earthquake")
