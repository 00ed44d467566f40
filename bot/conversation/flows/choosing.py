"""Which measure, of which round: from รายงานผล to the first question of a draft."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.effects import DropDraft, StartDraft
from bot.conversation.facts import Draft, Task
from bot.conversation.flows import progress_update as flow
from bot.conversation.flows import sharing
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.domain.people import PersonId
from bot.domain.rounds import Round, RoundNo, next_to_open, open_rounds
from bot.domain.updates import Review, Update, UpdateId


def round_key(round_: Round) -> str:
    """A small word for a round, whatever the agency."""
    return f"{round_.fiscal_year}/{round_.no.value}"


def key_of(measure_id: str, no: RoundNo, holder: PersonId | None) -> str:
    """A small word for one part of a measure in a round: one's own, or that of somebody one acts for."""
    return f"{measure_id}/{no.value}/{holder or ''}"


def task_key(task: Task) -> str:
    """The key of a task."""
    return key_of(task.measure.id, task.round.no, task.holder.id if task.holder else None)


def is_outstanding(task: Task) -> bool:
    """Whether the measure still has to be reported: never sent, or sent back."""
    return task.update is None or task.update.review is Review.RETURNED


def outstanding(turn: Turn, tasks: Iterable[Task]) -> list[Task]:
    """Those still to report, without the one that this very turn submits."""
    return [t for t in tasks if is_outstanding(t) and task_key(t) != turn.sent]


def in_round(tasks: Iterable[Task], key: str) -> list[Task]:
    """The tasks of one round."""
    return [task for task in tasks if round_key(task.round) == key]


def asked_round(turn: Turn) -> str | None:
    """The round that the question of the measure is about: the chosen one, else the earliest due."""
    chosen = turn.recall("round")
    if chosen and in_round(turn.tasks, chosen):
        return chosen
    return round_key(turn.tasks[0].round) if turn.tasks else None


def asked_tasks(turn: Turn) -> list[Task]:
    """The tasks among which a measure is to be chosen."""
    key = asked_round(turn)
    return in_round(turn.tasks, key) if key else []


def other_round(turn: Turn, key: str) -> Round | None:
    """Another open round with something to report, to be offered beside the one that is meant."""
    others = (t.round for t in outstanding(turn, turn.tasks) if round_key(t.round) != key)
    return next(others, None)


def round_choice(turn: Turn, key: str) -> tuple[Choice, ...]:
    """One tap to the other open round, where there is one."""
    other = other_round(turn, key)
    return () if other is None else (round_button(other.no),)


def round_button(no: RoundNo) -> Choice:
    """The button that names a round; it means the same whenever no answer is being given."""
    name = {RoundNo.SIX: "รอบ ๖ เดือน", RoundNo.TWELVE: "รอบ ๑๒ เดือน"}[no]
    return Choice(label=name, word=name)


def report(turn: Turn, key: str | None = None) -> None:
    """รายงานผล: go on with the draft, or choose what to report next."""
    if key is None and turn.draft is not None:
        if turn.is_idle or turn.state.flow != "progress_update" or turn.state.question == flow.FIRST:
            turn.say("resumed", no=turn.draft.measure.no, round_no=turn.draft.round.no.value)
            flow.resume(turn)
        else:
            turn.ask_again()
        return
    if not turn.tasks:
        nothing_to_report(turn)
        return
    turn.remember(round=key)
    meant = asked_round(turn) or ""
    left = outstanding(turn, asked_tasks(turn))
    if not left:
        _all_reported(turn, meant)
    elif len(left) == 1:
        start(turn, left[0])
    else:
        leave_for_choice(turn)
        turn.ask(flow.FIRST)


def leave_for_choice(turn: Turn) -> None:
    """Let go of the current draft, keeping the round that was chosen."""
    key = turn.recall("round")
    if turn.draft is not None:
        flow.leave(turn)
    turn.remember(round=key)


def nothing_to_report(turn: Turn) -> None:
    """Say when the next round opens, or that no measure is the person's."""
    turn.rest(keep_draft=turn.draft is not None)
    upcoming = next_to_open(turn.rounds, turn.today)
    if any(message.name == "nothing_to_report" for message in turn.said):
        return
    turn.say(
        "nothing_to_report",
        is_open=bool(open_rounds(turn.rounds, turn.today)),
        next_round_no=upcoming.no.value if upcoming else None,
        next_year=upcoming.fiscal_year if upcoming else None,
        opens_on=upcoming.opens_on if upcoming else None,
        agency=turn.agency.name if turn.agency else None,
        elsewhere=_left_elsewhere(turn),
    )


def _all_reported(turn: Turn, key: str) -> None:
    task = in_round(turn.tasks, key)[0]
    other = other_round(turn, key)
    turn.rest()
    turn.say(
        "all_reported",
        choices=(
            *round_choice(turn, key),
            Choice(label="แก้ไข", word="แก้ไข"),
            Choice(label="งานของฉัน", word="งานของฉัน"),
        ),
        round_no=task.round.no.value,
        other_round_no=other.no.value if other else None,
        due_on=task.round.due_on,
        agency=turn.agency.name if turn.agency else None,
        elsewhere=_left_elsewhere(turn),
    )


def _left_elsewhere(turn: Turn) -> list[str]:
    """Other agencies of the person in which something is still to be reported."""
    names = (t.agency.name for t in turn.facts.tasks if t not in turn.tasks and is_outstanding(t))
    return list(dict.fromkeys(names))


def choose_round(turn: Turn, no: RoundNo) -> None:
    """รอบ ๖/๑๒ เดือน: report in that round, staying with the measure being begun when it is in it."""
    task = next((t for t in turn.tasks if t.round.no is no), None)
    if task is None:
        upcoming = next((r for r in sorted(turn.rounds, key=lambda r: r.opens_on)
                         if r.no is no and r.opens_on > turn.today), None)  # fmt: skip
        turn.say("round_not_open", round_no=no.value, opens_on=upcoming.opens_on if upcoming else None)
        turn.ask_again()
        return
    begun = turn.draft if turn.state.question == flow.SECOND else None
    if begun is not None and begun.round.no is no:
        turn.ask_again()
        return
    same = [t for t in turn.tasks if begun and _same_part(t, begun) and t.round.no is no]
    if begun is not None and flow.is_empty(begun):
        flow.leave(turn)
    if same:
        start(turn, same[0])
    else:
        report(turn, round_key(task.round))


def _same_part(task: Task, draft: Draft) -> bool:
    return (task.measure.id, task.holder) == (draft.measure.id, draft.holder)


def pick(turn: Turn, no: int) -> bool:
    """A number where a measure is asked for; False when there is no such measure."""
    found = [task for task in asked_tasks(turn) if task.measure.no == no]
    if not found:
        return False
    if len(found) > 1:
        turn.remember(no=str(no), purpose="measure")
        turn.ask("agency")
    else:
        start(turn, found[0])
    return True


def start(turn: Turn, task: Task) -> None:
    """Begin with a measure, or go on with its draft; one that was reported is only corrected after asking."""
    turn.remember(
        round=round_key(task.round),
        came_from=None,
        again=None,
        at=None,
        editing=None,
        acked=None,
        slip=None,
        unchanged=None,
    )
    draft_id = draft_of(turn, task)
    if draft_id is not None:
        _go_on(turn, task, draft_id)
    elif task.update is None:
        effect = StartDraft(
            update_id=UpdateId(turn.event.id),
            measure_id=task.measure.id,
            round_no=task.round.no,
            holder=task.holder.id if task.holder else None,
        )
        turn.start_draft(effect, task)
        sharing.show_others(turn, task)
        turn.ask(flow.SECOND, editing=False)
    elif task.update.review is Review.RETURNED:
        correct(turn, task)
    else:
        turn.remember(task=task_key(task))
        turn.ask("confirm_correction")


def correct(turn: Turn, task: Task) -> None:
    """Begin a correction: a draft that holds what was submitted, and the question what to change."""
    draft_id = draft_of(turn, task)
    if draft_id is not None:
        _go_on(turn, task, draft_id)
        return
    if task.update is None:
        return
    effect = StartDraft(
        update_id=UpdateId(turn.event.id),
        measure_id=task.measure.id,
        round_no=task.round.no,
        copy_of=task.update.id,
        replaces=task.update.id,
        holder=task.holder.id if task.holder else None,
    )
    turn.start_draft(effect, task)
    returned = task.update.review is Review.RETURNED
    turn.say(
        "correcting",
        no=task.measure.no,
        title=task.measure.title,
        returned=returned,
        reason=task.update.review_reason if returned else None,
    )
    turn.ask("answer_to_change", editing=True)


def draft_of(turn: Turn, task: Task) -> UpdateId | None:
    """The task's draft, unless this very turn drops it."""
    dropped = {effect.update_id for effect in turn.done if isinstance(effect, DropDraft)}
    return None if task.draft_id in dropped else task.draft_id


def _go_on(turn: Turn, task: Task, draft_id: UpdateId) -> None:
    known = [turn.draft, turn.facts.draft, *turn.facts.drafts]
    draft = next((each for each in known if each is not None and each.update.id == draft_id), None)
    turn.turn_to(draft_id, draft or _unloaded(task, draft_id, turn))
    turn.say("resumed", no=task.measure.no, round_no=task.round.no.value)
    flow.resume(turn)


def _unloaded(task: Task, draft_id: UpdateId, turn: Turn) -> Draft:
    """A stand-in where the draft's content is not among the facts: it is asked from the status on."""
    whose = task.holder or turn.facts.person
    person_id = whose.id if whose else PersonId("")
    update = Update(id=draft_id, measure_id=task.measure.id, round_no=task.round.no, person_id=person_id)
    return Draft(
        agency=task.agency,
        measure=task.measure,
        round=task.round,
        update=update,
        previous=task.previous,
        asks_output=task.asks_output,
        holder=task.holder,
        others=task.others,
    )


def task_line(turn: Turn, task: Task) -> dict[str, object]:
    """A measure as lists show it: number, title and how it stands."""
    return {
        "no": task.measure.no,
        "title": task.measure.title,
        "agency": task.agency.name if len(turn.facts.hats) > 1 and turn.agency is None else None,
        "holder": task.holder.name if task.holder else None,
        "state": _state_of(turn, task),
        "due_on": task.round.due_on,
        "round_no": task.round.no.value,
        "others": sharing.lines(task.others),
    }


def _state_of(turn: Turn, task: Task) -> str:
    """One of: missing, draft, returned, pending, accepted."""
    if task.update is not None and task.update.review is Review.RETURNED:
        return "returned"
    if draft_of(turn, task) is not None:
        return "draft"
    if task.update is None:
        return "missing"
    return "accepted" if task.update.review is Review.ACCEPTED else "pending"
