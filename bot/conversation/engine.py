"""The conversation: `advance(state, event, facts) -> Step`, a pure function and the only entry.

Unfollowed, MessageUnsent        noted, nothing said
Followed                         greeted, or told where one was
TextReceived, ButtonTapped       the live question's own words → a living code → chat words → the answer
MediaReceived, LocationReceived  evidence while a draft is being written
StickerReceived                  answered kindly, changes nothing
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import choices, commands, english, idle, meaning, practice, small_talk, words
from bot.conversation.effects import SetBlocked
from bot.conversation.events import (
    ButtonTapped,
    Event,
    Followed,
    LocationReceived,
    MediaKind,
    MediaReceived,
    MessageUnsent,
    StickerReceived,
    TextReceived,
    Unfollowed,
)
from bot.conversation.facts import Facts
from bot.conversation.flows import (
    choosing,
    deciding,
    joining,
    keeping,
    receiving,
    registration,
    reviewing,
    signing,
    taking_back,
)
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions import leave, quiet
from bot.conversation.questions.base import Question
from bot.conversation.questions.registry import QUESTIONS
from bot.conversation.turn import IDLE, Turn
from bot.conversation.types import Choice, Message, State, Step
from bot.domain.people import Role

FLOWS = frozenset({"progress_update", "review", "sign_off", "administration", "people", "inbox"})


def advance(state: State, event: Event, facts: Facts) -> Step:
    """Decide one turn: where the chat goes, what is said, and what is to be done."""
    if state.practice is not None:
        return practice.advance(state, event, facts, _advance, _resume)
    return _advance(state, event, facts)


def _resume(turn: Turn) -> Step:
    """Go on where a practice round began."""
    if turn.facts.person is not None:
        _settle(turn)
        turn.ask_again()
    return _finished(turn)


def _advance(state: State, event: Event, facts: Facts) -> Step:
    turn = Turn(state=state, event=event, facts=facts, draft=facts.draft)
    match event:
        case Unfollowed():
            turn.do(SetBlocked(blocked=True))
        case MessageUnsent(message_id=message_id):
            if facts.person is not None:
                taking_back.take_back(turn, message_id)
        case Followed():
            _followed(turn)
        case TextReceived() | ButtonTapped() | MediaReceived() | LocationReceived() | StickerReceived():
            _spoken(turn, event)
        case _:
            pass
    return _finished(turn)


def _finished(turn: Turn) -> Step:
    """Say the live question if it is to be said, and give the last message its buttons."""
    question = live_question(turn)
    if turn.asking and question is not None:
        question.preface(turn)
    messages = list(turn.said)
    if turn.asking and question is not None:
        messages.append(Message(name=question.template, values=question.values(turn)))
    if messages and not messages[-1].choices:
        messages[-1] = replace(messages[-1], choices=_buttons(turn, question, messages[-1]))
    return Step(state=turn.state, messages=tuple(messages), effects=tuple(turn.done))


def _buttons(turn: Turn, question: Question | None, message: Message) -> tuple[Choice, ...]:
    if question is not None:
        return question.choices(turn)[: choices.MOST_CHOICES]
    joined = message.values.get("role") if message.name == "greeting" else None
    return idle.choices(turn, frozenset({Role(str(joined))} if joined else ()))


def is_answering(state: State) -> bool:
    """Whether an answer is being given or looked over: nothing else should be said in between."""
    question = QUESTIONS.get(state.question) if state.question else None
    return question is not None and (question.is_answer or question.key == flow.LAST)


def live_question(turn: Turn) -> Question | None:
    """The question being asked, None when there is none."""
    return QUESTIONS.get(turn.state.question) if turn.state.question else None


def _followed(turn: Turn) -> None:
    turn.do(SetBlocked(blocked=False))
    if turn.facts.person is None:
        turn.say("welcome")
        return
    _settle(turn)
    turn.say("welcome_back", name=turn.facts.person.name, has_draft=turn.draft is not None)
    turn.ask_again()


def _spoken(turn: Turn, event: Event) -> None:
    if turn.facts.person is None:
        turn.draft = None
        if turn.facts.code is None:
            joining.stranger(turn)
            return
        turn.state = State(serial=turn.state.serial)
        registration.code_seen(turn, answering=False)
        return
    if taking_back.told(turn):
        return
    gone = _settle(turn)
    match event:
        case TextReceived(text=text):
            _heard(turn, text, gone=gone)
        case ButtonTapped():
            _tapped(turn, event, gone=gone)
        case MediaReceived() | LocationReceived():
            _received(turn, event)
        case _:
            turn.say("sticker", asked=turn.state.question is not None)


def _settle(turn: Turn) -> bool:
    """Put a state that no longer fits at rest; says so where a question was being asked. True when it was."""
    state = turn.state
    if state.question is None and state.flow == IDLE:
        if turn.draft is None and state.draft is not None:
            turn.rest()
        return False
    question = live_question(turn)
    if question is None or state.flow not in FLOWS:
        turn.rest(keep_draft=turn.draft is not None)
        turn.say("mistake/lost_the_thread", has_draft=turn.draft is not None)
        return True
    if question.needs_draft and not _fits(turn, question):
        _leave_draft(turn)
        return True
    if _offers_nothing(turn):
        choosing.nothing_to_report(turn)
        return True
    if state.flow == reviewing.FLOW and reviewing.shown_card(turn) is None:
        turn.say("review_gone")
        deciding.leave(turn)
        return True
    if state.flow == signing.FLOW and signing.shown_card(turn) is None:
        turn.say("sign_gone")
        deciding.leave(turn)
        return True
    if turn.draft is None and state.draft is not None:
        turn.state = replace(state, draft=None)
    return False


def _leave_draft(turn: Turn) -> None:
    """Say why the draft is not gone on with; one whose round has locked stays as it is."""
    locked = turn.facts.locked
    turn.rest(keep_draft=turn.draft is not None)
    if turn.draft is not None:
        turn.say("mistake/lost_the_thread", has_draft=True)
    elif locked is None:
        turn.say("draft_gone")
    else:
        turn.say(
            "round_locked",
            no=locked.measure.no,
            round_no=locked.round.no.value,
            locks_on=locked.round.locks_on,
            opens_on=locked.round.opens_on if locked.round.opens_on > turn.today else None,
        )


def _offers_nothing(turn: Turn) -> bool:
    """Whether a choice of measure is being asked although every round has locked meanwhile."""
    chooses = turn.state.question in {flow.FIRST, "confirm_correction"} or turn.recall("purpose") == "measure"
    return chooses and not turn.tasks


def _fits(turn: Turn, question: Question) -> bool:
    """Whether the draft is there and its status asks this question."""
    if turn.draft is None:
        return False
    asked_by_status = any(row.question == question.key for table in flow.TABLE.values() for row in table)
    return not asked_by_status or flow.row_of(turn.draft, question.key) is not None


def _heard(turn: Turn, text: str, *, gone: bool, typed: bool = True) -> None:
    """Take a text as what it is: a word of the live question, a code, a chat word, or (part of) an answer."""
    question = live_question(turn)
    if question is not None and not gone and question.hears(turn, text):
        return
    is_answer = question is not None and question.is_answer
    if typed and registration.code_seen(turn, answering=is_answer):
        return
    word = words.command(text) or (None if is_answer else english.command(text))
    no = words.compile_round(text) if word is None and not is_answer else None
    if word is not None:
        if gone and word in words.OF_QUESTIONS:
            turn.ask_again()
        elif gone or question is None or not question.takes(turn, word):
            commands.obey(turn, word)
    elif no is not None:
        commands.compile_round(turn, no)
    elif not (gone or is_answer) and (key := words.change_heading(text)) is not None:
        commands.change_answer(turn, key)
    elif (
        not gone and not is_answer and not turn.facts.practising and (leave.said(turn, text) or quiet.said(turn, text))
    ):
        pass
    elif gone:
        turn.ask_again()
    elif not is_answer and not words.is_small_talk(text) and meaning.slip(turn, question, text):
        pass
    elif question is None:
        idle.accept(turn, text)
    elif not is_answer and words.is_small_talk(text):
        small_talk.answer(turn, text)
    elif is_answer and not typed:
        _stale(turn)
    else:
        question.accept(turn, text)


def _tapped(turn: Turn, event: ButtonTapped, *, gone: bool) -> None:
    tap = choices.unpack(event.data)
    picked = event.params.get("date", "")
    if tap is None or not (tap.word or picked):
        turn.say("mistake/button_not_understood")
        turn.ask_again()
    elif tap.serial is not None and tap.serial != turn.state.serial:
        if not gone:
            _stale(turn)
    elif not tap.word:
        _heard(turn, picked, gone=gone, typed=turn.state.question == "expected_on")
    else:
        _heard(turn, tap.word, gone=gone, typed=turn.state.question == "expected_on")


def _stale(turn: Turn) -> None:
    turn.say("mistake/stale_button", asked=turn.state.question is not None)
    turn.ask_again()


def _received(turn: Turn, event: MediaReceived | LocationReceived) -> None:
    """A photo, file, voice or place: evidence where it is asked; elsewhere in a draft photos and files are kept too."""
    question = live_question(turn)
    if question is not None and question.receives(turn, event):
        return
    in_draft = turn.draft is not None and question is not None and question.needs_draft
    is_voice = isinstance(event, MediaReceived) and event.kind is MediaKind.AUDIO
    if turn.draft is not None and in_draft and isinstance(event, MediaReceived) and not is_voice:
        receiving.add(turn, turn.draft, event, "kept_as_evidence")
        if question is not None and question.key == flow.LAST and turn.said:
            turn.ask_again()
        return
    if not in_draft and not is_voice and turn.facts.measures:
        keeping.keep(turn, event)
        return
    kind = event.kind.value if isinstance(event, MediaReceived) else "location"
    turn.say("not_taken_here", kind=kind, asked=question is not None, in_draft=in_draft)
