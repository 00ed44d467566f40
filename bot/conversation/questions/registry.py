"""All questions by key."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.questions import (
    acting_from,
    acting_until,
    agency,
    answer_to_change,
    colleague,
    confirm_acting,
    confirm_cancel,
    confirm_copy,
    confirm_correction,
    end_acting,
    evidence,
    expected_on,
    inbox,
    kept,
    kept_choice,
    kept_for,
    leave,
    measure,
    obstacles,
    outcome,
    output,
    piece,
    pieces,
    preview,
    quiet,
    reason,
    return_reason,
    review_card,
    snooze,
    status,
    summary,
)
from bot.conversation.questions.base import Question

QUESTIONS: Mapping[str, Question] = {
    question.key: question
    for question in (
        measure.QUESTION,
        status.QUESTION,
        summary.QUESTION,
        output.QUESTION,
        outcome.QUESTION,
        evidence.QUESTION,
        pieces.QUESTION,
        piece.QUESTION,
        kept_choice.QUESTION,
        obstacles.QUESTION,
        reason.QUESTION,
        expected_on.QUESTION,
        preview.QUESTION,
        answer_to_change.QUESTION,
        confirm_cancel.QUESTION,
        confirm_copy.QUESTION,
        confirm_correction.QUESTION,
        agency.QUESTION,
        review_card.QUESTION,
        return_reason.QUESTION,
        snooze.QUESTION,
        kept_for.QUESTION,
        inbox.QUESTION,
        kept.QUESTION,
        leave.QUESTION,
        quiet.QUESTION,
        colleague.QUESTION,
        acting_from.QUESTION,
        acting_until.QUESTION,
        confirm_acting.QUESTION,
        end_acting.QUESTION,
    )
}
