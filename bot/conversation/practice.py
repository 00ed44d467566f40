"""ซ้อม: the real questions about a made-up measure; nothing of it can reach an update, a report or a count.

A practice turn is an ordinary one on invented facts. Of what it decides about its draft nothing is carried out: the
draft is worked out here and kept as a note of the chat (`SavePractice`), which no update, plan or report refers to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.conversation import effects as do
from bot.conversation import projection
from bot.conversation.events import Event
from bot.conversation.facts import Draft, Facts, Hat, Task
from bot.conversation.turn import Turn
from bot.conversation.types import Message, State, Step
from bot.conversation.words import Word
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day, fiscal_year_of
from bot.domain.people import PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import Round, RoundNo
from bot.domain.updates import Answer, Evidence, EvidenceId, EvidenceKind, MediaState, Status, Update, UpdateId

DRAFT = UpdateId("practice")
AGENCY = Agency(id=AgencyId("practice"), name="รอบซ้อม ไม่ส่งจริง")
WORDS = frozenset(
    {Word.REPORT, Word.END, Word.SKIP, Word.BACK, Word.CHANGE, Word.CANCEL, Word.PAUSE, Word.REUSE, Word.CONFIRM}
    | {Word.HELP, Word.PRACTICE, Word.END_PRACTICE}
)
"""What is practised; every other word waits until after."""

CARRIED_OUT = (do.SetBlocked, do.TakeBack, do.CountWrongCode)
"""The only effects of a practice turn that are real: none of them makes anything of the draft."""

Advance = Callable[[State, Event, Facts], Step]
Resume = Callable[[Turn], Step]


def begin(turn: Turn) -> None:
    """Put everything else aside as it stands, and ask about the made-up measure."""
    if turn.facts.practising:
        turn.ask_again()
        return
    serial = turn.state.serial + 1
    task = _task(turn.today)
    turn.do(do.SavePractice(content={}))
    turn.state = State(draft=DRAFT, serial=serial, agency=turn.state.agency, practice=turn.state.to_json())
    turn.draft = _draft(task, {}, turn.facts)
    turn.facts = _facts(turn.facts, turn.draft)
    turn.say("practice_begun")
    turn.ask("status")


def end(turn: Turn) -> None:
    """เลิกซ้อม, where there is nothing to end; within a practice it is seen before."""
    if turn.facts.practising:
        turn.rest()
    else:
        turn.say("mistake/not_practising")
        turn.ask_again()


def not_now(turn: Turn, word: Word) -> bool:
    """Whether the word waits until the practice is over; it is said so."""
    waits = turn.facts.practising and word not in WORDS
    if waits:
        turn.say("in_practice", word=word.value)
        turn.ask_again()
    return waits


def advance(state: State, event: Event, facts: Facts, real_turn: Advance, resume: Resume) -> Step:
    """One turn of a practice; a living code, or a chat that is nobody's any more, ends it first."""
    before = State.from_json(state.practice)
    before = replace(before, serial=max(before.serial, state.serial) + 1)
    if facts.person is None or (facts.code is not None and facts.code.invite is not None):
        step = real_turn(before, event, facts)
        return replace(step, effects=(*step.effects, do.SavePractice(content=None)))
    draft = _draft(_task(bangkok_day(event.at)), facts.practice or {}, facts)
    step = real_turn(replace(state, practice=None), event, _facts(facts, draft))
    kept = tuple(effect for effect in step.effects if isinstance(effect, CARRIED_OUT))
    for effect in step.effects:
        draft = projection.after(draft, effect)
    if step.state.question is not None:
        saved = do.SavePractice(content=_content(draft)) if len(kept) < len(step.effects) else None
        return replace(
            step, state=replace(step.state, practice=state.practice), effects=(*kept, *((saved,) if saved else ()))
        )
    done = any(isinstance(effect, do.SubmitUpdate) for effect in step.effects)
    turn = Turn(state=before, event=event, facts=facts, draft=facts.draft)
    turn.do(*kept, do.SavePractice(content=None))
    turn.said.append(Message(name="practice_over", values={"done": done, "goes_on": before.question is not None}))
    return resume(turn)


def _task(today: date) -> Task:
    year = FiscalYear(fiscal_year_of(today))
    measure = Measure(
        id=MeasureId("practice"),
        agency_id=AGENCY.id,
        fiscal_year=year,
        no=1,
        title="(ตัวอย่าง) จัดอบรมคุณธรรมและจริยธรรมของบุคลากร",
    )
    ends = today + timedelta(days=30)
    round_ = Round(agency_id=AGENCY.id, fiscal_year=year, no=RoundNo.TWELVE, opens_on=today, due_on=ends, locks_on=ends)
    return Task(agency=AGENCY, measure=measure, round=round_, draft_id=DRAFT)


def _facts(facts: Facts, draft: Draft) -> Facts:
    """The person as an officer of the practice and of nothing else."""
    task = replace(_task(draft.round.opens_on), draft_id=DRAFT)
    return Facts(
        person=facts.person,
        hats=(Hat(agency=AGENCY, roles=frozenset({Role.OFFICER})),),
        rounds=(task.round,),
        tasks=(task,),
        draft=draft,
        code=facts.code,
        wrong_codes=facts.wrong_codes,
        unsent=facts.unsent,
        more_coming=facts.more_coming,
        base_url=facts.base_url,
        practising=True,
    )


def _draft(task: Task, content: Mapping[str, Any], facts: Facts) -> Draft:
    """The practice draft read back."""
    texts = content.get("answers", {})
    day = content.get("expected_on")
    status = content.get("status")
    update = Update(
        id=DRAFT,
        measure_id=task.measure.id,
        round_no=task.round.no,
        person_id=facts.person.id if facts.person else PersonId(""),
        status=Status(status) if status else None,
        expected_on=date.fromisoformat(day) if day else None,
        evidence=tuple(_piece(each) for each in content.get("evidence", ())),
        **{answer.value: texts.get(answer.value) for answer in Answer},
    )
    pending = {Answer(key): tuple(said) for key, said in content.get("pending", {}).items()}
    return Draft(agency=task.agency, measure=task.measure, round=task.round, update=update, pending=pending)


def _piece(kept: Mapping[str, Any]) -> Evidence:
    fields = {**kept, "id": EvidenceId(kept["id"]), "kind": EvidenceKind(kept["kind"]), "media": MediaState.NONE}
    return Evidence(**fields)


def _content(draft: Draft) -> dict[str, Any]:
    """The practice draft as it is kept: of photos and files no bytes, and no way to them."""
    update = draft.update
    return {
        "status": update.status.value if update.status else None,
        "answers": {answer.value: text for answer in Answer if (text := update.answer(answer))},
        "expected_on": update.expected_on.isoformat() if update.expected_on else None,
        "pending": {answer.value: list(said) for answer, said in draft.pending.items() if said},
        "evidence": [
            {"id": p.id, "kind": p.kind.value, "name": p.name, "caption": p.caption, "url": p.url}
            | {"group_id": p.group_id, "group_index": p.group_index}
            for p in update.evidence
        ],
    }
