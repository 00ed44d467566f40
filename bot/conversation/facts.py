"""What a turn may need to know, loaded before it and frozen: the conversation itself looks nothing up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.acting import ActingPostId
from bot.domain.agencies import Agency
from bot.domain.joining import HandoverId, JoinRequestId
from bot.domain.people import ChatId, Invite, Person, Role
from bot.domain.plans import Measure
from bot.domain.reopenings import Reopening
from bot.domain.rounds import Round
from bot.domain.sign_off import SignOff
from bot.domain.updates import Answer, EvidenceId, KeptEvidence, Update, UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class Hat:
    """An agency in which the person holds roles; `agency` is None for an operator."""

    agency: Agency | None
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPart:
    """Somebody else who reports on the same measure, with what they sent in the round."""

    name: str
    update: Update | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A measure that the person reports on, in a round that is open today.

    Attributes:
        holder: in whose place the person reports on it (รักษาราชการแทน); None for the person's own measures. What
            is said of the person's update and draft is then said of the holder's.
        update: the person's update in force in this round (submitted; perhaps returned), None when missing.
        draft_id: the person's draft for it, when there is one.
        others: who else reports on the same measure, in settled order.
        previous: as of a draft: the 6-month update whose texts a 12-month draft may start from.
        asks_output: whether the agency's table has the ผลผลิต column.
    """

    agency: Agency
    measure: Measure
    round: Round
    update: Update | None = None
    draft_id: UpdateId | None = None
    others: tuple[OtherPart, ...] = ()
    holder: Person | None = None
    previous: Update | None = None
    asks_output: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The draft that the chat is about.

    Attributes:
        update: what has been accepted so far.
        pending: messages of the answer being given, in order, not yet ended by เสร็จแล้ว.
        previous: for a 12-month draft, the update of the 6-month round: the same officer's, else anybody's.
        asks_output: whether the agency's table has the ผลผลิต column.
        replaces: the submitted update which this draft corrects, if any.
        thai_digits: whether the agency's reports show Thai digits.
        holder: in whose place the person reports; None where it is the person's own.
        others: who else reports on the same measure, in settled order.
        links: where stored pieces of evidence can be seen for a while; only while evidence is looked through.
    """

    agency: Agency
    measure: Measure
    round: Round
    update: Update
    pending: Mapping[Answer, tuple[str, ...]] = field(default_factory=dict)
    previous: Update | None = None
    asks_output: bool = False
    replaces: UpdateId | None = None
    thai_digits: bool = True
    holder: Person | None = None
    others: tuple[OtherPart, ...] = ()
    links: Mapping[EvidenceId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSeen:
    """The text of this event is shaped like an invite code; `invite` is set only for a living one."""

    invite: Invite | None
    agency: Agency | None = None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingMeasure:
    """A measure whose report is missing in a round, and from whom."""

    no: int
    title: str
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How complete an agency's round is; `round` is open, or the one that closed last."""

    agency: Agency
    round: Round
    total: int
    reported: int
    missing: tuple[MissingMeasure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCard:
    """A pending update that the person may accept or return (head or admin)."""

    agency: Agency
    measure: Measure
    round: Round
    update: Update
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignCard:
    """A step of a sign-off that waits for the person.

    Attributes:
        since: from when on it waits.
        shown: what its card shows, by name.
        newer: the report was compiled anew with other content meanwhile.
        last_opinion: what the person said when they signed last.
    """

    agency: Agency
    sign_off: SignOff
    since: datetime
    shown: Mapping[str, object]
    newer: bool = False
    last_opinion: str | None = None

    @property
    def key(self) -> str:
        """Names the step among all sign-offs."""
        return f"{self.sign_off.id}:{self.sign_off.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSeen:
    """One reason in a reminder that the person got."""

    day: date
    why: str
    round_no: int
    measures: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody else of one of the person's agencies, who can be reached.

    Attributes:
        away: first and last days in which others act for them.
    """

    person: Person
    agency: Agency
    away: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinAsked:
    """Somebody without a code asks to be let in; `name` as they typed it."""

    id: JoinRequestId
    agency: Agency
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSeen:
    """Measures offered to the person, or by the person; `other` is the name of the other one."""

    id: HandoverId
    other: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPost:
    """Somebody acts for the person, now or later."""

    id: ActingPostId
    agency: Agency
    acting: Person
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SentUpdate:
    """An update that the person submitted, in force or replaced since."""

    agency: Agency
    measure: Measure
    update: Update


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningCard:
    """A request to open a locked measure again, for its admin to answer."""

    request: Reopening
    measure: Measure
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMeasure:
    """A measure of this fiscal year, or of an open round, that the person reports on; its round may be far away."""

    agency: Agency
    measure: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """What a message that is being taken back was part of.

    Attributes:
        left: it was in something that is still the person's own: a draft, or the inbox of evidence.
        sent: numbers of the measures whose submitted updates hold it, and keep it.
    """

    left: bool = False
    sent: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that one turn may look at.

    Attributes:
        person: None until an invite code was redeemed in this chat.
        rounds: every round of the person's agencies (default or set dates) that may matter near today.
        tasks: every measure the person reports on in rounds open today, earliest due first, then by number.
        draft: the draft that `state.draft` points at; None when it is gone or its round has locked.
        locked: the measure and round of the draft that `state.draft` points at, when that round is not open.
        drafts: the person's other drafts in open rounds, to go on with when their measure is picked.
        last_sent: the person's updates in force that can still be corrected (their rounds are open), the one
            sent back last first, then newest first.
        code: set when this event's text is shaped like an invite code.
        wrong_codes: wrong codes from this chat within the last hour.
        completeness: one per agency and round that the person may ask about.
        reviews: pending updates that the person may decide on, oldest first.
        signings: steps of sign-offs that wait for the person, oldest first.
        last_call_on: loaded for เลื่อนเตือน and วันลา: the day of the next last call about missing work, past which no
            snooze reaches and which is heard in spite of a leave.
        leave: loaded for วันลา and ทำไมจึงเตือน: the first and last day of the person's leave that is not over.
        quiet: loaded for ไม่รบกวน and ทำไมจึงเตือน: the person's own hours in which nothing is said.
        snoozed_until: loaded with `last_reminder`: the first day on which the person wants to hear again.
        last_reminder: loaded when the person asks why they were reminded: the reasons of the last reminder.
        group: loaded for เชื่อมกลุ่ม: the group that the person asked to link and has still to say for which agency.
        colleagues: loaded when the person speaks of them: whom work can be given to, by agency and name.
        own_measures: loaded with them: what the person could hand over.
        own_offers: loaded with them: what the person offered and nobody answered yet.
        offers: loaded when the person answers one: what is offered to them, oldest first.
        join_requests: who asks to be let into an agency of which the person is admin, oldest first.
        join_waits: of a chat that has not joined: its request that waits.
        joins_today: of such a chat: how often it asked within the last day.
        joinable: of such a chat, while it asks: the agencies that its channel serves.
        own_posts: loaded with them: who acts for the person, now or later.
        kept: the person's inbox of evidence.
        kept_links: where its stored pieces can be seen for a while; only while one is looked at.
        measures: what evidence of the inbox can be put to.
        more_coming: the next unread event of this chat is a photo or file too: this one needs no answer of its own.
        unsent: set when this event takes a message back.
        locked_work: loaded where a change is spoken of: the person's measures in the round that locked last.
        reopenings: loaded where they are spoken of: requests that wait for this admin, oldest first.
        history: loaded for ประวัติ: what the person submitted, newest first.
        practice: in a practice round: what was said in it so far.
        practising: these facts are the invented ones of a practice round.
        base_url: how phones reach the web pages, without a trailing slash.
    """

    person: Person | None = None
    hats: tuple[Hat, ...] = ()
    rounds: tuple[Round, ...] = ()
    tasks: tuple[Task, ...] = ()
    draft: Draft | None = None
    locked: Task | None = None
    drafts: tuple[Draft, ...] = ()
    last_sent: tuple[Task, ...] = ()
    code: CodeSeen | None = None
    wrong_codes: int = 0
    completeness: tuple[Completeness, ...] = ()
    reviews: tuple[ReviewCard, ...] = ()
    signings: tuple[SignCard, ...] = ()
    last_call_on: date | None = None
    leave: tuple[date, date] | None = None
    quiet: tuple[time, time] | None = None
    snoozed_until: date | None = None
    last_reminder: tuple[ReminderSeen, ...] = ()
    group: ChatId | None = None
    colleagues: tuple[Colleague, ...] = ()
    own_posts: tuple[OwnPost, ...] = ()
    kept: tuple[KeptEvidence, ...] = ()
    kept_links: Mapping[EvidenceId, str] = field(default_factory=dict)
    measures: tuple[OwnMeasure, ...] = ()
    own_measures: tuple[Measure, ...] = ()
    own_offers: tuple[OfferSeen, ...] = ()
    offers: tuple[OfferSeen, ...] = ()
    join_requests: tuple[JoinAsked, ...] = ()
    join_waits: JoinAsked | None = None
    joins_today: int = 0
    joinable: tuple[Agency, ...] = ()
    more_coming: bool = False
    unsent: Unsent | None = None
    locked_work: tuple[Task, ...] = ()
    reopenings: tuple[ReopeningCard, ...] = ()
    history: tuple[SentUpdate, ...] = ()
    practice: Mapping[str, object] | None = None
    practising: bool = False
    base_url: str = ""

    def roles(self) -> frozenset[Role]:
        """Every role the person holds anywhere."""
        return frozenset(role for hat in self.hats for role in hat.roles)
