"""Health, readiness and figures."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from handlers.create_app import create_app


def metrics(http: FlaskClient) -> dict[str, str]:
    text = http.get("/metrics").get_data(as_text=True)
    return dict(line.split(" ") for line in text.splitlines() if not line.startswith("#"))


def test_a_living_process_says_so_whatever_is_away(away_rt: Any) -> None:
    away_rt.redis_trouble = "no socket"
    assert create_app(away_rt).test_client().get("/healthz").status_code == 200


def test_ready_when_database_and_redis_answer(http: FlaskClient) -> None:
    assert http.get("/readyz").status_code == 200


def test_not_ready_names_the_reasons(rt: Any, away_rt: Any, http: FlaskClient) -> None:
    rt.redis_trouble = "no socket at /tmp/x"
    answer = http.get("/readyz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "redis: no socket at /tmp/x\n")
    answer = create_app(away_rt).test_client().get("/readyz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "database: connection refused\n")


def test_a_database_that_was_not_initialised_is_not_ready(rt: Any, tmp_path: Any) -> None:
    from bot.adapters.sql.store import SqlStore

    rt.store = SqlStore(f"sqlite:///{tmp_path}/empty.db", secret_key=b"k" * 32)
    answer = create_app(rt).test_client().get("/readyz")
    rt.store.close()
    assert answer.status_code == 503
    assert "init" in answer.get_data(as_text=True)


def test_metrics_count_what_is_left_to_do(office: Any, http: FlaskClient, deliver_webhook: Any) -> None:
    assert metrics(http)["events_unread"] == "0"
    source = {"type": "user", "userId": "U" + "1" * 32}
    deliver_webhook(http, {"type": "follow", "timestamp": 1710383400000, "source": source, "webhookEventId": "A"})
    found = metrics(http)
    assert found["events_unread"] == "1"
    assert found["messages_due"] == "0"
    assert found["jobs_running"] == "2"


def test_metrics_go_on_without_redis_and_fail_without_database(rt: Any, away_rt: Any, http: FlaskClient) -> None:
    rt.redis_trouble = "gone"
    assert metrics(http)["jobs_running"] == "NaN"
    assert create_app(away_rt).test_client().get("/metrics").status_code == 503
