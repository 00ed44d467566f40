"""Load what one turn of a chat may need to know; the conversation itself looks nothing up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.events import ButtonTapped, Event, TextReceived
from bot.conversation.facts import (
    CodeSeen,
    Completeness,
    Draft,
    Facts,
    Hat,
    MissingMeasure,
    OtherPart,
    OwnMeasure,
    Task,
)
from bot.conversation.types import State
from bot.conversation.words import code_shape
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import bangkok_day, fiscal_year_of
from bot.domain.people import ChatId, Invite, Person, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.reopenings import Key, open_again, reopened
from bot.domain.rounds import Round, RoundNo, last_closed, open_rounds
from bot.domain.updates import Review, Stage, Update
from bot.ports.outside import Keyed
from bot.ports.records import Chat
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.desks import Desk, acted_roles, load_desks
from bot.services.evidence_facts import LINK_LIFE, EvidenceLinks, evidence_facts
from bot.services.history_facts import history_of
from bot.services.load_year import load_year
from bot.services.people_facts import join_facts, join_requests, people_facts
from bot.services.reminder_facts import reminder_facts
from bot.services.reopening_facts import reopening_facts
from bot.services.review_facts import review_cards
from bot.services.sign_facts import sign_cards
from bot.services.signed_links import SignedLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What most of the facts are derived from, read once."""

    person: Person
    hats: tuple[Hat, ...]
    rounds: tuple[Round, ...]
    desks: tuple[Desk, ...]
    reporters: Mapping[MeasureId, Sequence[Person]]
    in_force: Sequence[Update]
    asks_output: frozenset[AgencyId]
    reopened: Mapping[Key, date]

    def agency(self, agency_id: AgencyId) -> Agency | None:
        return next((h.agency for h in self.hats if h.agency and h.agency.id == agency_id), None)

    def others(self, measure_id: MeasureId, holder: Person, no: RoundNo) -> tuple[OtherPart, ...]:
        """Who else reports on a measure, in settled order."""
        sent = {u.person_id: u for u in self.in_force if (u.measure_id, u.round_no) == (measure_id, no)}
        reporters = [p for p in self.reporters.get(measure_id, ()) if p.id != holder.id]
        return tuple(OtherPart(name=person.name, update=sent.get(person.id)) for person in reporters)


def load_facts(uow: UnitOfWork, keyed: Keyed, chat: Chat, state: State, event: Event, base_url: str) -> Facts:
    """Everything the turn may look at, in a bounded number of queries."""
    code = _code_seen(uow, keyed, event)
    wrong = uow.people.wrong_codes(chat.id, event.at - timedelta(hours=1)) if code else 0
    person = uow.people.get(chat.person_id) if chat.person_id else None
    if person is None:
        rounds = tuple(agency_rounds(uow, code.agency.id)) if code and code.agency else ()
        asking = join_facts(uow, chat, event, state)
        return Facts(code=code, wrong_codes=wrong, rounds=rounds, base_url=base_url, **asking)
    said = uow.chats.practice(chat.id) if state.practice is not None else None
    state = State.from_json(state.practice) if state.practice is not None else state
    today = bangkok_day(event.at)
    known = _load_known(uow, person, code, today)
    tasks = _tasks(known, today)
    current = uow.updates.get(state.draft) if state.draft else None
    links = EvidenceLinks(signed=SignedLinks(keyed=keyed, base_url=base_url), until=event.at + LINK_LIFE)
    return Facts(
        person=person,
        hats=known.hats,
        rounds=known.rounds,
        tasks=tasks,
        draft=links.with_links(_draft(uow, known, current, today), state),
        locked=_locked(uow, known, current, today),
        drafts=tuple(
            draft
            for desk in known.desks
            for update in desk.drafts
            if update.id != state.draft and (draft := _draft(uow, known, update, today))
        ),
        last_sent=_last_sent(tasks),
        code=code,
        wrong_codes=wrong,
        completeness=_completeness(uow, known, today) if _asks_completeness(event) else (),
        reviews=review_cards(uow, person.id, known.hats, known.rounds, today),
        signings=sign_cards(uow, SignedLinks(keyed=keyed, base_url=base_url), person.id, known.hats, event.at),
        group=_waiting_group(uow, person.id, event, state),
        join_requests=join_requests(uow, known.hats, event),
        **people_facts(uow, person.id, event, state, known.hats, today),
        **evidence_facts(uow, chat, event, state, links),
        measures=_own_measures(known, tasks, today),
        **reopening_facts(uow, event, state, known.hats, _locked_work(known, today)),
        history=history_of(uow, person.id, event, state, known.hats),
        practice=said,
        **reminder_facts(uow, person.id, event, state, tasks, today),
        base_url=base_url,
    )


def _code_seen(uow: UnitOfWork, keyed: Keyed, event: Event) -> CodeSeen | None:
    code = code_shape(event.text) if isinstance(event, TextReceived) else None
    if code is None:
        return None
    invite = uow.people.living_invite(keyed.hash("invite", code), event.at)
    if invite is None:
        return CodeSeen(invite=None)
    agency = uow.agencies.get(invite.agency_id) if invite.agency_id else None
    return CodeSeen(invite=invite, agency=agency, measures=_invited_to(uow, invite))


def _invited_to(uow: UnitOfWork, invite: Invite) -> tuple[Measure, ...]:
    """What the invited person will report on: what waits for the name, and what the invite itself brings."""
    measures = {m.id: m for m in (uow.plans.measure(MeasureId(measure_id)) for measure_id in invite.measure_ids) if m}
    if uow.chats.of_person(invite.person_id) is None:
        measures |= {m.id: m for m in uow.plans.assigned_to(invite.person_id)}
    return tuple(sorted(measures.values(), key=lambda m: (m.fiscal_year, m.no)))


def _load_known(uow: UnitOfWork, person: Person, code: CodeSeen | None, today: date) -> _Known:
    roles: dict[AgencyId | None, set[Role]] = {}
    for membership in uow.people.memberships(person.id):
        roles.setdefault(membership.agency_id, set()).add(membership.role)
    for agency_id, held in acted_roles(uow, person.id, today).items():
        if agency_id in roles:  # who left the agency acts there no more
            roles[agency_id] |= held
    hats = tuple(
        Hat(agency=uow.agencies.get(agency_id) if agency_id else None, roles=frozenset(held))
        for agency_id, held in sorted(roles.items(), key=lambda item: item[0] or "")
    )
    agencies = {hat.agency.id for hat in hats if hat.agency}
    if code and code.agency:
        agencies.add(code.agency.id)
    desks = tuple(d for d in load_desks(uow, person, today) if d.acted_in is None or d.acted_in in roles)
    ids = list(dict.fromkeys(measure_id for desk in desks for measure_id in desk.measures))
    return _Known(
        person=person,
        hats=hats,
        rounds=tuple(r for agency_id in sorted(agencies) for r in agency_rounds(uow, agency_id)),
        desks=desks,
        reporters=uow.plans.reporters(ids),
        in_force=uow.updates.in_force(ids),
        asks_output=frozenset(a for a in agencies if uow.agencies.settings(a).asks_output),
        reopened=open_again(uow.reopenings.of_people([desk.holder.id for desk in desks]), today),
    )


def _tasks(known: _Known, today: date) -> tuple[Task, ...]:
    tasks = [
        _task(known, desk, measure, agency, round_)
        for desk, measure, round_ in _desk_work(known)
        if round_.is_open(today) and (agency := known.agency(measure.agency_id)) is not None
    ]
    again = known.reopened

    def order(task: Task) -> tuple[object, ...]:
        holder = task.holder or known.person
        is_again = (holder.id, task.measure.id, task.round.no) in again
        return (is_again, task.round.due_on, task.round.fiscal_year, task.round.no, task.agency.id, task.measure.no)

    return tuple(sorted(tasks, key=order))


def _desk_work(known: _Known) -> Iterable[tuple[Desk, Measure, Round]]:
    """Every measure of every round, the round as it is for whose measure it is."""
    for round_ in known.rounds:
        for desk in known.desks:
            for measure in desk.measures.values():
                if (measure.agency_id, measure.fiscal_year) == (round_.agency_id, round_.fiscal_year):
                    until = known.reopened.get((desk.holder.id, measure.id, round_.no))
                    yield desk, measure, reopened(round_, until)


def _locked_work(known: _Known, today: date) -> list[Task]:
    """The person's measures in the round of each agency that locked last."""
    closed = {
        r.agency_id: last_closed([x for x in known.rounds if x.agency_id == r.agency_id], today) for r in known.rounds
    }
    found = [
        _task(known, desk, measure, agency, round_)
        for desk, measure, round_ in _desk_work(known)
        if closed[round_.agency_id] == round_ and (agency := known.agency(measure.agency_id)) is not None
    ]
    return sorted(found, key=lambda task: (task.agency.id, task.measure.no))


def _task(known: _Known, desk: Desk, measure: Measure, agency: Agency, round_: Round) -> Task:
    about = (desk.holder.id, measure.id, round_.no)
    sent = [u for u in known.in_force if (u.measure_id, u.round_no) == about[1:]]
    mine = [u for u in sent if u.person_id == desk.holder.id] or [
        u for u in sent if u.person_id in desk.before.get(measure.id, ())
    ]
    drafts = (u.id for u in desk.drafts if (u.person_id, u.measure_id, u.round_no) == about)
    return Task(
        agency=agency,
        measure=measure,
        round=round_,
        holder=desk.whose,
        update=mine[-1] if mine else None,
        draft_id=next(drafts, None),
        others=known.others(measure.id, desk.holder, round_.no),
        previous=_previous(desk.holder.id, round_.no, measure.id, known.in_force),
        asks_output=agency.id in known.asks_output,
    )


def _about(uow: UnitOfWork, known: _Known, update: Update | None) -> tuple[Task, Desk] | None:
    """What a draft on one of the person's desks is about, its round open or not; None when it is on none."""
    if update is None or update.stage is not Stage.DRAFT:
        return None
    held = (desk.measures.get(update.measure_id) for desk in known.desks)
    measure = next((m for m in held if m), None) or uow.plans.measure(update.measure_id)
    agency = known.agency(measure.agency_id) if measure else None
    desk = next((d for d in known.desks if measure and d.has(update, measure)), None)
    if measure is None or agency is None or desk is None:
        return None
    key = (measure.agency_id, measure.fiscal_year, update.round_no)
    round_ = next((r for r in known.rounds if (r.agency_id, r.fiscal_year, r.no) == key), None)
    if round_ is None:
        return None
    round_ = reopened(round_, known.reopened.get((desk.holder.id, measure.id, round_.no)))
    return Task(agency=agency, measure=measure, round=round_, holder=desk.whose), desk


def _locked(uow: UnitOfWork, known: _Known, update: Update | None, today: date) -> Task | None:
    """What the draft is about when its round is not open any more."""
    about = _about(uow, known, update)
    return None if about is None or about[0].round.is_open(today) else about[0]


def _draft(uow: UnitOfWork, known: _Known, update: Update | None, today: date) -> Draft | None:
    """The draft with what its questions need; None when it is no draft of this person in an open round."""
    about = _about(uow, known, update)
    if update is None or about is None or not about[0].round.is_open(today):
        return None
    task, desk = about
    agency, measure, round_ = task.agency, task.measure, task.round
    in_force = known.in_force if measure.id in desk.measures else uow.updates.in_force([measure.id])
    return Draft(
        agency=agency,
        measure=measure,
        round=round_,
        update=update,
        pending=uow.updates.parts(update.id),
        holder=desk.whose,
        others=known.others(measure.id, desk.holder, round_.no),
        previous=_previous(desk.holder.id, round_.no, measure.id, in_force),
        asks_output=agency.id in known.asks_output,
        replaces=uow.updates.replaces(update.id),
        thai_digits=uow.agencies.settings(agency.id).thai_digits,
    )


def _previous(
    person_id: PersonId, round_no: RoundNo, measure_id: MeasureId, in_force: Iterable[Update]
) -> Update | None:
    """The 6-month text for a 12-month draft: one's own, else a colleague's or an imported one."""
    if round_no is not RoundNo.TWELVE:
        return None
    six = [u for u in in_force if u.measure_id == measure_id and u.round_no is RoundNo.SIX]
    return next((u for u in six if u.person_id == person_id), six[0] if six else None)


def _last_sent(tasks: Sequence[Task]) -> tuple[Task, ...]:
    sent = [task for task in tasks if task.update is not None]

    def order(task: Task) -> tuple[bool, float]:
        update = task.update
        assert update is not None  # noqa: S101 — filtered just above
        moment = update.submitted_at.timestamp() if update.submitted_at else 0.0
        return (update.review is not Review.RETURNED, -moment)

    return tuple(sorted(sent, key=order))


def _asks_completeness(event: Event) -> bool:
    """Whether the event may be the word สถานะ; counting a year's reports is not free."""
    said = event.text if isinstance(event, TextReceived) else event.data if isinstance(event, ButtonTapped) else ""
    return "สถานะ" in said


def _waiting_group(uow: UnitOfWork, person_id: PersonId, event: Event, state: State) -> ChatId | None:
    """The group to be linked, where the event may be about one."""
    said = event.text if isinstance(event, TextReceived) else event.data if isinstance(event, ButtonTapped) else ""
    if "กลุ่ม" not in said and "group" not in said.casefold() and state.choices.get("purpose") != "group":
        return None
    group = uow.groups.waiting_for(person_id)
    return group.chat_id if group else None


def _completeness(uow: UnitOfWork, known: _Known, today: date) -> tuple[Completeness, ...]:
    found: list[Completeness] = []
    for hat in known.hats:
        if hat.agency is None:
            continue
        rounds = [r for r in known.rounds if r.agency_id == hat.agency.id]
        closed = last_closed(rounds, today)
        asked = open_rounds(rounds, today) or ([closed] if closed else [])
        found += [completeness_of(uow, hat.agency, round_) for round_ in asked]
    return tuple(found)


def completeness_of(uow: UnitOfWork, agency: Agency, round_: Round) -> Completeness:
    """How complete one round is, with who is missing."""
    year = load_year(uow, agency.id, round_.fiscal_year)
    missing = tuple(
        MissingMeasure(
            no=each.measure.no,
            title=each.measure.title,
            officers=tuple(officer.name for officer in each.missing_officers(round_.no)),
        )
        for each in year.measures
        if not each.is_reported(round_.no)
    )
    total = len(year.measures)
    return Completeness(agency=agency, round=round_, total=total, reported=total - len(missing), missing=missing)


def _own_measures(known: _Known, tasks: Iterable[Task], today: date) -> tuple[OwnMeasure, ...]:
    """What evidence can be put to: measures of the fiscal year of today, and of the rounds open now."""
    open_now = {task.measure.id for task in tasks}
    held = {measure.id: measure for desk in known.desks for measure in desk.measures.values()}
    wanted = [m for m in held.values() if m.fiscal_year == fiscal_year_of(today) or m.id in open_now]
    own = [OwnMeasure(agency=agency, measure=m) for m in wanted if (agency := known.agency(m.agency_id)) is not None]
    return tuple(sorted(own, key=lambda each: (each.agency.id, each.measure.fiscal_year, each.measure.no)))
