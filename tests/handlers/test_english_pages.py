"""Every page, found by following links, read in English: the Thai on it is what people of the office wrote."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from bot.adapters.sql.store import SqlStore
from bot.domain.people import Membership, Role
from bot.domain.results import AssessmentResult

from .conftest import HERE, TITLES, YEAR, person

TOKEN = "a-token-from-the-chat"
NOT_PAGES = {
    "api_document.openapi", "api_reading.agencies", "api_reading.completeness", "api_reading.report_file",
    "api_reading.reports", "api_reading.year", "api_reading.years", "assets.asset", "calendars.feed",
    "documents.see_emblem", "front.front", "health.healthz", "health.metrics", "health.readyz", "log.export",
    "media.media", "private_chat.private_chat", "reports.download", "reports.progress", "results.current",
    "word_templates.file", "word_templates.filled", "word_templates.start",
}  # fmt: skip
"""Files, data, and addresses that only lead on."""
SEEN_ELSEWHERE = {"sign_offs.show", "word_templates.look", "report_versions.beside"}
"""Their words are held by the catalogue; their pages are opened in a browser with a whole year behind them."""

THAI = re.compile("[\u0e00-\u0e7f]+(?: +[\u0e00-\u0e7f]+)*")
NAMED = re.compile(r"[\u0e00-\u0e7f–]+(?: [\u0e00-\u0e7f–]+)* \([a-z][^)]*\)")
"""A word to type or to write, with its meaning."""
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-round", "data-label")
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "rect", "line", "path"}


class Words(HTMLParser):
    """What a page says itself: texts and labels, but not what it quotes with a language of its own, nor fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    @property
    def is_ours(self) -> bool:
        return not any(thai for _, thai in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        thai = tag in ("textarea", "script") or ("lang" in given and tag != "html")
        if self.is_ours and "lang" not in given:
            self.said += [given[name] or "" for name in SPOKEN if name in given]
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if tag not in EMPTY:
            self.open.append((tag, thai))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.is_ours and data.strip():
            self.said.append(" ".join(data.split()))


def written_by_people(url: str) -> str:
    """All text in the database."""
    database = sqlite3.connect(url.partition("///")[2])
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    values = (value for name in tables for row in database.execute(f"SELECT * FROM {name}") for value in row)
    texts = [_plain(value) for value in values if isinstance(value, str)]
    database.close()
    return "\n".join(texts)


def _plain(value: str) -> str:
    try:
        return json.dumps(json.loads(value), ensure_ascii=False)
    except ValueError:
        return " ".join(value.split())


def thai_of_ours(page: str, written: str) -> Iterator[str]:
    for said in Words(page).said:
        for found in THAI.findall(NAMED.sub("", said)):
            if found not in written and found != "ไทย":
                yield f"{found!r} in {said!r}"


@pytest.fixture
def reader(office: Any, enter: Any, finished_report: Any) -> Any:
    """Somebody who may see everything, and reads English."""
    with office.store.write() as uow:
        uow.people.add_membership(Membership(person_id=person("admin"), role=Role.OPERATOR, agency_id=None))
        uow.people.set_language(person("admin"), "en")
        uow.results.save(AssessmentResult(agency_id=HERE, fiscal_year=YEAR, overall=None))
        earlier = replace(uow.plans.measures(HERE, YEAR)[0], id="measure-old", fiscal_year=YEAR - 1)  # type: ignore[arg-type]
        uow.plans.save([earlier])
    return enter("admin")


def walked(app: Flask, reader: Any, *starts: str) -> dict[str, str]:
    """Every kind of page that can be reached, by its view."""
    base, routes = "https://desk.example", app.url_map.bind("desk.example")
    waiting, pages = deque(starts), dict[str, str]()
    while waiting:
        url = urlsplit(urljoin(f"{base}/admin/", waiting.popleft()))
        try:
            endpoint, _ = routes.match(url.path, method="GET")
        except HTTPException:
            continue
        if url.netloc != "desk.example" or endpoint in pages or endpoint in NOT_PAGES:
            continue
        address = f"{url.path}?{url.query}" if url.query else url.path
        answer = reader.get(address, headers={"Accept-Language": "en"})
        if answer.status_code == 200 and answer.mimetype == "text/html":
            pages[endpoint] = answer.get_data(as_text=True)
            waiting.extend(urljoin(f"{base}{url.path}", link) for link in Words(pages[endpoint]).links)
        elif answer.status_code in (302, 303):
            waiting.append(urljoin(f"{base}{url.path}", answer.headers["Location"]))
    return pages


def test_english_pages_say_nothing_in_thai_but_what_people_wrote(
    app: Flask, sqlite_url: str, sqlite_store: SqlStore, reader: Any, office: Any
) -> None:
    with office.store.write() as uow:
        uow.people.add_sign_in(
            office.keyed.hash("sign-in", TOKEN), person("admin"), office.clock.now() + timedelta(hours=1)
        )
    desk = f"/admin/{HERE}/"
    text = "มาตรการ\tขั้นตอน\nมาตรการใหม่ ก\tจัดทำ\n"
    preview = reader.press(f"{desk}plan/import", f"{desk}plan/import", year=str(YEAR), text=text).headers["Location"]
    starts = (
        "/admin/", desk, preview, f"{desk}{YEAR}/6/", f"{desk}{YEAR}/6/1", f"{desk}{YEAR}/6/check",
        f"{desk}{YEAR}/6/memo", f"{desk}results/{YEAR}", f"{desk}search?q=มาตรการ", f"{desk}plan/{YEAR + 1}/copy",
        f"{desk}reports/report-1/pages", "/admin/-/system/", "/join/ABCDEFGH", "/v/",
        "/v/FFFF2222", f"{desk}reopenings/",
        f"/admin/sign-in/{TOKEN}", "/admin/signed-out",
    )  # fmt: skip
    pages = walked(app, reader, *starts)
    written = written_by_people(sqlite_url) + "มาตรการใหม่ ก จัดทำ" + " ".join(TITLES)
    thai = {name: sorted(set(thai_of_ours(page, written))) for name, page in pages.items()}
    wrong = [f"{name}: {each}" for name, found in thai.items() for each in found]
    assert not wrong, "\n".join(wrong)
    views = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods and "GET" in rule.methods and rule.endpoint not in NOT_PAGES | SEEN_ELSEWHERE
    }
    assert not views - pages.keys(), sorted(views - pages.keys())
