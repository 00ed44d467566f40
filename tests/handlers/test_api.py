"""What other programs read and hand in: every answer as the OpenAPI document has it, and nothing beyond the token."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from flask import Flask

from bot.domain.agencies import AgencyId
from bot.domain.api_tokens import Scope
from bot.domain.plans import MeasureId
from bot.domain.rounds import RoundNo
from bot.services.api_access import make_token
from handlers.admin.access import rule_of
from handlers.api.document import document
from handlers.limits import PROGRAM_LIMIT

from .conftest import HERE, SUMMARY, person

API = "/api/v1"
HERE_AT, THERE_AT = f"{API}/agencies/thungthong", f"{API}/agencies/bansuan"
SIX = f"{HERE_AT}/years/2567/rounds/6"
ALL = tuple(Scope)
NEW = {"officer": "นางสมศรี รายงานไว", "status": "done", "summary": "อบรมแล้ว ๒ ครั้ง", "outcome": "เข้าใจมากขึ้น"}


@pytest.fixture
def token(office: Any) -> Any:
    """A token's secret: who made it, for which agency, for what."""

    def make(who: str = "admin", agency_id: AgencyId | None = HERE, *scopes: Scope) -> str:
        with office.store.write() as uow:
            now = office.clock.now()
            made = make_token(uow, office.ids, office.keyed, now, person(who), agency_id, "โปรแกรม", scopes or ALL)
        return made[1]

    return make


@pytest.fixture
def ask(app: Flask) -> Any:
    def call(secret: str | None, path: str, expected: int = 200, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        http = app.test_client()
        answer = http.post(path, json=body, headers=headers) if body else http.get(path, headers=headers)
        assert answer.status_code == expected, answer.get_data(as_text=True)
        if answer.is_json:
            check(app, path, "post" if body else "get", answer)
        return answer.get_json(silent=True)

    return call


def check(app: Flask, path: str, method: str, answer: Any) -> None:
    """Hold an answer against the document."""
    [path, *_] = path.split("?")
    route, _ = app.url_map.bind("kaona.test").match(path, method=method.upper(), return_rule=True)
    described = document()["paths"][documented(route.rule)][method]["responses"][str(answer.status_code)]
    schema = described["content"]["application/json"].get("schema", {})
    resolved = {**schema, "components": document()["components"]}
    jsonschema.validate(
        answer.get_json(), resolved, cls=jsonschema.Draft202012Validator, format_checker=jsonschema.FormatChecker()
    )


def documented(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def test_every_route_is_described_and_nothing_else_is(app: Flask) -> None:
    routes = {
        (documented(rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(API)
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, methods in document()["paths"].items() for method in methods}
    assert routes == described


def test_the_document_names_the_scope_that_each_route_asks_for(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(f"{API}/agencies"):
            [(_, operation)] = document()["paths"][documented(rule.rule)].items()
            assert operation["x-scope"] == rule_of(app.view_functions[rule.endpoint]).scope.value


def test_every_schema_is_a_schema_and_every_reference_leads_somewhere() -> None:
    schemas = document()["components"]["schemas"]
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    names = set(re.findall(r"#/components/schemas/(\w+)", str(document())))
    assert names == schemas.keys() - {"Evidence"} | {"Evidence"}


def test_the_document_needs_no_token(ask: Any) -> None:
    assert ask(None, f"{API}/openapi.json")["openapi"] == "3.1.0"


def test_a_year_is_read_as_export_prints_it(ask: Any, token: Any) -> None:
    year = ask(token(), f"{HERE_AT}/years/2567")
    assert year["measures"][0]["rounds"]["6"]["summary"] == SUMMARY


def test_completeness_has_no_texts_and_no_names(ask: Any, token: Any) -> None:
    said = ask(token("overseer", None, Scope.COMPLETENESS), f"{SIX}/completeness")
    assert (said["measures"], said["reported"]) == (3, 1)
    assert [each["standing"] for each in said["by_measure"]][1:] == ["missing", "missing"]
    assert "สมศรี" not in str(said)
    assert "มาตรการ" not in str(said)


def test_an_overseer_watches_every_agency_of_theirs(ask: Any, token: Any) -> None:
    said = ask(token("overseer", None, Scope.COMPLETENESS), f"{API}/agencies")
    assert {each["id"] for each in said["agencies"]} == {"thungthong", "bansuan"}
    assert (said["total"], said["next"]) == (2, None)


def test_an_operator_watches_all_agencies_page_by_page(ask: Any, token: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.api.reading.PAGE", 1)
    secret = token("operator", None, Scope.COMPLETENESS)
    first = ask(secret, f"{API}/agencies")
    second = ask(secret, first["next"])
    assert {each["id"] for each in (*first["agencies"], *second["agencies"])} == {"thungthong", "bansuan"}
    assert second["next"] is None


def test_years_come_with_the_dates_of_their_rounds(ask: Any, token: Any) -> None:
    [year] = ask(token(), f"{HERE_AT}/years")["years"]
    assert {each["no"]: each["due_on"] for each in year["rounds"]} == {6: "2024-04-10", 12: "2024-10-10"}


def test_finished_reports_and_their_files_are_read(ask: Any, token: Any, finished_report: Any) -> None:
    secret = token()
    [report] = ask(secret, f"{HERE_AT}/years/2567/reports")["reports"]
    assert report["findings"] == 1
    ask(secret, report["files"]["pdf"])
    ask(secret, report["files"]["pdf"].replace("/pdf", "/docx"), 404)


@pytest.mark.parametrize("secret", [None, "kaona_guessed", ""])
def test_without_a_living_token_nothing_opens(ask: Any, office: Any, secret: str | None) -> None:
    ask(secret, f"{HERE_AT}/years/2567", 401)


def test_a_token_that_is_over_or_revoked_opens_nothing(ask: Any, token: Any, rt: Any) -> None:
    secret = token()
    [kept] = tokens_of(rt)
    with rt.store.write() as uow:
        uow.api_tokens.revoke(kept.id, rt.clock.now())
    ask(secret, f"{HERE_AT}/years", 401)
    other = token()
    rt.clock.at += timedelta(days=366)
    ask(other, f"{HERE_AT}/years", 401)


def test_a_token_is_good_for_its_scope_and_agency_only(ask: Any, token: Any) -> None:
    ask(token("admin", HERE, Scope.COMPLETENESS), f"{HERE_AT}/years/2567", 403)
    ask(token(), f"{THERE_AT}/years", 403)
    ask(token("overseer", None, Scope.COMPLETENESS), f"{HERE_AT}/years/2567", 403)


def test_a_token_ends_with_its_makers_role(ask: Any, token: Any, rt: Any) -> None:
    secret = token()
    with rt.store.write() as uow:
        [role] = uow.people.memberships(person("admin"))
        uow.people.end_membership(role)
    ask(secret, f"{HERE_AT}/years/2567", 403)


def test_a_session_of_the_pages_opens_nothing_here(enter: Any, office: Any) -> None:
    assert enter("admin").get(f"{HERE_AT}/years/2567").status_code == 401


def test_an_update_is_handed_in_and_says_who_wrote_it_down(ask: Any, token: Any, rt: Any) -> None:
    said = ask(token(), f"{SIX}/measures/2/updates", 201, NEW)
    assert (said["status"], said["summary"], said["review"]) == ("done", NEW["summary"], "accepted")
    with rt.store.read() as uow:
        [update] = uow.updates.in_force([MeasureId("measure-2")])
    assert (update.round_no, update.entered_by) == (RoundNo.SIX, person("admin"))


def test_an_update_in_force_is_replaced_only_where_that_is_asked_for(ask: Any, token: Any) -> None:
    secret = token()
    ask(secret, f"{SIX}/measures/1/updates", 409, NEW)
    said = ask(secret, f"{SIX}/measures/1/updates", 201, {**NEW, "replace": True})
    assert said["summary"] == NEW["summary"]
    assert len(said["evidence"]) == 5


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"status": "finished"}, "status"),
        ({"summary": ""}, "summary"),
        ({"summary": 7}, "summary"),
        ({"summary": "ย" * 10_001}, "summary"),
        ({"officer": "ใครก็ไม่รู้"}, "officer"),
        ({"status": "not_started", "obstacles": "รองบ", "expected_on": "พรุ่งนี้"}, "expected_on"),
        ({"extra": "?"}, "extra"),
    ],
)
def test_what_is_wrong_with_an_update_is_named(ask: Any, token: Any, change: dict[str, Any], field: str) -> None:
    assert ask(token(), f"{SIX}/measures/2/updates", 400, NEW | change)["field"] == field


def test_a_body_that_is_no_object_is_refused(app: Flask, token: Any) -> None:
    headers = {"Authorization": f"Bearer {token()}"}
    for body in (b"", b"[1]", b"{", b'"x"'):
        answer = app.test_client().post(f"{SIX}/measures/2/updates", data=body, headers=headers)
        assert answer.status_code == 400


def test_a_round_that_is_not_open_takes_no_update(ask: Any, token: Any, rt: Any) -> None:
    rt.clock.at += timedelta(days=90)
    assert ask(token(), f"{SIX}/measures/2/updates", 400, NEW)["field"] == "round"


def test_a_program_that_asks_too_often_is_told_to_wait(app: Flask, token: Any) -> None:
    secret, http = token(), app.test_client()
    most = int(PROGRAM_LIMIT.split()[0])
    answers = [http.get(f"{HERE_AT}/years", headers={"Authorization": f"Bearer {secret}"}) for _ in range(most + 1)]
    assert {each.status_code for each in answers[:most]} == {200}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def tokens_of(rt: Any) -> Any:
    with rt.store.read() as uow:
        return uow.api_tokens.of_agency(HERE)


def test_an_admin_makes_a_token_sees_it_once_and_revokes_it(office: Any, enter: Any, ask: Any) -> None:
    admin, page = enter("admin"), "/admin/thungthong/programs/"
    shown = admin.press(page, f"{page}tokens", name=" เว็บไซต์ ", scope="read").get_data(as_text=True)
    secret = re.search(r"kaona_[\w-]{40,}", shown)[0]
    assert ask(secret, f"{HERE_AT}/years/2567")["fiscal_year"] == 2567
    assert secret not in admin.get(page).get_data(as_text=True)
    [token] = tokens_of(office)
    assert admin.press(page, f"{page}tokens/{token.id}/revoke").status_code == 303
    ask(secret, f"{HERE_AT}/years/2567", 401)
    assert "ยกเลิกแล้ว" in admin.get(page).get_data(as_text=True)


@pytest.mark.parametrize(
    "fields", [{"name": "เว็บไซต์"}, {"name": " ", "scope": "read"}, {"name": "ย" * 101, "scope": "read"}]
)
def test_a_token_without_a_name_or_a_use_is_not_made(office: Any, enter: Any, fields: dict[str, str]) -> None:
    page = "/admin/thungthong/programs/"
    assert enter("admin").press(page, f"{page}tokens", **fields).status_code == 422
    assert tokens_of(office) == []


def test_an_admin_adds_an_address_sees_its_secret_once_and_ends_it(office: Any, enter: Any) -> None:
    admin, page = enter("admin"), "/admin/thungthong/programs/"
    fields = {"url": "https://hooks.example/kaona", "event": "report.ready"}
    shown = admin.press(page, f"{page}webhooks", **fields).get_data(as_text=True)
    with office.store.read() as uow:
        [hook] = uow.webhooks.of_agency(HERE)
        _, secret = uow.webhooks.get(hook.id)
    assert secret in shown
    again = admin.get(page).get_data(as_text=True)
    assert fields["url"] in again
    assert secret not in again
    assert admin.press(page, f"{page}webhooks/{hook.id}/end").status_code == 303
    with office.store.read() as uow:
        assert uow.webhooks.of_agency(HERE) == []


def test_an_address_that_is_not_public_https_is_refused_in_words(office: Any, enter: Any) -> None:
    page = "/admin/thungthong/programs/"
    fields = {"url": "http://127.0.0.1/", "event": "report.ready"}
    answer = enter("admin").press(page, f"{page}webhooks", **fields)
    assert answer.status_code == 422
    assert "https://" in answer.get_data(as_text=True)
