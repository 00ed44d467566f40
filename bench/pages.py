"""Server time and weight of the desk's pages: an agency of 60 measures and 50 people, and a country for its operator.

Every GET page that the desk's own links lead to is asked for in one process, through the Flask app on SQLite, signed
in; the figure of a page is the median of several requests after a first one. Aims: 100 ms a page, 250 ms for an
operator with 8,304 agencies, 200 KB for a first load with everything that it needs.
"""

from __future__ import annotations

import re
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from bench.figure import Aim, Figure, Options, say, seconds
from bot.adapters.sql.migrate import initialise
from bot.bootstrap import Runtime
from bot.config import Settings
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear, fiscal_year_of
from bot.domain.people import Membership, Person, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, Review, Stage, Status, Update, UpdateId
from bot.ports.store import UnitOfWork
from handlers.create_app import create_app

COUNTRY, MEASURES, PEOPLE = 8_304, 60, 50
OFFICE = AgencyId("office")
PAGE, OPERATOR, WEIGHT = Aim(limit=100), Aim(limit=250), Aim(limit=200)
MILLISECONDS = 1_000

OF_OPERATOR = {"first page": "/admin/", "search": "/admin/?q=ตัวอย่าง 77", "system": "/admin/-/system/"}
NOT_PAGES = re.compile(r"\.(docx|xlsx|pdf|csv|json|ics|html)$|/log/(csv|xlsx)$|/sign-out|/emblem$")


def measure(options: Options) -> Iterable[Figure]:
    """The slowest pages of the office, the operator's first page, and the weight of a first load."""
    agencies, measures, people = (20, 6, 5) if options.quick else (COUNTRY, MEASURES, PEOPLE)
    runs = options.runs(7)
    with _world(1, measures, people) as (rt, app):
        admin = _signed_in(app, rt, "admin")
        times = {path: _times(admin, path, runs) for path in _pages(app, admin, f"/admin/{OFFICE}/")}
        slowest = sorted(times, key=lambda path: -median(times[path]))
        for path in slowest[:12]:
            say(f"{path}: {median(times[path]):.0f} ms")
        name = f"pages: of an agency with {measures} measures and {people} people"
        yield Figure(name=f"{name}, the slowest of {len(times)}", unit="ms", values=times[slowest[0]], aim=PAGE)
        middle = times[slowest[len(slowest) // 2]]
        yield Figure(name=f"{name}, the middle one", unit="ms", values=middle, aim=PAGE)
        yield Figure(name="pages: first load of the overview", unit="KB", values=(_weight(admin),), aim=WEIGHT)
    with _world(agencies, measures, people) as (rt, app):
        operator = _signed_in(app, rt, "operator")
        for words, path in OF_OPERATOR.items():
            values = _times(operator, path, runs)
            yield Figure(
                name=f"pages: operator with {agencies:,} agencies, {words}", unit="ms", values=values, aim=OPERATOR
            )


def _times(client: FlaskClient, path: str, runs: int) -> tuple[float, ...]:
    answer = client.get(path, follow_redirects=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return tuple(MILLISECONDS * seconds(lambda: client.get(path, follow_redirects=True).close()) for _ in range(runs))


def _pages(app: Flask, client: FlaskClient, start: str) -> list[str]:
    """One address of every kind of page that links lead to."""
    found: dict[str, str] = {}
    waiting = deque([start])
    routes = app.url_map.bind("127.0.0.1")
    while waiting:
        path = waiting.popleft()
        try:
            endpoint, _ = routes.match(urlsplit(path).path, method="GET")
        except HTTPException:
            continue
        if endpoint in found or NOT_PAGES.search(urlsplit(path).path) or not path.startswith("/admin/"):
            continue
        answer = client.get(path, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        found[str(endpoint)] = path
        waiting.extend(each.replace("&amp;", "&") for each in re.findall(r'href="(/admin/[^"]+)"', answer.text))
    return sorted(found.values())


def _weight(client: FlaskClient) -> float:
    """Kilobytes on the wire of the overview with its style, fonts and pictures, packed as browsers ask for them."""
    packed = {"Accept-Encoding": "gzip"}
    page = client.get(f"/admin/{OFFICE}/", headers=packed)
    text = client.get(f"/admin/{OFFICE}/").text
    parts = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', text))
    style = next(part for part in parts if "app.css" in part)
    fonts = {f"/assets/{url}" for url in re.findall(r"url\(([^)]+)\)", client.get(style).text)}
    loaded = [page, *(client.get(part.replace("&amp;", "&"), headers=packed) for part in parts | fonts)]
    return sum(len(answer.get_data()) for answer in loaded) / 1024


def _signed_in(app: Flask, rt: Runtime, key: str) -> FlaskClient:
    session = rt.ids.secret()
    with rt.store.write() as uow:
        now = rt.now()
        uow.people.add_session(rt.keyed.hash("session", session), PersonId(key), now, now + timedelta(days=1))
    client = app.test_client()
    client.set_cookie("kaona", session)
    return client


@contextmanager
def _world(agencies: int, measures: int, people: int) -> Iterator[tuple[Runtime, Flask]]:
    with tempfile.TemporaryDirectory(prefix="kaona-pages-") as folder:
        address = "http://127.0.0.1:1"
        env = {"DATA_DIR": folder, "SECRET_KEY": "a key for measuring only", "PUBLIC_BASE_URL": "http://127.0.0.1"}
        rt = Runtime(Settings.from_env({**env, "LINE_API_BASE": address, "REDIS_URL": f"unix://{folder}/none"}))
        Path(folder).mkdir(exist_ok=True)
        initialise(rt.settings.database_url)
        year = fiscal_year_of(rt.now().date())
        say(f"a country of {agencies:,} agencies …")
        with rt.store.write() as uow:
            _office(uow, year, rt, measures, people)
            neighbours = [_neighbour(uow, number) for number in range(1, agencies)]
            uow.plans.save([_measure(each, year, no) for each in neighbours for no in range(1, 11)])
        app = create_app(rt)
        app.config["RATELIMIT_ENABLED"] = False
        yield rt, app


def _office(uow: UnitOfWork, year: FiscalYear, rt: Runtime, measures: int, people: int) -> None:
    uow.agencies.add(Agency(id=OFFICE, name="องค์การบริหารส่วนตำบลตัวอย่าง", kind="อบต.", province="สมมติ"))
    _member(uow, "admin", Role.ADMIN, OFFICE)
    _member(uow, "operator", Role.OPERATOR, None)
    for number in range(people):
        _member(uow, f"officer-{number}", Role.OFFICER, OFFICE)
    plan = [_measure(OFFICE, year, no) for no in range(1, measures + 1)]
    uow.plans.save([*plan, *(replace(each, id=MeasureId(f"{each.id}-old"), fiscal_year=year - 1) for each in plan)])
    for place, each in enumerate(plan):
        officer = PersonId(f"officer-{place % people}")
        uow.plans.assign(each.id, officer)
        for no in RoundNo:
            update = Update(
                id=UpdateId(f"u-{place}-{no.value}"),
                measure_id=each.id,
                round_no=no,
                person_id=officer,
                stage=Stage.SUBMITTED,
                status=Status.DONE,
                summary="จัดอบรมให้บุคลากรแล้ว ๒ ครั้ง ผู้เข้าร่วม ๓๕ คน " * 12,
                outcome="ประชาชนได้รับบริการตามเวลาที่กำหนด " * 12,
                submitted_at=rt.now() - timedelta(days=place % 9),
                review=Review.PENDING if place % 5 == 0 else Review.ACCEPTED,
            )
            uow.updates.add(update)
            for piece in range(3):
                link = f"https://www.example.go.th/news/{place}/{piece}"
                evidence = Evidence(id=EvidenceId(f"{update.id}-{piece}"), kind=EvidenceKind.LINK, url=link)
                uow.updates.add_evidence(update.id, evidence, None)


def _neighbour(uow: UnitOfWork, number: int) -> AgencyId:
    agency_id = AgencyId(f"a{number}")
    uow.agencies.add(Agency(id=agency_id, name=f"อบต.ตัวอย่าง {number}", kind="อบต.", province="สมมติ"))
    return agency_id


def _measure(agency_id: AgencyId, year: FiscalYear, no: int) -> Measure:
    return Measure(
        id=MeasureId(f"{agency_id}-{no}"),
        agency_id=agency_id,
        fiscal_year=year,
        no=no,
        title=f"มาตรการส่งเสริมความโปร่งใสด้านที่ {no}",
        steps="๑. จัดทำคู่มือ\n๒. เผยแพร่ทางเว็บไซต์",
        responsible="สำนักปลัด",
        period_text="ตลอดปีงบประมาณ",
    )


def _member(uow: UnitOfWork, key: str, role: Role, agency_id: AgencyId | None) -> None:
    uow.people.add(Person(id=PersonId(key), name=f"นางสาวตัวอย่าง {key}"))
    uow.people.add_membership(Membership(person_id=PersonId(key), role=role, agency_id=agency_id))
