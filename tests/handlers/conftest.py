"""An office to look at: two agencies, people of every role, a plan, updates, and the app around a test runtime."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.adapters.keyed import HmacKeyed
from bot.adapters.memory import CountedIds, MemoryMediaStore, MemoryQueue, SetClock
from bot.adapters.pdf.pages import PdfPages
from bot.adapters.sql.store import SqlStore
from bot.adapters.word_template.desk import WordTemplateFiles
from bot.config import Settings
from bot.conversation.types import Message
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.errors import OutsideWorld
from bot.domain.people import ChatId, Membership, Person, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.publications import Publication, PublicationId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, MediaState, Review, Stage, Status, Update, UpdateId
from bot.ports.records import (
    DEFAULT_CHANNEL,
    Channel,
    ChannelId,
    Chat,
    LineMessage,
    Process,
    Pulse,
    ReportId,
    ReportRun,
    ReportState,
    ReportVersion,
    ScheduleRun,
)
from bot.services.calendar_feed import CalendarFeeds
from bot.services.notices import Notices
from bot.services.sign_in import SESSION_LIFE, SignIn
from bot.services.signed_links import SignedLinks
from bot.services.word_templates import TemplateDesk
from handlers.admin.access import cookie_name
from handlers.create_app import create_app

SECRET = "default-channel-secret"
NOW = datetime(2024, 3, 14, 9, 30, tzinfo=BANGKOK)
"""A working day in the open 6-month round of fiscal year 2567."""

YEAR = FiscalYear(2567)
HERE, THERE = AgencyId("thungthong"), AgencyId("bansuan")
SUMMARY = "จัดประชุมเชิงปฏิบัติการแล้ว ๒ ครั้ง"


class PlainChat:
    """Every message as its name and values."""

    def render_all(self, messages: list[Message], language: str = "th") -> list[LineMessage]:
        return [{"type": "text", "text": f"{m.name} {dict(m.values)}"} for m in messages]


@dataclass
class OfficeRuntime:
    """What the web edge needs, on the real database and working twins of everything else."""

    settings: Settings
    store: Any
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    ids: CountedIds = field(default_factory=CountedIds)
    queue: MemoryQueue = field(default_factory=MemoryQueue)
    media: MemoryMediaStore = field(default_factory=MemoryMediaStore)
    redis_trouble: str | None = None
    link: str | None = "https://line.me/R/oaMessage/%40kaona/?{code}"

    def __post_init__(self) -> None:
        self.keyed = HmacKeyed(self.settings.secret_key)
        self.links = SignedLinks(keyed=self.keyed, base_url=self.settings.public_base_url)
        self.notices = Notices(clock=self.clock, ids=self.ids, renderer=PlainChat())
        self.default = Channel(id=DEFAULT_CHANNEL, secret=SECRET, token="token")

    @property
    def feeds(self) -> CalendarFeeds:
        return CalendarFeeds(
            store=self.store, clock=self.clock, ids=self.ids, keyed=self.keyed, base_url=self.settings.public_base_url
        )

    @property
    def sign_in(self) -> SignIn:
        return SignIn(store=self.store, clock=self.clock, ids=self.ids, keyed=self.keyed)

    @property
    def pdf(self) -> PdfPages:
        return PdfPages()

    @property
    def template_desk(self) -> TemplateDesk:
        return TemplateDesk(
            store=self.store, clock=self.clock, ids=self.ids, media=self.media, templates=WordTemplateFiles()
        )

    def channels(self) -> list[Channel]:
        with self.store.read() as uow:
            return [self.default, *uow.channels.all()]

    def bot_link(self, code: str, agency_id: str | None = None) -> str | None:
        return self.link.format(code=code) if self.link else None

    def chat_link(self, channel_id: ChannelId) -> str | None:
        return f"https://line.me/R/ti/p/%40{channel_id}" if self.link and channel_id == DEFAULT_CHANNEL else None

    def jobs_running(self) -> int:
        self.redis_ping()
        return 2

    def pulse(self) -> Pulse | None:
        if self.redis_trouble:
            return None
        queues = {"chat": 3, "deliver": 0}
        process = Process(role="worker", host="here", pid=7, age=2.0)
        run = ScheduleRun(name="sweep", last_at=self.clock.now(), error=None)
        return Pulse(processes=(process,), schedules=(run,), queued=queues, running={"chat": 1, "deliver": 0})

    def redis_ping(self) -> None:
        if self.redis_trouble:
            raise OutsideWorld(self.redis_trouble)


class AwayStore:
    """A database that is not there."""

    def read(self) -> Any:
        raise OutsideWorld("connection refused")

    write = read

    def ping(self) -> None:
        self.read()


class Browser:
    """A person at a browser: follows forms as pages give them, keeping cookies."""

    def __init__(self, app: Flask, base_url: str) -> None:
        self.http: FlaskClient = app.test_client()
        self.base_url = base_url

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.http.get(path, base_url=self.base_url, **options)

    def press(self, page: str, action: str, **fields: str) -> TestResponse:
        """Open a page and post one of its forms with the page's token."""
        text = self.get(page).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        assert found, f"{page} has no form"
        return self.http.post(action, base_url=self.base_url, data={"csrf_token": found[1], **fields})

    def cookie(self, name: str) -> Any:
        host = re.sub(r"^https?://|:\d+$", "", self.base_url)
        return self.http.get_cookie(name, domain=host)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env(
        {"DATA_DIR": str(tmp_path / "data"), "SECRET_KEY": "k" * 32, "PUBLIC_BASE_URL": "http://kaona.test"}
    )


@pytest.fixture
def rt(settings: Settings, sqlite_store: SqlStore) -> OfficeRuntime:
    return OfficeRuntime(settings=settings, store=sqlite_store)


@pytest.fixture
def secure_rt(settings: Settings, sqlite_store: SqlStore) -> OfficeRuntime:
    return OfficeRuntime(settings=replace(settings, public_base_url="https://kaona.test"), store=sqlite_store)


@pytest.fixture
def away_rt(settings: Settings) -> OfficeRuntime:
    return OfficeRuntime(settings=settings, store=AwayStore())


@pytest.fixture
def app(rt: OfficeRuntime) -> Flask:
    return create_app(rt)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app, "http://kaona.test")


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The headers of a body that LINE sends."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return {"x-line-signature": base64.b64encode(digest).decode(), "content-type": "application/json; charset=utf-8"}


@pytest.fixture
def deliver_webhook() -> Any:
    """Post events as LINE does."""

    def post(
        http: FlaskClient, *events: dict[str, Any], destination: str = "U" + "d" * 32, secret: str = SECRET
    ) -> TestResponse:
        body = json.dumps({"destination": destination, "events": list(events)}, ensure_ascii=False).encode()
        return http.post("/callback", data=body, headers=signed(body, secret))

    return post


@pytest.fixture
def sign() -> Any:
    return signed


# The office


def person(key: str) -> PersonId:
    return PersonId(f"person-{key}")


PEOPLE: dict[str, tuple[str, tuple[tuple[Role, AgencyId | None], ...]]] = {
    "admin": ("นางสาวพิมพ์ใจ ดูแลดี", ((Role.ADMIN, HERE),)),
    "auditor": ("นายตรวจสอบ ละเอียด", ((Role.AUDITOR, HERE),)),
    "overseer": ("นายอำนวย มองกว้าง", ((Role.OVERSEER, HERE), (Role.OVERSEER, THERE))),
    "operator": ("นายระบบ มั่นคง", ((Role.OPERATOR, None),)),
    "officer": ("นางสมศรี รายงานไว", ((Role.OFFICER, HERE),)),
    "late": ("นายสมชาย มาช้า", ((Role.OFFICER, HERE),)),
    "head": ("นายหัวหน้า กองคลัง", ((Role.HEAD, THERE),)),
    "approver": ("นางลงนาม เห็นชอบ", ((Role.APPROVER, HERE),)),
    "elsewhere": ("นางผู้ดูแล บ้านสวน", ((Role.ADMIN, THERE),)),
}

UPDATE = UpdateId("update-1")
PHOTO_KEY = "evidence/ab/abcd.jpg"
PHOTO = b"\xff\xd8\xff\xe0 a small photo"


@pytest.fixture
def office(rt: OfficeRuntime) -> OfficeRuntime:
    """Two agencies; here, three measures: one reported with evidence, one missing, one whose officer has not joined."""
    fill(rt)
    return rt


def fill(rt: OfficeRuntime) -> None:
    with rt.store.write() as uow:
        uow.agencies.add(Agency(id=HERE, name="องค์การบริหารส่วนตำบลทุ่งทอง", kind="อบต."))
        uow.agencies.add(Agency(id=THERE, name="เทศบาลตำบลบ้านสวน", kind="เทศบาลตำบล"))
        for key, (name, roles) in PEOPLE.items():
            uow.people.add(Person(id=person(key), name=name))
            for role, agency_id in roles:
                uow.people.add_membership(Membership(person_id=person(key), role=role, agency_id=agency_id))
        uow.plans.save([_measure(no, title) for no, title in enumerate(TITLES, 1)])
        uow.plans.assign(MeasureId("measure-1"), person("officer"))
        uow.plans.assign(MeasureId("measure-2"), person("officer"))
        uow.plans.assign(MeasureId("measure-3"), person("late"))
        uow.chats.add(_chat("officer"))
        uow.updates.add(_update())
        for piece in EVIDENCE:
            uow.updates.add_evidence(UPDATE, piece, None)
    rt.media.files[PHOTO_KEY] = PHOTO


TITLES = ("มาตรการเผยแพร่ข้อมูลต่อสาธารณะ", "มาตรการป้องกันการรับสินบน", "มาตรการจัดการเรื่องร้องเรียน")

EVIDENCE = (
    Evidence(
        id=EvidenceId("e-1"),
        kind=EvidenceKind.IMAGE,
        caption="ภาพการประชุม",
        media=MediaState.STORED,
        mime="image/jpeg",
        size=len(PHOTO),
        sha256="ab" * 32,
        stored_as=PHOTO_KEY,
    ),
    Evidence(id=EvidenceId("e-2"), kind=EvidenceKind.FILE, name="คำสั่งแต่งตั้ง.pdf", media=MediaState.GONE),
    Evidence(id=EvidenceId("e-3"), kind=EvidenceKind.LINK, url="https://www.thungthong.example/news?id=7"),
    Evidence(id=EvidenceId("e-4"), kind=EvidenceKind.LINK, url="javascript:alert(1)"),
    Evidence(id=EvidenceId("e-5"), kind=EvidenceKind.IMAGE, media=MediaState.REFUSED),
)


def _measure(no: int, title: str) -> Measure:
    return Measure(
        id=MeasureId(f"measure-{no}"),
        agency_id=HERE,
        fiscal_year=YEAR,
        no=no,
        title=title,
        responsible="สำนักปลัด",
        period_text="ไตรมาส ๒",
        period_start=date(2024, 1, 1),
        period_end=date(2024, 3, 31),
    )


def _chat(key: str) -> Chat:
    return Chat(id=ChatId(f"chat-{key}"), channel_id=DEFAULT_CHANNEL, line_user_id=f"U-{key}", person_id=person(key))


def _update() -> Update:
    return Update(
        id=UPDATE,
        measure_id=MeasureId("measure-1"),
        round_no=RoundNo.SIX,
        person_id=person("officer"),
        stage=Stage.SUBMITTED,
        status=Status.DONE,
        summary=SUMMARY,
        outcome="ประชาชนรับรู้มากขึ้น <b>ร้อยละ ๘๐</b>",
        started_at=NOW - timedelta(days=2),
        submitted_at=NOW - timedelta(days=1),
        review=Review.PENDING,
    )


@pytest.fixture
def enter(app: Flask, rt: OfficeRuntime) -> Any:
    """Somebody of the office, signed in already: the log says nothing of it."""

    def sign_in(key: str) -> Browser:
        session, now = f"session-of-{key}-{rt.ids.new()}", rt.clock.now()
        with rt.store.write() as uow:
            uow.people.add_session(rt.sign_in.key_of(session), person(key), now, now + SESSION_LIFE, "Firefox · Linux")
        browser = Browser(app, rt.settings.public_base_url)
        host = urlsplit(rt.settings.public_base_url).hostname or ""
        browser.http.set_cookie(cookie_name(rt), session, domain=host)
        return browser

    return sign_in


@pytest.fixture
def finished_report(office: OfficeRuntime) -> ReportRun:
    """A report of the 6-month round that is done, with a finding."""
    key = "reports/report-1/progress-thungthong-2567-6.pdf"
    office.media.files[key] = b"%PDF-1.7 a report"
    run = ReportRun(
        id=ReportId("report-1"),
        agency_id=HERE,
        fiscal_year=YEAR,
        round_no=RoundNo.SIX,
        formats=("pdf",),
        created_at=NOW,
        state=ReportState.DONE,
        progress=1.0,
        stage="เสร็จแล้ว",
        files={"pdf": key},
        findings=("มาตรการที่ ๒ ยังไม่ได้รายงาน",),
        finished_at=NOW,
        inputs_hash="f" * 64,
    )
    version = ReportVersion(
        inputs_hash="f" * 64,
        agency_id=HERE,
        fiscal_year=YEAR,
        round_no=RoundNo.SIX,
        kind="progress",
        draft=False,
        made_at=NOW,
        findings=run.findings,
        code="FFFF2222",
        made_by=person("admin"),
    )
    with office.store.write() as uow:
        uow.reports.add(run)
        uow.versions.settle(version)
        uow.publications.save(
            Publication(
                id=PublicationId("record-1"),
                agency_id=HERE,
                fiscal_year=YEAR,
                kind="progress",
                ita_year=2568,
                item="O28",
                urls=("https://www.thungthong.example/o28.pdf",),
                description="",
                saved_at=NOW,
            )
        )
    return run
