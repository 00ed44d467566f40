"""The chat words that mean the same wherever they are said."""

from __future__ import annotations

from bot.conversation import help_words, idle, people_words, practice
from bot.conversation.flows import administration, choosing, deciding, keeping, reopening
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions import history, leave, quiet, snooze
from bot.conversation.turn import Turn
from bot.conversation.words import Word
from bot.domain.rounds import RoundNo


def obey(turn: Turn, word: Word) -> None:
    """Do what a chat word asks; one that has no meaning here says so and changes nothing."""
    if practice.not_now(turn, word):
        return
    match word:
        case Word.PRACTICE:
            practice.begin(turn)
        case Word.END_PRACTICE:
            practice.end(turn)
        case Word.REPORT:
            choosing.report(turn)
        case Word.MY_WORK:
            administration.my_work(turn)
        case Word.COMPLETENESS:
            administration.completeness(turn)
        case Word.HELP:
            help_words.tell(turn)
        case Word.SIGN_IN:
            administration.sign_in(turn)
        case Word.COMPILE:
            administration.compile_report(turn)
        case Word.LINK_GROUP:
            administration.link_group(turn)
        case Word.ACCEPT | Word.RETURN:
            deciding.decide(turn, word)
        case Word.CHANGE:
            _change(turn)
        case Word.CANCEL:
            _cancel(turn)
        case Word.PAUSE:
            _pause(turn)
        case Word.POSTPONE:
            snooze.begin(turn)
        case Word.REOPEN:
            reopening.begin(turn)
        case Word.ALLOW_CHANGE | Word.DENY_CHANGE:
            reopening.decide(turn, word)
        case Word.HISTORY:
            history.begin(turn)
        case Word.INBOX:
            keeping.look(turn)
        case Word.LEAVE:
            leave.begin(turn)
        case Word.QUIET:
            quiet.begin(turn)
        case Word.WHY:
            idle.why_reminded(turn)
        case Word.END | Word.SKIP | Word.BACK | Word.REUSE | Word.CONFIRM:  # words.OF_QUESTIONS
            _no_use_here(turn, word)
        case _:
            people_words.obey(turn, word)


def change_answer(turn: Turn, key: str) -> None:
    """แก้ไข หลักฐาน: that answer at once."""
    _change(turn)
    draft = turn.draft
    key = "reason" if key == "obstacles" and draft and flow.row_of(draft, "reason") else key
    if draft and turn.state.question == "answer_to_change" and (key == flow.SECOND or flow.row_of(draft, key)):
        turn.ask(key)


def compile_round(turn: Turn, no: RoundNo) -> None:
    """ออกรายงาน รอบ ๖ เดือน: compile that round."""
    administration.compile_report(turn, no)


def _in_draft(turn: Turn) -> bool:
    """Whether a question about the draft is being asked."""
    return (
        turn.draft is not None
        and turn.state.flow == "progress_update"
        and turn.state.question not in {None, flow.FIRST}
    )


def _change(turn: Turn) -> None:
    """แก้ไข: in a draft, which answer; else the update last sent back or submitted, else the paused draft."""
    if turn.draft is not None and _in_draft(turn):
        if turn.state.question == "answer_to_change":
            turn.ask_again()
            return
        at = turn.recall("at") if turn.state.question in flow.CONFIRMATIONS else turn.state.question
        at = flow.PART_OF.get(at or "", at)
        finished = turn.state.editing or at == flow.LAST
        known = at if at == flow.SECOND or (at and flow.row_of(turn.draft, at)) else None
        turn.remember(came_from=None if finished else known, at=None)
        turn.ask("answer_to_change", editing=finished)
    elif turn.facts.last_sent:
        choosing.correct(turn, turn.facts.last_sent[0])
    elif turn.draft is not None:
        turn.say("resumed", no=turn.draft.measure.no, round_no=turn.draft.round.no.value)
        turn.remember(at=None, editing=None)
        turn.ask("answer_to_change")
    elif turn.facts.locked_work and not turn.tasks:
        reopening.begin(turn)
    else:
        turn.say("mistake/nothing_to_change")
        turn.ask_again()


def _cancel(turn: Turn) -> None:
    """ยกเลิก: drop the draft, after asking."""
    if turn.draft is None:
        turn.say("mistake/nothing_to_cancel")
        turn.ask_again()
    elif _in_draft(turn):
        turn.remember(at=turn.state.question, editing="1" if turn.state.editing else None)
        turn.ask("confirm_cancel")
    else:
        turn.remember(was_idle="1")
        turn.ask("confirm_cancel")


def _pause(turn: Turn) -> None:
    """พักไว้: keep the draft for later."""
    if turn.draft is not None and _in_draft(turn):
        draft = turn.draft
        flow.pause(turn)
        turn.say("paused", no=draft.measure.no, locks_on=draft.round.locks_on)
    else:
        turn.say("mistake/nothing_to_pause", has_draft=turn.draft is not None)


def _no_use_here(turn: Turn, word: Word) -> None:
    """A word of some question, said where that question is not asked."""
    if turn.is_idle and turn.draft is not None:
        turn.say("resumed", no=turn.draft.measure.no, round_no=turn.draft.round.no.value)
        flow.resume(turn)
        return
    turn.say("mistake/not_here", word=word.value)
    turn.ask_again()
