"""Every route has a rule, and every rule holds for every role."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from bot.domain.agencies import AgencyId
from bot.domain.api_tokens import Scope
from bot.domain.documents import DocumentChoices
from bot.domain.people import Role
from bot.domain.sign_off import ChainStep
from bot.ports.word_templates import KeptTemplate, TemplateId
from bot.services.sign_in import WEB_ROLES
from handlers.admin.access import rule_of
from tests.contracts.test_store_sign_offs import a_sign_off
from tests.word_template.files import word

PUBLIC = {
    "POST /callback",
    "GET /",
    "GET /api/v1/openapi.json",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /media/<signed>",
    "GET /chat/<channel_id>",
    "GET /join/<code>",
    "GET /v/",
    "GET /v/<code>",
    "GET /calendar/<token>.ics",
    "GET /assets/<path:name>",
    "GET /admin/sign-in/<token>",
    "POST /admin/sign-in/<token>",
    "POST /admin/sign-out",
    "GET /admin/signed-out",
}
ROUND = "/admin/<agency_id>/<int:fiscal_year>/<int:number>/"
SEES = {Role.ADMIN, Role.AUDITOR, Role.OVERSEER, Role.OPERATOR}
READS = {Role.ADMIN, Role.AUDITOR}
RULES = {
    "GET /admin/": WEB_ROLES,
    "GET /admin/sessions/": WEB_ROLES,
    "POST /admin/sessions/<key>/end": WEB_ROLES,
    "POST /admin/sessions/end-others": WEB_ROLES,
    "POST /admin/language": WEB_ROLES,
    "GET /admin/<agency_id>/": SEES,
    f"GET {ROUND}": SEES,
    f"GET {ROUND}<int:measure_no>": READS,
    f"POST {ROUND}<int:measure_no>/review": {Role.ADMIN},
    "GET /admin/<agency_id>/reopenings/": READS,
    "POST /admin/<agency_id>/reopenings/<reopening_id>": {Role.ADMIN},
    "GET /admin/<agency_id>/reminders": READS,
    "GET /admin/<agency_id>/reminders/rules": READS,
    "POST /admin/<agency_id>/reminders/rules": {Role.ADMIN},
    "GET /admin/<agency_id>/reminders/rules/<key>": READS,
    "GET /admin/<agency_id>/reminders/messages": READS,
    "POST /admin/<agency_id>/reminders/messages/<message_id>/again": {Role.ADMIN},
    "GET /admin/<agency_id>/reminders/days": READS,
    "POST /admin/<agency_id>/reminders/days": {Role.ADMIN},
    "POST /admin/<agency_id>/reminders/days/<day>/remove": {Role.ADMIN},
    "POST /admin/<agency_id>/reminders/feeds": {Role.ADMIN},
    "POST /admin/<agency_id>/reminders/feeds/<token_hash>/revoke": {Role.ADMIN},
    "GET /admin/<agency_id>/plan/": READS,
    "GET /admin/<agency_id>/plan/<int:fiscal_year>/": READS,
    "POST /admin/<agency_id>/plan/<int:fiscal_year>/officers": {Role.ADMIN},
    "GET /admin/<agency_id>/plan/<int:fiscal_year>/<int:measure_no>": READS,
    "POST /admin/<agency_id>/plan/<int:fiscal_year>/<int:measure_no>": {Role.ADMIN},
    "POST /admin/<agency_id>/plan/<int:fiscal_year>/add": {Role.ADMIN},
    "POST /admin/<agency_id>/plan/<int:fiscal_year>/move": {Role.ADMIN},
    "GET /admin/<agency_id>/plan/<int:fiscal_year>/<int:measure_no>/remove": {Role.ADMIN},
    "POST /admin/<agency_id>/plan/<int:fiscal_year>/<int:measure_no>/remove": {Role.ADMIN},
    "GET /admin/<agency_id>/plan/<int:fiscal_year>/copy": {Role.ADMIN},
    "POST /admin/<agency_id>/plan/<int:fiscal_year>/copy": {Role.ADMIN},
    "GET /admin/<agency_id>/plan/import": {Role.ADMIN},
    "POST /admin/<agency_id>/plan/import": {Role.ADMIN},
    "GET /admin/<agency_id>/plan/import/preview": {Role.ADMIN},
    "POST /admin/<agency_id>/plan/import/confirm": {Role.ADMIN},
    "GET /admin/<agency_id>/people/": READS,
    "GET /admin/<agency_id>/people/<person_id>/": READS,
    **{
        f"POST /admin/<agency_id>/people/<person_id>/{action}": {Role.ADMIN}
        for action in ("profile", "roles", "leave", "acting", "acting/<post_id>/end", "handover", "sessions/end")
    },
    "POST /admin/<agency_id>/people/requests/<request_id>": {Role.ADMIN},
    "GET /admin/<agency_id>/divisions/": READS,
    "POST /admin/<agency_id>/divisions/add": {Role.ADMIN},
    **{
        f"POST /admin/<agency_id>/divisions/<division_id>/{action}": {Role.ADMIN}
        for action in ("rename", "remove", "measures")
    },
    "POST /admin/<agency_id>/people/invite": {Role.ADMIN},
    "POST /admin/<agency_id>/people/invites/<invite_id>/revoke": {Role.ADMIN},
    "POST /admin/<agency_id>/people/roles/<entry_id>/restore": {Role.ADMIN},
    "GET /admin/<agency_id>/people/<person_id>/<role>/end": {Role.ADMIN},
    "POST /admin/<agency_id>/people/<person_id>/<role>/end": {Role.ADMIN},
    "GET /admin/<agency_id>/results/": READS,
    "GET /admin/<agency_id>/results/<int:fiscal_year>": READS,
    "POST /admin/<agency_id>/results/<int:fiscal_year>": {Role.ADMIN},
    "POST /admin/<agency_id>/results/<int:fiscal_year>/import": {Role.ADMIN},
    "GET /admin/<agency_id>/programs/": READS,
    "POST /admin/<agency_id>/programs/tokens": {Role.ADMIN},
    "POST /admin/<agency_id>/programs/tokens/<token_id>/revoke": {Role.ADMIN},
    "POST /admin/<agency_id>/programs/webhooks": {Role.ADMIN},
    "POST /admin/<agency_id>/programs/webhooks/<webhook_id>/end": {Role.ADMIN},
    "GET /admin/<agency_id>/settings/": READS,
    "GET /admin/<agency_id>/templates/": READS,
    "GET /admin/<agency_id>/templates/start/<kind_name>.docx": READS,
    "POST /admin/<agency_id>/templates/": {Role.ADMIN},
    "GET /admin/<agency_id>/templates/<template_id>": READS,
    "GET /admin/<agency_id>/templates/<template_id>/filled.docx": READS,
    "GET /admin/<agency_id>/templates/<template_id>/file.docx": READS,
    "POST /admin/<agency_id>/templates/use": {Role.ADMIN},
    "POST /admin/<agency_id>/settings/profile": {Role.ADMIN},
    "POST /admin/<agency_id>/settings/switches": {Role.ADMIN},
    "POST /admin/<agency_id>/settings/rounds/<int:fiscal_year>/<int:number>": {Role.ADMIN},
    f"GET {ROUND}<int:measure_no>/enter/<person_id>": {Role.ADMIN},
    f"POST {ROUND}<int:measure_no>/enter/<person_id>": {Role.ADMIN},
    "GET /admin/<agency_id>/<int:fiscal_year>/compare/<int:measure_no>": READS,
    "GET /admin/<agency_id>/<int:fiscal_year>/<int:number>/<int:measure_no>/versions": READS,
    f"POST {ROUND}<int:measure_no>/comment": {Role.ADMIN},
    "GET /admin/<agency_id>/<int:fiscal_year>/<int:number>/<int:measure_no>/evidence/<evidence_id>": READS,
    "GET /admin/<agency_id>/search": READS,
    "GET /admin/<agency_id>/log/": READS,
    "GET /admin/<agency_id>/groups/": READS,
    "POST /admin/<agency_id>/groups/<chat_id>/leave": {Role.ADMIN},
    "GET /admin/<agency_id>/log/<format_name>": READS,
    "GET /admin/-/system/": {Role.OPERATOR},
    "POST /admin/-/system/messages/<message_id>": {Role.OPERATOR},
    "POST /admin/-/system/events/<event_id>": {Role.OPERATOR},
    "POST /admin/-/system/reports/<report_id>": {Role.OPERATOR},
    "GET /admin/<agency_id>/documents/": READS,
    "POST /admin/<agency_id>/documents/chain/add": {Role.ADMIN},
    "POST /admin/<agency_id>/documents/chain/<int:place>": {Role.ADMIN},
    "POST /admin/<agency_id>/documents/chain/<int:place>/move": {Role.ADMIN},
    "POST /admin/<agency_id>/documents/chain/<int:place>/remove": {Role.ADMIN},
    "POST /admin/<agency_id>/documents/choices": {Role.ADMIN},
    "GET /admin/<agency_id>/documents/emblem": READS,
    "POST /admin/<agency_id>/documents/emblem": {Role.ADMIN},
    "POST /admin/<agency_id>/documents/emblem/remove": {Role.ADMIN},
    f"GET {ROUND}memo": READS,
    f"POST {ROUND}memo": {Role.ADMIN},
    "POST /admin/<agency_id>/reports/<report_id>/sign-off": {Role.ADMIN},
    "GET /admin/<agency_id>/sign-offs/<sign_off_id>": READS,
    "POST /admin/<agency_id>/sign-offs/<sign_off_id>/stop": {Role.ADMIN},
    "GET /admin/<agency_id>/reports/": READS,
    "GET /admin/<agency_id>/<int:fiscal_year>/reports": READS,
    "GET /admin/<agency_id>/reports/compare": READS,
    "GET /admin/<agency_id>/publications/": READS,
    "POST /admin/<agency_id>/publications/": {Role.ADMIN},
    "GET /admin/<agency_id>/publications/new": {Role.ADMIN},
    "GET /admin/<agency_id>/publications/<publication_id>": {Role.ADMIN},
    "POST /admin/<agency_id>/publications/<publication_id>/remove": {Role.ADMIN},
    "GET /admin/<agency_id>/styles/": READS,
    "GET /admin/<agency_id>/styles/<kind>": READS,
    "POST /admin/<agency_id>/styles/<kind>": {Role.ADMIN},
    "GET /admin/<agency_id>/reports/<report_id>/pages": READS,
    f"GET {ROUND}check": READS,
    f"POST {ROUND}check/name": {Role.ADMIN},
    f"POST {ROUND}check/links": {Role.ADMIN},
    "GET /admin/<agency_id>/reports/versions/<inputs_hash>": READS,
    "POST /admin/<agency_id>/reports": {Role.ADMIN},
    "POST /admin/<agency_id>/reports/<report_id>/cancel": {Role.ADMIN},
    "POST /admin/<agency_id>/reports/<report_id>/again": {Role.ADMIN},
    "POST /admin/<agency_id>/reports/<report_id>/rest": {Role.ADMIN},
    "GET /admin/<agency_id>/reports/<report_id>": READS,
    "GET /admin/<agency_id>/reports/<report_id>.json": READS,
    "GET /admin/<agency_id>/reports/<report_id>/<format_name>": READS,
}
API = "/api/v1/agencies"
API_ROUND = f"{API}/<agency_id>/years/<int:fiscal_year>/rounds/<int:number>"
SCOPES = {
    f"GET {API}": Scope.COMPLETENESS,
    f"GET {API}/<agency_id>/years": Scope.COMPLETENESS,
    f"GET {API_ROUND}/completeness": Scope.COMPLETENESS,
    f"GET {API}/<agency_id>/years/<int:fiscal_year>": Scope.READ,
    f"GET {API}/<agency_id>/years/<int:fiscal_year>/reports": Scope.READ,
    f"GET {API}/<agency_id>/reports/<report_id>/<format_name>": Scope.READ,
    f"POST {API_ROUND}/measures/<int:measure_no>/updates": Scope.SUBMIT,
}
ADDRESS = {
    "kind_name": "progress",
    "template_id": "template-1",
    "agency_id": "thungthong",
    "fiscal_year": 2567,
    "number": 6,
    "measure_no": 1,
    "report_id": "report-1",
    "message_id": "m-1",
    "event_id": "e-1",
    "invite_id": "invite-1",
    "person_id": "person-officer",
    "role": "officer",
    "format_name": "pdf",
    "token_id": "token-1",
    "inputs_hash": "f" * 64,
    "publication_id": "record-1",
    "kind": "progress",
    "webhook_id": "hook-1",
    "key": "due-7",
    "day": "2024-03-05",
    "token_hash": "f" * 64,
    "place": 0,
    "sign_off_id": "sign-off-1",
    "evidence_id": "e-1",
    "entry_id": "log-1",
}
ROLES = {
    "admin": Role.ADMIN,
    "auditor": Role.AUDITOR,
    "overseer": Role.OVERSEER,
    "operator": Role.OPERATOR,
    "officer": Role.OFFICER,
    "approver": Role.APPROVER,
}


def routes(app: Flask) -> dict[str, Any]:
    return {
        f"{method} {rule.rule}": app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


QUERY = {"GET /admin/<agency_id>/plan/import/preview": "?year=2567&ticket=none"}
FORMATS = {"GET /admin/<agency_id>/log/<format_name>": "csv"}
"""What an address is of no use without."""


def path_of(route: str) -> str:
    path = route.split(" ")[1] + QUERY.get(route, "")
    for name, value in (ADDRESS | ({"format_name": FORMATS[route]} if route in FORMATS else {})).items():
        path = path.replace(f"<int:{name}>", str(value)).replace(f"<{name}>", str(value))
    return path


def test_every_route_declares_its_rule(app: Flask) -> None:
    assert {route for route, view in routes(app).items() if rule_of(view) is None} == set()


def test_the_rules_are_those_written_here(app: Flask) -> None:
    declared = {route: rule for route, view in routes(app).items() if (rule := rule_of(view))}
    assert {route for route, rule in declared.items() if rule.is_public} == PUBLIC
    assert {route: set(rule.roles) for route, rule in declared.items() if rule.roles} == {
        route: set(roles) for route, roles in RULES.items()
    }
    assert {route: rule.scope for route, rule in declared.items() if rule.scope} == SCOPES


def test_a_view_without_a_rule_opens_for_nobody(app: Flask, enter: Any, office: Any) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: "secret", endpoint="forgotten")
    assert enter("admin").get("/forgotten").status_code == 403


@pytest.mark.parametrize("route", RULES)
def test_a_stranger_is_asked_to_sign_in(app: Flask, office: Any, browser: Any, route: str) -> None:
    method = route.split(" ")[0]
    answer = browser.http.open(path_of(route), method=method, base_url=browser.base_url)
    assert answer.status_code == 401


@pytest.fixture
def kept_template(office: Any) -> None:
    """A Word template of the agency."""
    key = "templates/thungthong/a.docx"
    office.media.files[key] = word("{{ agency }}")
    kept = KeptTemplate(
        id=TemplateId("template-1"),
        agency_id=AgencyId("thungthong"),
        kind="progress",
        name="แบบ.docx",
        sha256="a",
        key=key,
        uploaded_at=office.clock.now(),
    )
    with office.store.write() as uow:
        uow.word_templates.add(kept)


@pytest.fixture
def kept_emblem_and_sign_off(finished_report: Any, office: Any) -> None:
    """A picture for memos, and a report that waits for a signature."""
    office.media.files["emblems/thungthong/a.png"] = b"a picture"
    step = ChainStep(label="ความเห็นของปลัด", position="ปลัด", role=Role.APPROVER)
    with office.store.write() as uow:
        uow.documents.save_choices(AgencyId("thungthong"), DocumentChoices(emblem="emblems/thungthong/a.png"))
        uow.sign_offs.add(a_sign_off(agency_id="thungthong", inputs_hash="f" * 64, steps=(step,), started_by=None))


@pytest.mark.usefixtures("kept_template", "kept_emblem_and_sign_off")
@pytest.mark.parametrize("key", ROLES)
def test_each_role_opens_what_it_may_and_nothing_else(app: Flask, finished_report: Any, enter: Any, key: str) -> None:
    browser = enter(key)
    for route, roles in RULES.items():
        method, path = route.split(" ")[0], path_of(route)
        answer = browser.http.open(path, method=method, base_url=browser.base_url)
        # A form without its token stops those who may send it at 400, after the rule let them pass.
        allowed = {200, 302, 303} if method == "GET" else {400}
        expected = allowed if ROLES[key] in roles else {403}
        assert answer.status_code in expected, f"{key} {route} {answer.status_code}"


@pytest.mark.parametrize("key", ["elsewhere", "head"])
def test_a_role_in_another_agency_opens_nothing_here(finished_report: Any, enter: Any, key: str) -> None:
    browser = enter(key)
    for route in RULES:
        if "<agency_id>" in route:
            method = route.split(" ")[0]
            answer = browser.http.open(path_of(route), method=method, base_url=browser.base_url)
            assert answer.status_code == 403, route


def test_an_agency_that_is_not_there_looks_like_one_that_is_forbidden(office: Any, enter: Any) -> None:
    browser = enter("admin")
    pages = [browser.get(f"/admin/{agency}/") for agency in ("bansuan", "nowhere")]
    assert [page.status_code for page in pages] == [403, 403]
    assert pages[0].data == pages[1].data


def test_a_report_is_opened_under_its_own_agency_only(finished_report: Any, enter: Any) -> None:
    browser = enter("elsewhere")
    for end in ("", ".json", "/pdf"):
        assert browser.get(f"/admin/bansuan/reports/report-1{end}").status_code == 404


@pytest.mark.parametrize("path", ["/nothing", "/admin/thungthong/2567/6/x/y/z", "/callback"])
def test_a_page_that_is_not_there_says_so_in_thai(browser: Any, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in (404, 405)
    assert 'lang="th"' in answer.get_data(as_text=True)
