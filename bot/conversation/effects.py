"""What a turn decided to change, in the imperative; `services.take_turn` carries each out in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from bot.domain.acting import ActingPostId
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.joining import HandoverId, JoinRequestId, Offer
from bot.domain.people import ChatId, InviteId, PersonId
from bot.domain.plans import MeasureId
from bot.domain.reopenings import ReopeningId
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import SignOffId
from bot.domain.updates import Answer, Evidence, EvidenceId, Status, UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemInvite:
    """Give the chat's person the invite's role and measures, making the chat theirs."""

    invite_id: InviteId


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWrongCode:
    """Remember that this chat sent a code that does not live."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDraft:
    """Make a draft; with `copy_of`, holding that update's status, answers and evidence.

    `replaces` marks a correction of a submitted update of the same round; `holder` whose it is when somebody acts
    in their place.
    """

    update_id: UpdateId
    measure_id: MeasureId
    round_no: RoundNo
    copy_of: UpdateId | None = None
    replaces: UpdateId | None = None
    holder: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus:
    """Accept the status."""

    update_id: UpdateId
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPart:
    """Keep one message of the answer being given, exactly as cleaned."""

    update_id: UpdateId
    answer: Answer
    text: str
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAnswer:
    """Accept an answer (None empties it); its parts are being given no more.

    `message_id` is the message that gave the text, or the end of it, where that was not sent as parts.
    """

    update_id: UpdateId
    answer: Answer
    text: str | None
    message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetParts:
    """Drop what was being typed; the accepted answer stays."""

    update_id: UpdateId
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPart:
    """Forget the last message of the answer being given: it was meant as a chat word."""

    update_id: UpdateId
    answer: Answer
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MendParts:
    """Put each message of the answer being given in its mended form; `texts` maps what was sent to that."""

    update_id: UpdateId
    answer: Answer
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetExpectedOn:
    """Accept the day on which the measure will start; None empties it."""

    update_id: UpdateId
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyAnswers:
    """Fill a draft with another update's status, answers and evidence, replacing what is there."""

    update_id: UpdateId
    source: UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvidence:
    """Add a piece of evidence; with media WANTED its bytes are fetched at once by a job of their own."""

    update_id: UpdateId
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepEvidence:
    """Add a piece to the person's inbox of evidence; its bytes are fetched as those of any other."""

    evidence: Evidence
    measure_id: MeasureId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutEvidence:
    """Say for which measure pieces of the inbox are."""

    evidence_ids: tuple[EvidenceId, ...]
    measure_id: MeasureId


@dataclass(frozen=True, slots=True, kw_only=True)
class UseKept:
    """Move pieces of the inbox into the draft."""

    update_id: UpdateId
    pieces: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionEvidence:
    """Set the caption of a piece."""

    evidence_id: EvidenceId
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveEvidence:
    """Take a piece out of the draft."""

    evidence_id: EvidenceId


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvidence:
    """Put the draft's pieces in this order; `order` names them all."""

    update_id: UpdateId
    order: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Remove from drafts and the store whatever came in this message (LINE's unsend); what was submitted stays."""

    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitUpdate:
    """Submit the draft; it supersedes the officer's earlier update of the same measure and round."""

    update_id: UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDraft:
    """Delete the draft with its parts and evidence."""

    update_id: UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReview:
    """Accept a pending update, or return it with a reason."""

    update_id: UpdateId
    accept: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignStep:
    """Sign a waiting step of a sign-off, with an opinion or without; nothing takes that back."""

    sign_off_id: SignOffId
    place: int
    opinion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSignOff:
    """End a sign-off with a reason at its waiting step."""

    sign_off_id: SignOffId
    place: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSignIn:
    """Let this token sign the person in once, within 10 minutes."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCompile:
    """Compile a round's progress report and send the person its link."""

    agency_id: AgencyId
    fiscal_year: FiscalYear
    round_no: RoundNo


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGroup:
    """Let the group serve the agency."""

    group: ChatId
    agency_id: AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Remind the person of nothing before that day, but for last calls."""

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLeave:
    """Remind the person of nothing on these days, but for last calls; None ends the leave."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetQuiet:
    """Say nothing to the person within these hours of any day; None takes them back."""

    begins: time | None
    ends: time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestJoin:
    """Ask an agency's admins to let this chat in, under a name as it was typed."""

    agency_id: AgencyId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetJoin:
    """Take this chat's pending request back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideJoin:
    """Let somebody in, or not."""

    request_id: JoinRequestId
    agency_id: AgencyId
    approve: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferHandover:
    """Ask a colleague to take measures over."""

    agency_id: AgencyId
    taker_id: PersonId
    measure_ids: tuple[MeasureId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleHandover:
    """Take an offer, decline it, or withdraw one's own."""

    handover_id: HandoverId
    state: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLanguage:
    """Speak th or en to the person from this very answer on."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartActing:
    """Let a colleague act for the person, both days included."""

    agency_id: AgencyId
    acting_id: PersonId
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndActing:
    """Let nobody act for the person any more."""

    post_id: ActingPostId
    agency_id: AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBlocked:
    """Note that the person blocked the bot, or is back."""

    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePractice:
    """Keep what was said in the practice round as a note of this chat; None forgets it."""

    content: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReopening:
    """Ask the agency's admins to let somebody report again on a measure whose round has locked."""

    agency_id: AgencyId
    measure_id: MeasureId
    round_no: RoundNo
    person_id: PersonId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReopening:
    """Let them, for the usual days, or not; the officer is told."""

    reopening_id: ReopeningId
    allow: bool


Effect = (
    RedeemInvite
    | CountWrongCode
    | StartDraft
    | SetStatus
    | AddPart
    | SetAnswer
    | ForgetParts
    | DropPart
    | MendParts
    | SetExpectedOn
    | CopyAnswers
    | SavePractice
    | AskReopening
    | AnswerReopening
    | AddEvidence
    | KeepEvidence
    | PutEvidence
    | UseKept
    | CaptionEvidence
    | RemoveEvidence
    | OrderEvidence
    | TakeBack
    | SubmitUpdate
    | DropDraft
    | DecideReview
    | SignStep
    | ReturnSignOff
    | IssueSignIn
    | RequestCompile
    | LinkGroup
    | Snooze
    | SetLeave
    | SetQuiet
    | RequestJoin
    | ForgetJoin
    | DecideJoin
    | OfferHandover
    | SettleHandover
    | SetLanguage
    | StartActing
    | EndActing
    | SetBlocked
)
