"""What a draft will hold once an effect of this turn is carried out, so that the turn can go on from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import effects as do
from bot.conversation.facts import Draft, Task
from bot.domain.people import PersonId
from bot.domain.updates import Answer, Stage, Update


def started(effect: do.StartDraft, task: Task, person_id: PersonId) -> Draft:
    """The draft that StartDraft makes for a task."""
    empty = Update(id=effect.update_id, measure_id=effect.measure_id, round_no=effect.round_no, person_id=person_id)
    copied = task.update is not None and task.update.id == effect.copy_of
    update = _copied(empty, task.update) if copied and task.update else empty
    return Draft(
        agency=task.agency,
        measure=task.measure,
        round=task.round,
        update=update,
        previous=task.previous,
        asks_output=task.asks_output,
        replaces=effect.replaces,
        holder=task.holder,
        others=task.others,
    )


def _copied(into: Update, source: Update) -> Update:
    return replace(
        source, id=into.id, person_id=into.person_id, round_no=into.round_no, stage=Stage.DRAFT, submitted_at=None
    )


def after(draft: Draft, effect: do.Effect) -> Draft:
    """The draft after one effect; effects about anything else leave it as it is."""
    match effect:
        case do.AddPart(answer=answer, text=text):
            return replace(draft, pending={**draft.pending, answer: (*draft.pending.get(answer, ()), text)})
        case do.ForgetParts(answer=answer):
            return replace(draft, pending=_without(draft.pending, answer))
        case do.DropPart(answer=answer):
            return replace(draft, pending={**draft.pending, answer: draft.pending.get(answer, ())[:-1]})
        case do.MendParts(answer=answer, texts=texts):
            mended = tuple(texts.get(part, part) for part in draft.pending.get(answer, ()))
            return replace(draft, pending={**draft.pending, answer: mended})
        case do.SetAnswer(answer=answer, text=text):
            return replace(
                draft, update=_with_answer(draft.update, answer, text), pending=_without(draft.pending, answer)
            )
        case do.CopyAnswers() if draft.previous is not None:
            return replace(draft, update=_copied(draft.update, draft.previous), pending={})
        case _:
            return replace(draft, update=_update_after(draft.update, effect))


def _update_after(update: Update, effect: do.Effect) -> Update:
    match effect:
        case do.SetStatus(status=status):
            return replace(update, status=status)
        case do.SetExpectedOn(day=day):
            return replace(update, expected_on=day)
        case do.AddEvidence(evidence=piece):
            return replace(update, evidence=(*update.evidence, piece))
        case do.UseKept(pieces=kept):
            return replace(update, evidence=(*update.evidence, *kept))
        case do.CaptionEvidence(evidence_id=evidence_id, caption=caption):
            pieces = (replace(p, caption=caption) if p.id == evidence_id else p for p in update.evidence)
            return replace(update, evidence=tuple(pieces))
        case do.OrderEvidence(order=order):
            at = {evidence_id: place for place, evidence_id in enumerate(order)}
            return replace(update, evidence=tuple(sorted(update.evidence, key=lambda p: at.get(p.id, len(at)))))
        case do.RemoveEvidence(evidence_id=evidence_id):
            return replace(update, evidence=tuple(p for p in update.evidence if p.id != evidence_id))
        case _:
            return update


def _with_answer(update: Update, answer: Answer, text: str | None) -> Update:
    match answer:
        case Answer.SUMMARY:
            return replace(update, summary=text)
        case Answer.OUTPUT:
            return replace(update, output=text)
        case Answer.OUTCOME:
            return replace(update, outcome=text)
        case Answer.OBSTACLES:
            return replace(update, obstacles=text)


def _without(pending: Mapping[Answer, tuple[str, ...]], answer: Answer) -> dict[Answer, tuple[str, ...]]:
    return {each: parts for each, parts in pending.items() if each is not answer}
