"""Every kind of mistake has its status and words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from bot.domain import errors
from handlers.admin.access import public
from handlers.errors import BY_KIND


def kinds(top: type[errors.KaonaError] = errors.KaonaError) -> list[type[errors.KaonaError]]:
    return [top, *(kind for each in top.__subclasses__() for kind in kinds(each))]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_kind_has_its_own_row(kind: Any) -> None:
    if kind.__module__ == errors.__name__:
        assert kind in BY_KIND


@pytest.mark.parametrize(("kind", "problem"), BY_KIND.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_mistake_is_answered_by_its_row(app: Flask, kind: Any, problem: Any) -> None:
    @public
    def fails() -> str:
        raise kind("an internal detail")

    app.add_url_rule("/fails", view_func=fails)
    app.add_url_rule("/fails.json", view_func=fails, endpoint="fails_json")
    answer = app.test_client().get("/fails")
    assert answer.status_code == problem.status
    assert str(problem.title) in answer.get_data(as_text=True)
    assert "an internal detail" not in answer.get_data(as_text=True)
    assert app.test_client().get("/fails.json").json["error"] == str(problem.title)


def test_an_unknown_kind_is_answered_as_its_parent(app: Flask) -> None:
    class Newer(errors.NotFound):
        """A kind that the table does not have."""

    @public
    def fails() -> str:
        raise Newer

    app.add_url_rule("/fails", view_func=fails)
    assert app.test_client().get("/fails").status_code == 404
