"""Carry out what a turn decided, inside its transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.conversation import effects as do
from bot.conversation.events import Event
from bot.domain.errors import NotFound
from bot.domain.people import PersonId
from bot.domain.reopenings import Reopening, ReopeningId
from bot.domain.updates import Answer, EvidenceId, MediaState, Update, UpdateId
from bot.jobs import COMPILE_REPORT, DELIVER, FETCH_MEDIA, LINK_MENUS
from bot.ports.outside import Ids, Keyed
from bot.ports.records import Chat
from bot.ports.store import UnitOfWork
from bot.services.accept_answer import accept_answer, take_back
from bot.services.acting import change_acting
from bot.services.apply_people import apply_about_people
from bot.services.compile_report import PROGRESS_FORMATS, queue_report
from bot.services.notices import Notices
from bot.services.redeem_invite import redeem_invite
from bot.services.reminder_choices import go_on_leave, keep_quiet, snooze
from bot.services.reopen import answer_reopening, ask_reopening
from bot.services.review_update import decide_review, submit_update
from bot.services.sign_off import return_sign_off, sign_step
from bot.services.signed_links import SignedLinks
from bot.services.take_group_turn import link_group

SIGN_IN_LIFE = timedelta(minutes=10)

Hint = tuple[str, str]
"""A job to ask for after the commit: its name and its one argument."""


@dataclass(slots=True, kw_only=True)
class Turn:
    """One transaction's worth of carrying out; `hints` collects jobs, `freed` media keys to delete after."""

    uow: UnitOfWork
    chat: Chat
    event: Event
    ids: Ids
    keyed: Keyed
    notices: Notices
    hints: list[Hint]
    freed: list[str]
    base_url: str = ""

    @property
    def person_id(self) -> PersonId | None:
        """Whose chat it is."""
        return self.chat.person_id

    @property
    def links(self) -> SignedLinks:
        """Links to stored files."""
        return SignedLinks(keyed=self.keyed, base_url=self.base_url)


def apply_effects(turn: Turn, effects: Sequence[do.Effect]) -> None:
    """Carry out every effect in order."""
    for effect in effects:
        _carry_out(turn, effect)


def _carry_out(turn: Turn, effect: do.Effect) -> None:
    uow = turn.uow
    match effect:
        case do.RedeemInvite(invite_id=invite_id):
            redeem_invite(uow, turn.ids, turn.chat, invite_id, turn.event.at)
            turn.hints.append((LINK_MENUS, turn.chat.channel_id))
        case do.CountWrongCode():
            uow.people.add_wrong_code(turn.chat.id, turn.event.at)
        case do.StartDraft():
            _start_draft(turn, effect)
        case do.SetStatus(update_id=update_id, status=status):
            _change(uow, update_id, lambda u: replace(u, status=status))
        case do.AddPart(update_id=update_id, answer=answer, text=text, message_id=message_id):
            uow.updates.add_part(update_id, answer, text, message_id)
        case do.SetAnswer(update_id=update_id, answer=answer, text=answer_text, message_id=message_id):
            accept_answer(uow, update_id, answer, answer_text, message_id)
        case do.ForgetParts(update_id=update_id, answer=answer):
            uow.updates.forget_parts(update_id, answer)
        case do.DropPart(message_id=message_id):
            turn.freed += uow.updates.take_back(turn.chat.id, message_id)
        case do.MendParts(update_id=update_id, answer=answer, texts=texts):
            for sent, mended in texts.items():
                uow.updates.mend_part(update_id, answer, sent, mended)
        case do.SetExpectedOn(update_id=update_id, day=day):
            _change(uow, update_id, lambda u: _with_expected_on(u, day))
        case do.CopyAnswers(update_id=update_id, source=source):
            _copy_answers(turn, update_id, source)
        case do.AddEvidence(update_id=update_id, evidence=evidence):
            uow.updates.add_evidence(update_id, evidence, turn.chat.id)
            if evidence.media is MediaState.WANTED:
                turn.hints.append((FETCH_MEDIA, evidence.id))
        case do.AskReopening():
            request = Reopening(
                id=ReopeningId(turn.event.id),
                agency_id=effect.agency_id,
                measure_id=effect.measure_id,
                round_no=effect.round_no,
                person_id=effect.person_id,
                reason=effect.reason,
                asked_at=turn.event.at,
            )
            turn.hints += [(DELIVER, chat_id) for chat_id in ask_reopening(uow, turn.notices, request)]
        case do.AnswerReopening(reopening_id=reopening_id, allow=allow):
            if turn.person_id is not None:
                turn.hints += _answered(turn, reopening_id, allow=allow)
        case do.SavePractice(content=content):
            uow.chats.save_practice(turn.chat.id, content)
        case do.KeepEvidence(evidence=evidence, measure_id=measure_id):
            if turn.person_id is not None:
                uow.inbox.keep(turn.person_id, evidence, measure_id, turn.chat.id)
                turn.hints += [(FETCH_MEDIA, evidence.id)] if evidence.media is MediaState.WANTED else []
        case do.PutEvidence(evidence_ids=evidence_ids, measure_id=measure_id):
            if turn.person_id is not None:
                uow.inbox.put(turn.person_id, evidence_ids, measure_id)
        case do.UseKept(update_id=update_id, pieces=pieces):
            if turn.person_id is not None:
                uow.inbox.use(turn.person_id, [piece.id for piece in pieces], update_id)
        case do.CaptionEvidence(evidence_id=evidence_id, caption=caption):
            piece = uow.updates.evidence(evidence_id)
            if piece is not None:
                uow.updates.save_evidence(replace(piece, caption=caption or None))
        case do.RemoveEvidence(evidence_id=evidence_id):
            piece = uow.updates.evidence(evidence_id)
            uow.updates.remove_evidence(evidence_id)
            turn.freed += [piece.stored_as] if piece is not None and piece.stored_as else []
        case do.OrderEvidence(update_id=update_id, order=order):
            uow.updates.order_evidence(update_id, order)
        case do.TakeBack(message_id=message_id):
            turn.freed += take_back(uow, turn.chat.id, message_id)
        case do.SubmitUpdate(update_id=update_id):
            told = submit_update(uow, turn.notices, update_id, turn.event.at, by=turn.person_id)
            turn.hints += [(DELIVER, chat_id) for chat_id in told]
        case do.DropDraft(update_id=update_id):
            uow.updates.delete(update_id)
        case do.DecideReview(update_id=update_id, accept=accept, reason=reason):
            if turn.person_id is not None:
                told = decide_review(uow, turn.notices, update_id, turn.person_id, accept=accept, reason=reason)
                turn.hints += [(DELIVER, chat_id) for chat_id in told]
        case do.SignStep(sign_off_id=sign_off_id, place=place, opinion=opinion):
            if turn.person_id is not None:
                told = sign_step(uow, turn.notices, turn.links, sign_off_id, place, turn.person_id, opinion)
                turn.hints += [(DELIVER, chat_id) for chat_id in told]
        case do.ReturnSignOff(sign_off_id=sign_off_id, place=place, reason=reason):
            if turn.person_id is not None:
                told = return_sign_off(uow, turn.notices, sign_off_id, place, turn.person_id, reason)
                turn.hints += [(DELIVER, chat_id) for chat_id in told]
        case do.IssueSignIn(token=token):
            if turn.person_id is not None:
                token_hash = turn.keyed.hash("sign-in", token)
                uow.people.add_sign_in(token_hash, turn.person_id, turn.event.at + SIGN_IN_LIFE)
        case do.RequestCompile(agency_id=agency_id, fiscal_year=fiscal_year, round_no=round_no):
            run = queue_report(
                uow,
                turn.ids,
                turn.notices.clock,
                agency_id,
                fiscal_year,
                round_no,
                formats=PROGRESS_FORMATS,
                requested_by=turn.person_id,
                chat_id=turn.chat.id,
            )
            turn.hints.append((COMPILE_REPORT, run.id))
        case do.LinkGroup(group=chat_id, agency_id=agency_id):
            group = uow.groups.get(chat_id)
            if group is not None:
                link_group(uow, turn.ids, group, agency_id, turn.person_id, turn.event.at)
        case do.Snooze(until=until):
            if turn.person_id is not None:
                snooze(uow, turn.person_id, until)
        case do.SetLeave(first=first, last=last):
            if turn.person_id is not None:
                go_on_leave(uow, turn.person_id, first, last)
        case do.SetQuiet(begins=begins, ends=ends):
            if turn.person_id is not None:
                keep_quiet(uow, turn.person_id, begins, ends)
        case do.SetLanguage(language=language):
            if turn.person_id is not None:
                uow.people.set_language(turn.person_id, language)
                turn.hints.append((LINK_MENUS, turn.chat.channel_id))
        case do.RequestJoin() | do.ForgetJoin() | do.DecideJoin() | do.OfferHandover() | do.SettleHandover():
            told = apply_about_people(uow, turn.notices, turn.chat, turn.event.at, effect)
            turn.hints += [*((DELIVER, chat_id) for chat_id in told), (LINK_MENUS, turn.chat.channel_id)]
        case do.StartActing() | do.EndActing():
            told = change_acting(turn.uow, turn.notices, turn.event.at, turn.person_id, effect)
            turn.hints += [*((DELIVER, chat_id) for chat_id in told), (LINK_MENUS, turn.chat.channel_id)]
        case do.SetBlocked(blocked=blocked):
            _set_blocked(turn, blocked)


def _set_blocked(turn: Turn, blocked: bool) -> None:
    """Note it, unless it comes late: who did anything since is there, and who blocked the bot since is not."""
    if turn.uow.chats.happened_after(turn.chat.id, turn.event.at, None if blocked else "unfollow"):
        return
    turn.uow.chats.set_blocked(turn.chat.id, blocked)
    turn.uow.menus.forget_shown(turn.chat.id)
    turn.hints += [] if blocked else [(LINK_MENUS, turn.chat.channel_id)]


def _answered(turn: Turn, reopening_id: ReopeningId, *, allow: bool) -> list[Hint]:
    """Somebody else may have answered it meanwhile; then nothing is to be done."""
    if turn.person_id is None:
        return []
    try:
        _, told = answer_reopening(
            turn.uow, turn.notices, turn.notices.clock.now(), turn.person_id, reopening_id, allow=allow
        )
    except NotFound:
        return []
    return [(DELIVER, chat_id) for chat_id in told]


def _change(uow: UnitOfWork, update_id: UpdateId, change: Callable[[Update], Update]) -> None:
    update = uow.updates.get(update_id)
    if update is not None:
        uow.updates.save(change(update))


def _with_expected_on(update: Update, day: date | None) -> Update:
    return replace(update, expected_on=day)


def _start_draft(turn: Turn, effect: do.StartDraft) -> None:
    if turn.person_id is None:
        return
    draft = Update(
        id=effect.update_id,
        measure_id=effect.measure_id,
        round_no=effect.round_no,
        person_id=effect.holder or turn.person_id,
        started_at=turn.event.at,
    )
    turn.uow.updates.add(draft, replaces=effect.replaces)
    if effect.copy_of is not None:
        _copy_answers(turn, draft.id, effect.copy_of)


def _copy_answers(turn: Turn, into: UpdateId, source_id: UpdateId) -> None:
    updates = turn.uow.updates
    source, draft = updates.get(source_id), updates.get(into)
    if source is None or draft is None:
        return
    for piece in draft.evidence:
        updates.remove_evidence(piece.id)
    for answer in Answer:
        updates.accept_parts(into, answer, ())
    updates.save(
        replace(
            draft,
            status=source.status,
            summary=source.summary,
            output=source.output,
            outcome=source.outcome,
            obstacles=source.obstacles,
            remark=source.remark,
            expected_on=source.expected_on,
        )
    )
    updates.copy_evidence(source_id, into, [EvidenceId(turn.ids.new()) for _ in source.evidence])
