"""Whose signature a document waits for hears of it after two and five working days, of all documents at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.calendar import BANGKOK
from bot.domain.digests import Digest, Recipient
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.reminders import due_reminders
from bot.domain.rounds import RoundNo, default_round
from bot.domain.waiting_signatures import WaitingStep
from bot.domain.workdays import PUBLIC
from tests import builders

pytestmark = pytest.mark.pure

CHIEF = Recipient(person_id=PersonId("chief"), name="นายก", roles=frozenset({Role.APPROVER}), chat_id=ChatId("c-chief"))
STEP = WaitingStep(
    id="s1-0",
    person_id=CHIEF.person_id,
    agency=builders.AGENCY,
    round=default_round(builders.AGENCY.id, builders.YEAR, RoundNo.SIX),
    document="รายงานผลรอบ ๖ เดือน",
    since=datetime(2024, 5, 7, 15, 0, tzinfo=BANGKOK),  # a Tuesday; the round locked a week before
)


def said(moment: str, *people: Recipient, waiting: tuple[WaitingStep, ...] = (STEP,)) -> list[Digest]:
    now = datetime.fromisoformat(moment).replace(tzinfo=BANGKOK)
    here = {builders.AGENCY.id: list(people) or [CHIEF]}
    return due_reminders({}, [], here, {}, lambda _: PUBLIC, {}, now, waiting=waiting)


@pytest.mark.parametrize(
    ("moment", "rule"),
    [
        ("2024-05-08T09:00", None),
        ("2024-05-09T08:29", None),
        ("2024-05-09T08:30", "sign-off-2"),
        ("2024-05-10T09:00", None),  # a public holiday
        ("2024-05-11T09:00", None),  # a Saturday
        ("2024-05-15T16:30", "sign-off-5"),  # a clock that was down says the latest only
    ],
)
def test_the_days_of_the_ladder(moment: str, rule: str | None) -> None:
    assert [d.reminders[0].rule for d in said(moment)] == ([rule] if rule else [])


def test_the_reason_counts_working_days_and_names_every_document_once() -> None:
    other = replace(STEP, id="s2-1", document="บันทึกข้อความ", since=STEP.since.replace(day=3))
    (digest,) = said("2024-05-13T09:00", waiting=(STEP, other))
    (reminder,) = digest.reminders
    assert reminder.documents == ("รายงานผลรอบ ๖ เดือน", "บันทึกข้อความ")
    assert reminder.why == "มีเอกสารรอลงนามมา ๔ วันทำการแล้ว"


def test_what_was_heard_is_not_said_again_and_the_later_step_covers_the_earlier() -> None:
    (first,) = said("2024-05-09T09:00")
    heard = replace(CHIEF, heard=frozenset(first.keys), told_on=date(2024, 5, 9))
    assert said("2024-05-13T09:00", heard) == []
    (late,) = said("2024-05-15T09:00")
    assert late.keys == ("sign-off-5-s1-0-chief", "sign-off-2-s1-0-chief")
    assert said("2024-05-15T09:00", heard)[0].keys == ("sign-off-5-s1-0-chief",)


@pytest.mark.parametrize(
    "person",
    [
        replace(CHIEF, away=(date(2024, 5, 9), date(2024, 5, 9))),
        replace(CHIEF, snoozed_until=date(2024, 5, 10)),
        replace(CHIEF, told_on=date(2024, 5, 9)),
        replace(CHIEF, person_id=PersonId("other")),
    ],
)
def test_who_rests_or_was_told_today_or_is_not_meant_hears_nothing(person: Recipient) -> None:
    assert said("2024-05-09T09:00", person) == []
