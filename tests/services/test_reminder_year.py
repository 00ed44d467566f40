"""A whole fiscal year of one office, day by day: who did what, and what each of them was told.

The log is a golden file to be read as a person would; KAONA_REWRITE=1 writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.adapters.memory import Delivered
from bot.domain.calendar import BANGKOK
from bot.domain.people import ChatId, Role
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import ChainStep, SignOff, SignOffId, SignOffState
from bot.domain.workdays import DAY_BEGINS, DAY_ENDS, PUBLIC
from bot.ports.records import (
    DEFAULT_CHANNEL,
    Chat,
    ChatKind,
    Group,
    KnownQuota,
    LineMessage,
    ReportId,
    ReportRun,
    ReportState,
)
from bot.services.reminder_choices import change_rule
from tests import builders
from tests.services.desk import AGENCY, YEAR, Desk

GOLDEN = Path(__file__).parents[1] / "golden" / "reminders" / "year_2567.txt"
REWRITE = os.environ.get("KAONA_REWRITE") == "1"
WEEKDAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
MEASURES = 6
LOOKS = ("08:30", "09:15", "13:00", "16:30", "20:00")
AT_WORK = time(14, 0)
FIRST, LAST = date(2023, 10, 1), date(2024, 11, 15)

EARLY, LATE, SLEEPER, AWAY, LEAVER, BLOCKER = "U-early", "U-late", "U-sleeper", "U-away", "U-leaver", "U-blocker"
NEWCOMER, HEAD, ADMIN, CHIEF = "U-newcomer", "U-head", "U-admin", "U-chief"
GROUP = "C" + "7" * 32
PEOPLE = (
    (EARLY, "มาลี ตั้งใจ", Role.OFFICER, "1"),
    (LATE, "สมศักดิ์ ล่าช้า", Role.OFFICER, "2"),
    (SLEEPER, "วีระ ขอเลื่อน", Role.OFFICER, "3"),
    (AWAY, "อรุณ ลาพัก", Role.OFFICER, "4"),
    (LEAVER, "ประเสริฐ ย้ายไป", Role.OFFICER, "5"),
    (BLOCKER, "บุญมี ปิดกั้น", Role.OFFICER, "6"),
    (HEAD, "กัญญา หัวหน้า", Role.HEAD, None),
    (ADMIN, "มานี ผู้ดูแล", Role.ADMIN, None),
    (CHIEF, "ปลัด เห็นชอบ", Role.APPROVER, None),
)


@dataclass
class Diary:
    """The year as it is written down."""

    desk: Desk
    lines: list[str] = field(default_factory=list)
    pushes: list[tuple[datetime, str, str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    _seen: int = 0

    def did(self, user: str, what: str) -> None:
        self._write(f"{self.names[user]} {what}")
        self.hear()

    def hear(self) -> None:
        """Write down what was pushed since the last look, and of answers what was said along with them (↳)."""
        for each in self.desk.line.sent[self._seen :]:
            words = _words(each.messages[0])
            if each.retry_key is not None:
                self.pushes.append((self.desk.clock.now(), each.to, words))
                self._write(f"→ {self.names[each.to]}: {words}")
            elif _is_reminder(each):
                self._write(f"↳ {self.names[each.to.split('#')[0]]}: {words}")
        self._seen = len(self.desk.line.sent)

    def _write(self, text: str) -> None:
        now = self.desk.clock.now()
        self.lines.append(f"{now:%Y-%m-%d} {WEEKDAYS[now.weekday()]:<4}{now:%H:%M}  {text}")


def _words(message: LineMessage) -> str:
    return " ".join(str(message.get("altText") or message.get("text")).split())


def _is_reminder(reply: Delivered) -> bool:
    words = _words(reply.messages[0])
    return len(reply.messages) > 1 and (words.startswith("แจ้งไปพร้อมกัน") or "– ส่งภายใน" in words or "– ส่งได้ถึง" in words)


@pytest.fixture
def diary(desk: Desk) -> Diary:
    """The office before the fiscal year begins; everybody has joined."""
    desk.clock.at = datetime(2023, 9, 20, 9, 0, tzinfo=BANGKOK)
    with desk.rt.store.write() as uow:
        uow.plans.save([builders.measure(no) for no in range(1, MEASURES + 1)])
    diary = Diary(desk)
    for user, name, role, measures in PEOPLE:
        desk.join(user, name, role, measures)
        diary.names[user] = name
    diary.names[NEWCOMER] = "ดวงใจ มาใหม่"
    diary.names[GROUP] = "กลุ่มไลน์ของหน่วยงาน"
    desk.line.group_sizes[GROUP] = 15
    with desk.rt.store.write() as uow:
        chat = Chat(id=ChatId("group"), channel_id=DEFAULT_CHANNEL, line_user_id=GROUP, kind=ChatKind.GROUP)
        uow.groups.save(Group(chat_id=uow.chats.add(chat).id, agency_id=AGENCY.id, linked_at=desk.clock.now()))
    diary._seen = len(desk.line.sent)
    return diary


Deed = Callable[[Diary], None]


def _reports(user: str) -> Deed:
    def deed(diary: Diary) -> None:
        heard = diary.desk.report(user, 0)
        assert any("ส่งแล้ว" in text or "รับรายงาน" in text or "ขอบคุณ" in text for text in heard), heard
        diary.did(user, "รายงานผล")

    return deed


def _says(user: str, *texts: str) -> Deed:
    def deed(diary: Diary) -> None:
        diary.desk.talk(user, *texts)
        diary.did(user, "พิมพ์ " + " แล้ว ".join(texts))

    return deed


def _corrects(user: str) -> Deed:
    def deed(diary: Diary) -> None:
        heard = diary.desk.talk(user, "แก้ไข", "ผลลัพธ์/ความสำเร็จ", "ประชาชนพึงพอใจร้อยละ ๙๐", "เสร็จแล้ว", "ยืนยัน")
        assert "แล้ว" in heard[-1], heard
        diary.did(user, "แก้ไขงานที่ส่งกลับแล้วส่งใหม่")

    return deed


def _accepts_all(diary: Diary) -> None:
    while any("เห็นชอบ" in text for text in diary.desk.talk(HEAD, "เห็นชอบ")):
        if "ไม่มี" in "".join(diary.desk.talk(HEAD, "เห็นชอบ")):
            break
    diary.did(HEAD, "ตรวจและเห็นชอบรายการที่รออยู่")


def _sends_back(diary: Diary) -> None:
    heard = diary.desk.talk(HEAD, "ส่งกลับ", "ขอภาพกิจกรรมเพิ่ม")
    assert "กลับให้" in heard[-1], heard
    diary.did(HEAD, "ส่งกลับรายงานรายการแรกที่รออยู่")


def _goes_on_leave(diary: Diary) -> None:
    heard = diary.desk.talk(AWAY, "ลา ๒๐ มี.ค. ถึง ๓ เม.ย.", "ใช่")
    assert "๒๐ มีนาคม ๒๕๖๗ ถึง ๓ เมษายน ๒๕๖๗" in heard[-1], heard
    diary.did(AWAY, "พิมพ์ ลา ๒๐ มี.ค. ถึง ๓ เม.ย. แล้ว ใช่")


def _is_transferred(diary: Diary) -> None:
    """The measure goes to a colleague, who joins on the same day."""
    old = diary.desk.person(LEAVER).id
    with diary.desk.rt.store.write() as uow:
        uow.plans.unassign(builders.measure(5).id, old)
    diary.did(LEAVER, "ย้ายไปหน่วยงานอื่น มาตรการที่ ๕ มอบให้ ดวงใจ มาใหม่")
    diary.desk.join(NEWCOMER, "ดวงใจ มาใหม่", Role.OFFICER, "5")
    diary.did(NEWCOMER, "เข้าร่วมด้วยรหัสเชิญ")


def _blocks(diary: Diary) -> None:
    diary.desk.receive(BLOCKER, "unfollow", token=None)
    diary.desk.work()
    diary.did(BLOCKER, "ปิดกั้นบัญชี")


def _comes_back(diary: Diary) -> None:
    diary.desk.receive(BLOCKER, "follow", follow={"isUnblocked": True})
    diary.desk.work()
    diary.did(BLOCKER, "ปลดการปิดกั้น")


def _wants_the_digest(*, on: bool) -> Deed:
    def deed(diary: Diary) -> None:
        with diary.desk.rt.store.write() as uow:
            change_rule(uow, AGENCY.id, "group-week", on=on)
        diary.did(ADMIN, "เปิดสรุปประจำสัปดาห์ในกลุ่ม" if on else "ปิดสรุปประจำสัปดาห์ในกลุ่ม")

    return deed


def _asks_for_signatures(diary: Diary) -> None:
    """The report goes to the chief, who signs a week later."""
    desk = diary.desk
    step = ChainStep(label="ความเห็นของปลัด", position="ปลัด", person_id=desk.person(CHIEF).id)
    run = ReportRun(
        id=ReportId("report"),
        agency_id=AGENCY.id,
        fiscal_year=YEAR,
        round_no=RoundNo.SIX,
        formats=("pdf",),
        created_at=desk.clock.now(),
        state=ReportState.DONE,
    )
    with desk.rt.store.write() as uow:
        uow.reports.add(run)
        uow.sign_offs.add(
            SignOff(
                id=SignOffId("sign-off"),
                agency_id=AGENCY.id,
                fiscal_year=YEAR,
                round_no=RoundNo.SIX,
                report_id=run.id,
                inputs_hash="0" * 64,
                title="รายงานผลการดำเนินการ รอบ ๖ เดือน",
                reported=6,
                total=6,
                findings=0,
                started_at=desk.clock.now(),
                started_by=None,
                steps=(step,),
                waiting_since=desk.clock.now(),
            )
        )
    diary.did(ADMIN, "เสนอรายงานรอบ ๖ เดือนให้ปลัดลงนาม")


def _signs(diary: Diary) -> None:
    with diary.desk.rt.store.write() as uow:
        waiting = uow.sign_offs.get(SignOffId("sign-off"))
        assert waiting is not None
        uow.sign_offs.save(replace(waiting, state=SignOffState.SIGNED, place=1))
    diary.did(CHIEF, "ลงนามแล้ว")


def _runs_out(diary: Diary) -> None:
    """The month's messages are used up by somebody else who shares the account."""
    desk = diary.desk
    known = KnownQuota(channel_id=DEFAULT_CHANNEL, limit=300, used=300, asked_at=desk.clock.now())
    with desk.rt.store.write() as uow:
        uow.reminders.save_quota(known)
    diary.did(ADMIN, "ทราบว่าข้อความของเดือนนี้หมดแล้ว")


def _is_filled_again(diary: Diary) -> None:
    now = diary.desk.clock.now()
    with diary.desk.rt.store.write() as uow:
        uow.reminders.save_quota(KnownQuota(channel_id=DEFAULT_CHANNEL, limit=None, used=0, asked_at=now))
    diary.did(ADMIN, "เพิ่มโควตาข้อความแล้ว")


DEEDS: dict[str, list[Deed]] = {
    "2024-02-28": [_wants_the_digest(on=True)],
    "2024-03-04": [_reports(EARLY)],
    "2024-03-11": [_is_transferred],
    "2024-03-12": [_blocks],
    "2024-03-19": [_goes_on_leave],
    "2024-03-21": [_sends_back],
    "2024-03-26": [_says(EARLY, "ทำไมจึงเตือน")],
    "2024-04-02": [_corrects(EARLY)],
    "2024-04-03": [_says(SLEEPER, "เลื่อนเตือน", "๗ วัน")],
    "2024-04-05": [_reports(AWAY)],
    "2024-04-09": [_reports(NEWCOMER)],
    "2024-04-10": [_reports(SLEEPER)],
    "2024-04-17": [_reports(LATE)],
    "2024-04-23": [_accepts_all],
    "2024-05-07": [_asks_for_signatures],
    "2024-05-16": [_signs],
    "2024-09-01": [_comes_back],
    "2024-09-03": [_reports(EARLY)],
    "2024-09-09": [_wants_the_digest(on=False)],
    "2024-09-10": [_reports(BLOCKER)],
    "2024-09-11": [_accepts_all],
    "2024-09-25": [_runs_out],
    "2024-09-27": [_says(SLEEPER, "สถานะ"), _is_filled_again],
    "2024-10-03": [_reports(AWAY), _reports(NEWCOMER)],
    "2024-10-04": [_accepts_all],
    "2024-10-10": [_says(SLEEPER, "เลื่อนเตือน")],
    "2024-10-16": [_reports(SLEEPER), _accepts_all],
    "2024-10-31": [_reports(LATE)],
}
"""What people do at 14:00 of a day."""


def live_through(diary: Diary) -> None:
    desk = diary.desk
    for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
        for look in LOOKS:
            desk.clock.at = datetime.combine(day, time.fromisoformat(look), BANGKOK)
            desk.rt.remind()
            desk.work()
            diary.hear()
            if look == "13:00":
                desk.clock.at = datetime.combine(day, AT_WORK, BANGKOK)
                for deed in DEEDS.get(str(day), []):
                    deed(diary)
                    desk.work()
                    diary.hear()


def test_a_year_of_reminders_reads_as_one_would_wish(diary: Diary) -> None:
    live_through(diary)
    text = "\n".join(diary.lines) + "\n"
    if REWRITE:
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    _is_decent(diary)
    assert text == GOLDEN.read_text(encoding="utf-8")


def _is_decent(diary: Diary) -> None:
    """What holds of every year, whatever its people do."""
    told = ("ยังเหลือ", "ยังไม่มีรายงาน", "รอความเห็นชอบ")
    reminders = [push for push in diary.pushes if any(words in push[2] for words in told)]
    assert len(reminders) > 20
    for at, _, words in reminders:
        assert PUBLIC.is_working_day(at.date()), (at, words)
        assert DAY_BEGINS <= at.time().replace(microsecond=0, second=0) <= DAY_ENDS, (at, words)
    days = [(at.date(), user) for at, user, _ in reminders]
    assert len(days) == len(set(days)), "more than one a day"
    blocked = date(2024, 3, 13), date(2024, 8, 31)
    assert not [at for at, user, _ in reminders if user == BLOCKER and blocked[0] <= at.date() <= blocked[1]]
    assert not [at for at, user, _ in reminders if user == LEAVER and at.date() > date(2024, 3, 11)]
    assert not [at for at, user, _ in reminders if user == AWAY and date(2024, 3, 20) <= at.date() <= date(2024, 4, 3)]
    assert int(YEAR) == 2567
