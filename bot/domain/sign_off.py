"""The sign-off of a report: who gives an opinion in which order, and what each of them said of which version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import PersonId, Role
from bot.domain.rounds import RoundNo

SignOffId = NewType("SignOffId", str)

OPINIONS = ("ไม่ขัดข้องและพิจารณาแล้ว", "เห็นควรเสนอเพื่อพิจารณา", "เห็นชอบตามที่เสนอ", "ทราบ")
"""Opinions that can be given by one tap."""

MOST_STEPS = 12
SIGNING_ROLES = (Role.OFFICER, Role.HEAD, Role.APPROVER, Role.ADMIN)
"""Roles whose holders may be asked to sign."""


class ActingAs(StrEnum):
    """In which way somebody stands in for the holder of a post; the value is what documents print."""

    FOR_OFFICE = "รักษาราชการแทน"
    FOR_POST = "รักษาการแทน"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step of an agency's sign-off chain.

    Attributes:
        label: what stands above the signature, such as ความเห็นของหัวหน้าสำนักปลัด.
        position: the signer's own post.
        person_id: who signs in the chat; with a role instead, whoever holds it. Without both the step is signed on
            paper and the chain goes on past it.
        name: who signs, as documents print it; of a person, filled when they sign.
        acting: the post is another's, and `acting_for` is that post.
        asks_opinion: the signer is asked for an opinion.
    """

    label: str
    position: str
    person_id: PersonId | None = None
    role: Role | None = None
    name: str = ""
    acting: ActingAs | None = None
    acting_for: str = ""
    asks_opinion: bool = True

    @property
    def on_paper(self) -> bool:
        """Whether nobody is asked in the chat."""
        return self.person_id is None and self.role is None

    def positions(self) -> tuple[str, ...]:
        """The lines below the name: one, or two for an acting post."""
        if self.acting is None:
            return (self.position,) if self.position else ()
        return tuple(filter(None, (f"{self.position} {self.acting.value}".strip(), self.acting_for)))


class SignOffState(StrEnum):
    """The life of a sign-off."""

    RUNNING = "running"
    SIGNED = "signed"
    RETURNED = "returned"  # with a reason; it ended for that version
    STOPPED = "stopped"  # by an admin, or because one of a newer version began


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """The sign-off of one version of a round's report.

    Attributes:
        report_id: the compile whose files are shown to the signers.
        inputs_hash: the version that is signed; the report's own, which signatures do not change.
        title: the report's title, as the card shows it.
        reported: how many of the `total` measures have a report in that version.
        findings: how many things the check found in it.
        steps: the chain as it was when this began.
        place: the step being waited for, from 0; len(steps) when all are done.
    """

    id: SignOffId
    agency_id: AgencyId
    fiscal_year: FiscalYear
    round_no: RoundNo
    report_id: str
    inputs_hash: str
    title: str
    reported: int
    total: int
    findings: int
    started_at: datetime
    started_by: PersonId | None
    steps: tuple[ChainStep, ...]
    state: SignOffState = SignOffState.RUNNING
    place: int = 0
    waiting_since: datetime | None = None
    ended_at: datetime | None = None
    ended_by: PersonId | None = None
    reason: str | None = None

    @property
    def step(self) -> ChainStep | None:
        """The step being waited for; None when the sign-off has ended."""
        return self.steps[self.place] if self.state is SignOffState.RUNNING and self.place < len(self.steps) else None

    def next_place(self, after: int) -> int:
        """The next step that is signed in the chat; len(steps) when there is none."""
        later = (n for n in range(after + 1, len(self.steps)) if not self.steps[n].on_paper)
        return next(later, len(self.steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What one signer said of one version: written once, never changed.

    Attributes:
        place: the step of the sign-off.
        name: theirs on that day; `positions` are the lines below it.
        inputs_hash: the version that they had before them.
    """

    sign_off_id: SignOffId
    place: int
    person_id: PersonId
    name: str
    positions: tuple[str, ...]
    opinion: str | None
    signed_at: datetime
    inputs_hash: str
