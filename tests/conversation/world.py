"""A small world in memory: carries out the conversation's effects and loads its facts, as the services do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.conversation import effects as do
from bot.conversation import words
from bot.conversation.events import Event, MessageUnsent, TextReceived
from bot.conversation.facts import (
    CodeSeen,
    Colleague,
    Completeness,
    Draft,
    Facts,
    Hat,
    JoinAsked,
    MissingMeasure,
    OfferSeen,
    OtherPart,
    OwnMeasure,
    OwnPost,
    ReminderSeen,
    ReopeningCard,
    ReviewCard,
    SentUpdate,
    SignCard,
    Task,
    Unsent,
)
from bot.conversation.sent_parts import SentPart, accepted, joined
from bot.conversation.types import State
from bot.domain.acting import ActingPostId
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import BANGKOK, bangkok_day
from bot.domain.joining import HandoverId, JoinRequestId
from bot.domain.people import ChatId, Invite, Person, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.reopenings import Reopening, ReopeningId
from bot.domain.rounds import Round, RoundNo, last_closed, open_rounds
from bot.domain.sign_off import ActingAs
from bot.domain.updates import Answer, EvidenceId, EvidenceKind, KeptEvidence, Review, Stage, Status, Update, UpdateId
from tests import builders


@dataclass(slots=True, kw_only=True)
class World:
    """One chat's world."""

    now: datetime = builders.NOW
    person: Person | None = builders.PERSON
    roles: dict[str, set[Role]] = field(default_factory=lambda: {builders.AGENCY.id: {Role.OFFICER}})
    agencies: dict[str, Agency] = field(default_factory=lambda: {builders.AGENCY.id: builders.AGENCY})
    measures: list[Measure] = field(default_factory=lambda: [builders.measure()])
    rounds: list[Round] = field(default_factory=lambda: [builders.round_(no) for no in RoundNo])
    updates: dict[str, Update] = field(default_factory=dict)
    parts: dict[str, list[tuple[Answer, str, str]]] = field(default_factory=dict)
    reopenings: list[ReopeningCard] = field(default_factory=list)
    asked_again: list[do.AskReopening] = field(default_factory=list)
    practice: Mapping[str, object] | None = None
    kept: list[KeptEvidence] = field(default_factory=list)
    sent_parts: dict[tuple[str, Answer], tuple[SentPart, ...]] = field(default_factory=dict)
    replaces: dict[str, UpdateId] = field(default_factory=dict)
    invites: dict[str, Invite] = field(default_factory=dict)
    wrong_codes: list[datetime] = field(default_factory=list)
    reviewed: list[Update] = field(default_factory=list)
    signing: list[SignCard] = field(default_factory=list)
    last_opinion: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    asks_output: bool = False
    thai_digits: bool = True
    copies: int = 0
    last_call_on: date | None = None
    leave: tuple[date, date] | None = None
    quiet: tuple[time, time] | None = None
    last_reminder: tuple[ReminderSeen, ...] = ()
    group: ChatId | None = None
    others: dict[str, tuple[OtherPart, ...]] = field(default_factory=dict)
    holders: dict[str, Person] = field(default_factory=dict)
    colleagues: tuple[Colleague, ...] = ()
    own_posts: tuple[OwnPost, ...] = ()
    own_offers: tuple[OfferSeen, ...] = ()
    offers: tuple[OfferSeen, ...] = ()
    join_requests: tuple[JoinAsked, ...] = ()
    joinable: tuple[Agency, ...] = ()
    joins: list[JoinAsked] = field(default_factory=list)
    join_waits: JoinAsked | None = None

    @property
    def today(self) -> date:
        return bangkok_day(self.now)

    # ---- facts -------------------------------------------------------------------------------------------------

    def facts(self, state: State, event: Event) -> Facts:
        state = State.from_json(state.practice) if state.practice else state
        code = self._code(event)
        recent = [at for at in self.wrong_codes if event.at - at < timedelta(hours=1)]
        if self.person is None:
            return Facts(
                code=code,
                wrong_codes=len(recent),
                rounds=tuple(self.rounds) if code else (),
                joinable=self.joinable,
                joins_today=len(self.joins),
                join_waits=self.join_waits,
            )
        drafts = [found for update in self._drafts() if (found := self._draft(update))]
        return Facts(
            person=self.person,
            hats=tuple(Hat(agency=self.agencies.get(a), roles=frozenset(r)) for a, r in sorted(self.roles.items())),
            rounds=tuple(self.rounds),
            tasks=self._tasks(),
            draft=next((d for d in drafts if d.update.id == state.draft), None),
            locked=self._locked(state),
            drafts=tuple(drafts),
            last_sent=tuple(sorted((t for t in self._tasks() if t.update), key=self._sent_order)),
            code=code,
            wrong_codes=len(recent),
            completeness=self._completeness(),
            reviews=self._reviews(),
            signings=self._signings(),
            last_call_on=self.last_call_on,
            leave=self.leave,
            quiet=self.quiet,
            last_reminder=self.last_reminder,
            group=self.group,
            colleagues=self.colleagues,
            own_posts=self.own_posts,
            kept=tuple(self.kept),
            practice=self.practice,
            history=self._history(),
            locked_work=self._locked_work(),
            reopenings=tuple(self.reopenings),
            measures=tuple(OwnMeasure(agency=self.agencies[m.agency_id], measure=m) for m in self._mine()),
            own_measures=tuple(self._mine()),
            own_offers=self.own_offers,
            offers=self.offers,
            join_requests=self.join_requests,
            unsent=self._unsent(event),
            base_url="https://kaona.example",
        )

    def _code(self, event: Event) -> CodeSeen | None:
        code = words.code_shape(event.text) if isinstance(event, TextReceived) else None
        if code is None:
            return None
        invite = self.invites.get(code)
        if invite is None:
            return CodeSeen(invite=None)
        agency = self.agencies.get(invite.agency_id or "", builders.AGENCY)
        return CodeSeen(
            invite=invite, agency=agency, measures=tuple(m for m in self.measures if m.id in invite.measure_ids)
        )

    def _open(self) -> list[Round]:
        return open_rounds(self.rounds, self.today)

    def _mine(self) -> list[Measure]:
        mine = [a for a, roles in self.roles.items() if Role.OFFICER in roles]
        return [measure for measure in self.measures if measure.agency_id in mine]

    def _tasks(self) -> tuple[Task, ...]:
        return tuple(
            Task(
                agency=self.agencies[measure.agency_id],
                measure=measure,
                round=round_,
                update=self._in_force(measure, round_.no),
                draft_id=next((d.id for d in self._drafts() if self._is(d, measure, round_.no)), None),
                previous=self._in_force(measure, RoundNo.SIX) if round_.no is RoundNo.TWELVE else None,
                asks_output=self.asks_output,
                others=self.others.get(measure.id, ()),
                holder=self.holders.get(measure.id),
            )
            for round_ in self._open()
            for measure in self._mine()
            if (measure.agency_id, measure.fiscal_year) == (round_.agency_id, round_.fiscal_year)
        )

    @staticmethod
    def _is(update: Update, measure: Measure, no: RoundNo) -> bool:
        return (update.measure_id, update.round_no) == (measure.id, no)

    def _drafts(self) -> list[Update]:
        return [u for u in self.updates.values() if u.stage is Stage.DRAFT]

    def _in_force(self, measure: Measure, no: RoundNo) -> Update | None:
        found = [u for u in self.updates.values() if u.stage is Stage.SUBMITTED and self._is(u, measure, no)]
        return found[-1] if found else None

    @staticmethod
    def _sent_order(task: Task) -> tuple[bool, float]:
        assert task.update is not None
        at = task.update.submitted_at
        return task.update.review is not Review.RETURNED, -(at.timestamp() if at else 0.0)

    def _draft(self, update: Update) -> Draft | None:
        measure = next(m for m in self.measures if m.id == update.measure_id)
        round_ = next((r for r in self._open() if (r.agency_id, r.no) == (measure.agency_id, update.round_no)), None)
        if round_ is None:
            return None
        pending: dict[Answer, tuple[str, ...]] = {}
        for answer, text, _ in self.parts.get(update.id, []):
            pending[answer] = (*pending.get(answer, ()), text)
        return Draft(
            agency=self.agencies[measure.agency_id],
            measure=measure,
            round=round_,
            update=update,
            pending=pending,
            previous=self._in_force(measure, RoundNo.SIX) if update.round_no is RoundNo.TWELVE else None,
            asks_output=self.asks_output,
            replaces=self.replaces.get(update.id),
            thai_digits=self.thai_digits,
            others=self.others.get(measure.id, ()),
            holder=self.holders.get(measure.id),
        )

    def _locked(self, state: State) -> Task | None:
        update = next((d for d in self._drafts() if d.id == state.draft), None)
        if update is None or self._draft(update) is not None:
            return None
        measure = next(m for m in self.measures if m.id == update.measure_id)
        round_ = next(r for r in self.rounds if (r.agency_id, r.no) == (measure.agency_id, update.round_no))
        return Task(agency=self.agencies[measure.agency_id], measure=measure, round=round_)

    def _completeness(self) -> tuple[Completeness, ...]:
        found = []
        for agency_id in sorted(self.roles):
            rounds = [r for r in self.rounds if r.agency_id == agency_id]
            closed = last_closed(rounds, self.today)
            for round_ in open_rounds(rounds, self.today) or ([closed] if closed else []):
                measures = [m for m in self.measures if m.agency_id == agency_id]
                missing = [m for m in measures if not self._in_force(m, round_.no)]
                found.append(
                    Completeness(
                        agency=self.agencies[agency_id],
                        round=round_,
                        total=len(measures),
                        reported=len(measures) - len(missing),
                        missing=tuple(MissingMeasure(no=m.no, title=m.title, officers=("สมชาย รักดี",)) for m in missing),
                    )
                )
        return tuple(found)

    def _reviews(self) -> tuple[ReviewCard, ...]:
        mine = {a for a, roles in self.roles.items() if roles & {Role.HEAD, Role.ADMIN}}
        cards = []
        for update in self.reviewed:
            measure = next(m for m in self.measures if m.id == update.measure_id)
            if measure.agency_id in mine and update.review is Review.PENDING:
                cards.append(
                    ReviewCard(
                        agency=self.agencies[measure.agency_id],
                        measure=measure,
                        round=builders.round_(update.round_no),
                        update=update,
                        officer=self.names.get(update.person_id, "สมชาย รักดี"),
                    )
                )
        return tuple(cards)

    def _signings(self) -> tuple[SignCard, ...]:
        return tuple(replace(card, last_opinion=self.last_opinion) for card in self.signing)

    # ---- effects -----------------------------------------------------------------------------------------------

    def apply(self, effects: Sequence[do.Effect]) -> None:
        for effect in effects:
            self._apply(effect)

    def _apply(self, effect: do.Effect) -> None:
        match effect:
            case do.RedeemInvite(invite_id=invite_id):
                code = next(c for c, i in self.invites.items() if i.id == invite_id)
                invite = self.invites.pop(code)
                self.person = self.person or Person(id=invite.person_id, name=invite.name)
                self.roles.setdefault(invite.agency_id or "", set()).add(invite.role)
            case do.CountWrongCode():
                self.wrong_codes.append(self.now)
            case do.StartDraft():
                self._start(effect)
            case do.AskReopening():
                self.asked_again.append(effect)
            case do.AnswerReopening(reopening_id=reopening_id):
                self.reopenings = [card for card in self.reopenings if card.request.id != reopening_id]
            case do.SavePractice(content=content):
                self.practice = json.loads(json.dumps(content))
            case do.DropDraft(update_id=update_id):
                del self.updates[update_id]
                self.parts.pop(update_id, None)
            case do.SubmitUpdate(update_id=update_id):
                self._submit(update_id)
            case do.DecideReview(update_id=update_id, accept=accept, reason=reason):
                review = Review.ACCEPTED if accept else Review.RETURNED
                self.reviewed = [
                    replace(u, review=review, review_reason=reason) if u.id == update_id else u for u in self.reviewed
                ]
            case do.SetLeave(first=first, last=last):
                self.leave = (first, last) if first and last else None
            case do.SetQuiet(begins=begins, ends=ends):
                self.quiet = (begins, ends) if begins and ends else None
            case do.LinkGroup(group=group):
                assert group == self.group
                self.group = None
            case do.StartActing(acting_id=acting_id, first_on=first, last_on=last):
                colleague = next(c for c in self.colleagues if c.person.id == acting_id)
                post = OwnPost(
                    id=ActingPostId("post-1"),
                    agency=colleague.agency,
                    acting=colleague.person,
                    first_on=first,
                    last_on=last,
                )
                self.own_posts = (post,)
            case do.RequestJoin(agency_id=agency_id, name=name):
                agency = next(a for a in self.joinable if a.id == agency_id)
                self.join_waits = JoinAsked(id=JoinRequestId("ask"), agency=agency, name=name)
                self.joins.append(self.join_waits)
            case do.ForgetJoin():
                self.join_waits = None
            case do.DecideJoin(request_id=request_id):
                self.join_requests = tuple(each for each in self.join_requests if each.id != request_id)
            case do.OfferHandover(taker_id=taker_id, measure_ids=ids):
                taker = next(c.person.name for c in self.colleagues if c.person.id == taker_id)
                self.own_offers = (OfferSeen(id=HandoverId("over"), other=taker, count=len(ids)),)
            case do.SettleHandover(handover_id=handover_id):
                self.own_offers = tuple(o for o in self.own_offers if o.id != handover_id)
                self.offers = tuple(o for o in self.offers if o.id != handover_id)
            case do.SetLanguage(language=language):
                assert self.person is not None
                self.person = replace(self.person, language=language)
            case do.EndActing(post_id=post_id):
                self.own_posts = tuple(post for post in self.own_posts if post.id != post_id)
            case do.SignStep(sign_off_id=sign_off_id, opinion=opinion):
                self.last_opinion = opinion or self.last_opinion
                self.signing = [card for card in self.signing if card.sign_off.id != sign_off_id]
            case do.ReturnSignOff(sign_off_id=sign_off_id):
                self.signing = [card for card in self.signing if card.sign_off.id != sign_off_id]
            case do.IssueSignIn() | do.RequestCompile() | do.SetBlocked() | do.Snooze():
                pass
            case _:
                self._change_draft(effect)

    def _start(self, effect: do.StartDraft) -> None:
        assert self.person is not None
        assert effect.update_id not in self.updates
        draft = Update(
            id=effect.update_id,
            measure_id=effect.measure_id,
            round_no=effect.round_no,
            person_id=effect.holder or self.person.id,
            started_at=self.now,
        )
        if effect.copy_of:
            draft = self._copied(draft, self.updates[effect.copy_of])
        self.updates[draft.id] = draft
        if effect.replaces:
            self.replaces[draft.id] = effect.replaces

    def _copied(self, into: Update, source: Update) -> Update:
        self.copies += 1
        pieces = tuple(replace(p, id=EvidenceId(f"copy-{self.copies}-{p.id}")) for p in source.evidence)
        kept = {"id": into.id, "stage": into.stage, "round_no": into.round_no, "submitted_at": None}
        return replace(source, **kept, evidence=pieces, review=Review.PENDING, review_reason=None)  # type: ignore[arg-type]

    def _submit(self, update_id: UpdateId) -> None:
        update = self.updates[update_id]
        for old in self.updates.values():
            same = (old.measure_id, old.round_no) == (update.measure_id, update.round_no)
            if same and old.stage is Stage.SUBMITTED:
                self.updates[old.id] = replace(old, stage=Stage.SUPERSEDED)
        del self.updates[update_id]
        self.updates[update_id] = replace(update, stage=Stage.SUBMITTED, submitted_at=self.now, review=Review.ACCEPTED)

    def _change_draft(self, effect: do.Effect) -> None:
        match effect:
            case do.AddPart(update_id=update_id, answer=answer, text=text, message_id=message_id):
                self.parts.setdefault(update_id, []).append((answer, text, message_id))
            case do.ForgetParts(update_id=update_id, answer=answer):
                self._forget(update_id, answer)
            case do.DropPart(update_id=update_id, message_id=message_id):
                self.parts[update_id] = [p for p in self.parts.get(update_id, []) if p[2] != message_id]
            case do.MendParts(update_id=update_id, answer=answer, texts=texts):
                self.parts[update_id] = [
                    (a, texts.get(t, t) if a is answer else t, m) for a, t, m in self.parts.get(update_id, [])
                ]
            case do.SetAnswer(update_id=update_id, answer=answer, text=text, message_id=message_id):
                kept = self.sent_parts.get((update_id, answer), ())
                said = (SentPart(text=t, message_id=m) for a, t, m in self.parts.get(update_id, []) if a is answer)
                self.sent_parts[update_id, answer] = accepted((*kept, *said), text, message_id)
                self._forget(update_id, answer)
                self.updates[update_id] = replace(self.updates[update_id], **{answer.value: text})  # type: ignore[arg-type]
            case do.SetStatus(update_id=update_id, status=status):
                self.updates[update_id] = replace(self.updates[update_id], status=status)
            case do.SetExpectedOn(update_id=update_id, day=day):
                self.updates[update_id] = replace(self.updates[update_id], expected_on=day)
            case do.CopyAnswers(update_id=update_id, source=source):
                self.parts.pop(update_id, None)
                self.updates[update_id] = self._copied(self.updates[update_id], self.updates[source])
            case _:
                self._change_evidence(effect)

    def _forget(self, update_id: UpdateId, answer: Answer) -> None:
        self.parts[update_id] = [part for part in self.parts.get(update_id, []) if part[0] is not answer]

    def _change_evidence(self, effect: do.Effect) -> None:
        match effect:
            case do.AddEvidence(update_id=update_id, evidence=piece):
                update = self.updates[update_id]
                assert piece.id not in {p.id for p in update.evidence}
                self.updates[update_id] = replace(update, evidence=(*update.evidence, piece))
            case do.KeepEvidence(evidence=piece, measure_id=measure_id):
                assert piece.id not in {each.evidence.id for each in self.kept}
                self.kept.append(KeptEvidence(evidence=piece, measure_id=measure_id))
            case do.PutEvidence(evidence_ids=ids, measure_id=measure_id):
                self.kept = [replace(k, measure_id=measure_id) if k.evidence.id in ids else k for k in self.kept]
            case do.UseKept(update_id=update_id, pieces=pieces):
                update = self.updates[update_id]
                moved = {piece.id for piece in pieces}
                assert moved <= {each.evidence.id for each in self.kept}
                self.kept = [each for each in self.kept if each.evidence.id not in moved]
                self.updates[update_id] = replace(update, evidence=(*update.evidence, *pieces))
            case do.CaptionEvidence(evidence_id=evidence_id, caption=caption):
                self.kept = [
                    replace(k, evidence=replace(k.evidence, caption=caption)) if k.evidence.id == evidence_id else k
                    for k in self.kept
                ]
                for update in self._drafts():
                    pieces = tuple(replace(p, caption=caption) if p.id == evidence_id else p for p in update.evidence)
                    self.updates[update.id] = replace(update, evidence=pieces)
            case do.OrderEvidence(update_id=update_id, order=order):
                by_id = {piece.id: piece for piece in self.updates[update_id].evidence}
                assert sorted(order) == sorted(by_id)
                self.updates[update_id] = replace(self.updates[update_id], evidence=tuple(by_id[i] for i in order))
            case do.RemoveEvidence(evidence_id=evidence_id):
                self.kept = [each for each in self.kept if each.evidence.id != evidence_id]
                for update in self._drafts():
                    pieces = tuple(p for p in update.evidence if p.id != evidence_id)
                    self.updates[update.id] = replace(update, evidence=pieces)
            case do.TakeBack(message_id=message_id):
                self.kept = [each for each in self.kept if each.evidence.message_id != message_id]
                for update in self._drafts():
                    pieces = tuple(p for p in update.evidence if p.message_id != message_id)
                    self.updates[update.id] = replace(update, evidence=pieces)
                    self.parts[update.id] = [p for p in self.parts.get(update.id, []) if p[2] != message_id]
                    self._take_from_answers(self.updates[update.id], message_id)
            case _:
                raise AssertionError(effect)

    def _take_from_answers(self, update: Update, message_id: str) -> None:
        for answer in Answer:
            kept = self.sent_parts.get((update.id, answer), ())
            left = tuple(part for part in kept if part.message_id != message_id)
            if left != kept and joined(kept) == update.answer(answer):
                self.sent_parts[update.id, answer] = left
                self.updates[update.id] = replace(self.updates[update.id], **{answer.value: joined(left)})  # type: ignore[arg-type]

    def _locked_work(self) -> tuple[Task, ...]:
        closed = {a: last_closed([r for r in self.rounds if r.agency_id == a], self.today) for a in self.agencies}
        return tuple(
            Task(
                agency=self.agencies[measure.agency_id],
                measure=measure,
                round=round_,
                update=self._in_force(measure, round_.no),
            )
            for measure in self._mine()
            if (round_ := closed[measure.agency_id]) and round_.fiscal_year == measure.fiscal_year
        )

    def _history(self) -> tuple[SentUpdate, ...]:
        measures = {m.id: m for m in self.measures}
        sent = [u for u in self.updates.values() if u.stage is not Stage.DRAFT and u.submitted_at]
        return tuple(
            SentUpdate(agency=self.agencies[measures[u.measure_id].agency_id], measure=measures[u.measure_id], update=u)
            for u in sorted(sent, key=lambda u: u.submitted_at or self.now, reverse=True)
        )

    def _unsent(self, event: Event) -> Unsent | None:
        if not isinstance(event, MessageUnsent):
            return None
        parts = {u for (u, _), kept in self.sent_parts.items() if event.message_id in {p.message_id for p in kept}}
        parts |= {u for u, kept in self.parts.items() if event.message_id in {p[2] for p in kept}}
        held = [
            u for u in self.updates.values() if event.message_id in {p.message_id for p in u.evidence} or u.id in parts
        ]
        numbers = {m.id: m.no for m in self.measures}
        return Unsent(
            left=any(u.stage is Stage.DRAFT for u in held)
            or any(each.evidence.message_id == event.message_id for each in self.kept),
            sent=tuple(sorted({numbers[u.measure_id] for u in held if u.stage is Stage.SUBMITTED})),
        )


def _later(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def six_months_done(about: Measure) -> Update:
    """The finished update of the 6-month round that a 12-month one may start from."""
    return builders.submitted(
        f"six-{about.no}",
        about=about,
        round_no=RoundNo.SIX,
        summary="จัดทำคู่มือการให้บริการ ๑ เล่ม",
        outcome="ประชาชนรู้ขั้นตอนและระยะเวลา",
        obstacles="บุคลากรไม่เพียงพอ",
        evidence=(builders.evidence(f"six-e{about.no}", caption="ปกคู่มือ"),),
        review=Review.ACCEPTED,
    )


def make(name: str) -> World:
    """The worlds that transcripts begin in, by name."""
    four = [builders.measure(no) for no in range(1, 5)]
    match name:
        case "one_measure":
            return World()
        case "two_measures":
            return World(measures=four[:2])
        case "four_measures":
            return World(measures=four)
        case "with_output":
            return World(asks_output=True)
        case "arabic_digits":
            return World(thai_digits=False)
        case "last_round":
            return World(updates={"six-1": six_months_done(four[0])})
        case "both_rounds":
            early = replace(builders.round_(RoundNo.SIX), locks_on=date(2024, 9, 30))
            return World(measures=four[:2], rounds=[early, builders.round_()])
        case "all_locked":
            return World(now=_later("2024-06-03T09:00"), measures=four[:2], updates={"six-1": six_months_done(four[0])})
        case "asked_to_reopen":
            cards = [
                ReopeningCard(
                    request=Reopening(
                        id=ReopeningId(f"r-{measure.no}"),
                        agency_id=builders.AGENCY.id,
                        measure_id=measure.id,
                        round_no=RoundNo.SIX,
                        person_id=builders.PERSON.id,
                        reason="ใส่จำนวนผู้เข้าร่วมผิด",
                        asked_at=builders.NOW,
                    ),
                    measure=measure,
                    officer="สมชาย รักดี",
                )
                for measure in four[:2]
            ]
            return World(roles={builders.AGENCY.id: {Role.ADMIN}}, measures=four[:2], reopenings=cards)
        case "practising":
            piece = {"id": "p-1", "kind": "image", "caption": "ภาพซ้อม"}
            answers = {"summary": "ซ้อมสรุป", "outcome": "ซ้อมผล"}
            return World(practice={"status": "done", "answers": answers, "evidence": [piece]})
        case "kept_before_opening":
            return World(now=_later("2024-02-01T09:00"), measures=four[:3])
        case "inbox":
            found = [
                builders.evidence("k-1", kind=EvidenceKind.LINK, url="https://a.example"),
                builders.evidence("k-2"),
            ]
            measures = (four[0].id, None)
            return World(kept=[KeptEvidence(evidence=e, measure_id=m) for e, m in zip(found, measures, strict=True)])
        case "before_opening":
            return World(now=_later("2024-08-01T09:00"))
        case "submitted":
            return World(
                measures=four[:2],
                updates={"u-1": builders.submitted(evidence=(builders.evidence(),), review=Review.ACCEPTED)},
            )
        case "to_advise":
            agency = replace(builders.AGENCY, website="https://www.nongdee.example.go.th")
            planned = replace(four[0], approach="จัดทำคู่มือการให้บริการและเผยแพร่ทางเว็บไซต์", period_end=date(2024, 10, 31))
            sent = builders.submitted(
                "u-2",
                about=four[1],
                summary="จัดอบรมเจ้าหน้าที่ ๓๕ คน เมื่อ ๑๕ ก.พ. ๒๕๖๗",
                evidence=(builders.evidence("e-2", sha256="a" * 64),),
            )
            return World(agencies={agency.id: agency}, measures=[planned, *four[1:2]], updates={"u-2": sent})
        case "not_begun_by_the_last_round":
            before = replace(
                six_months_done(four[0]), status=Status.NOT_STARTED, summary=None, outcome=None, evidence=()
            )
            planned = replace(four[0], period_start=date(2023, 10, 1), period_end=date(2024, 9, 30))
            return World(measures=[planned], updates={before.id: before})
        case "returned":
            sent_back = builders.submitted(review=Review.RETURNED, review_reason="ขอภาพกิจกรรมเพิ่ม")
            return World(updates={"u-1": sent_back})
        case "reminded":
            why = "เหลือเวลา ๗ วันก่อนครบกำหนด"
            seen = ReminderSeen(day=date(2024, 9, 10), why=why, round_no=12, measures=(1,))
            return World(last_call_on=date(2024, 10, 10), last_reminder=(seen,))
        case "shared_measure":
            sent = builders.submitted(
                "u-2", person_id="p-somchai", summary="กองช่างซ่อมไฟส่องสว่าง ๑๒ จุด", evidence=(builders.evidence("e-9"),)
            )
            shared = (OtherPart(name="สมชาย รักดี", update=sent), OtherPart(name="ปราณี มีสุข"))
            return World(measures=four[:2], others={four[0].id: shared})
        case "acting":
            return World(measures=four[:2], holders={four[1].id: Person(id=PersonId("p-somchai"), name="สมชาย รักดี")})
        case "acting_on_the_same":
            twin = replace(four[0], id=MeasureId("twin"))
            holder = Person(id=PersonId("p-somchai"), name="สมชาย รักดี")
            return World(measures=[four[0], twin, four[1]], holders={twin.id: holder})
        case "colleagues":
            names = ("สมชาย รักดี", "สมศรี รักงาน", "ปราณี มีสุข")
            people = (Person(id=PersonId(f"p-{no}"), name=name) for no, name in enumerate(names, 1))
            away = {"p-3": ((date(2024, 9, 16), date(2024, 9, 20)),)}
            return World(
                colleagues=tuple(Colleague(person=p, agency=builders.AGENCY, away=away.get(p.id, ())) for p in people)
            )
        case "offered":
            offers = (OfferSeen(id=HandoverId("over"), other="สมชาย รักดี", count=2),)
            return World(offers=offers)
        case "asked_to_join":
            roles = {builders.AGENCY.id: {Role.ADMIN, Role.OFFICER}}
            asked = (JoinAsked(id=JoinRequestId("a-1"), agency=builders.AGENCY, name="นางมะลิ ใจงาม, กองคลัง"),)
            return World(roles=roles, join_requests=asked)
        case "two_asked_to_join":
            roles = {builders.AGENCY.id: {Role.ADMIN, Role.OFFICER}}
            names = ("นางมะลิ ใจงาม, กองคลัง", "นายกล้า มั่นคง")
            asked = tuple(
                JoinAsked(id=JoinRequestId(f"a-{no}"), agency=builders.AGENCY, name=name)
                for no, name in enumerate(names, 1)
            )
            return World(roles=roles, join_requests=asked)
        case "stranger_of_two" | "stranger_of_many":
            many = (replace(builders.AGENCY, id=AgencyId(f"a-{no}"), name=f"เทศบาลตำบลที่ {no}") for no in range(1, 41))
            two = (builders.AGENCY, builders.SECOND_AGENCY)
            joinable = (*two, *many) if name == "stranger_of_many" else two
            codes = {"ABCD2345": builders.invite(measure_ids=("nongdee-m1",))}
            return World(person=None, roles={}, invites=codes, joinable=joinable)
        case "last_call_soon":
            return World(last_call_on=date(2024, 9, 14))
        case "last_call_today":
            return World(last_call_on=date(2024, 9, 12))
        case "stranger":
            codes = {"ABCD2345": builders.invite(measure_ids=("nongdee-m1", "nongdee-m2"))}
            return World(person=None, roles={}, measures=four[:2], invites=codes)
        case "further_code":
            return World(invites={"HEAD2345": builders.invite(Role.HEAD)})
        case "further_measures":
            return World(invites={"MORE2345": builders.invite(measure_ids=("nongdee-m1",))})
        case "admin":
            return World(roles={builders.AGENCY.id: {Role.ADMIN}}, measures=four[:2])
        case "head":
            waiting = [
                builders.submitted(f"u-{m.no}", about=m, person_id="p-somchai", review=Review.PENDING) for m in four[:2]
            ]
            return World(roles={builders.AGENCY.id: {Role.HEAD}}, measures=four[:2], reviewed=waiting)
        case "signer":
            return World(roles={builders.AGENCY.id: {Role.APPROVER}}, signing=[builders.sign_card()])
        case "reporter":
            card = builders.sign_card(step=builders.chain_step(label="ผู้รายงาน", asks_opinion=False))
            return World(signing=[card])
        case "acting_signer":
            step = builders.chain_step(
                position="รองปลัด", acting=ActingAs.FOR_OFFICE, acting_for="ปลัดองค์การบริหารส่วนตำบลหนองดี"
            )
            cards = [builders.sign_card(step=step, newer=True)]
            return World(roles={builders.AGENCY.id: {Role.APPROVER}}, signing=cards)
        case "much_to_decide":
            waiting = [builders.submitted("u-1", about=four[0], person_id="p-somchai", review=Review.PENDING)]
            cards = [
                builders.sign_card(since=builders.NOW - timedelta(days=1)),
                builders.sign_card("s-2", RoundNo.SIX, since=builders.NOW + timedelta(hours=1)),
            ]
            roles = {builders.AGENCY.id: {Role.HEAD, Role.APPROVER}}
            return World(roles=roles, measures=four[:2], reviewed=waiting, signing=cards, last_opinion="เห็นควรเผยแพร่")
        case "officer_and_head":
            waiting = [builders.submitted("u-9", about=four[1], person_id="p-somchai", review=Review.PENDING)]
            roles = {builders.AGENCY.id: {Role.OFFICER, Role.HEAD}}
            return World(roles=roles, measures=four[:2], reviewed=waiting)
        case "two_agencies":
            second = builders.SECOND_AGENCY
            return World(
                roles={builders.AGENCY.id: {Role.OFFICER, Role.ADMIN}, second.id: {Role.OFFICER, Role.ADMIN}},
                agencies={builders.AGENCY.id: builders.AGENCY, second.id: second},
                measures=[four[0], builders.measure(1, agency=second)],
                rounds=[builders.round_(no, agency=a) for a in (builders.AGENCY, second) for no in RoundNo],
            )
        case "group_waiting":
            return replace(make("two_agencies"), group=ChatId("g-1"))
        case _:
            raise ValueError(name)
