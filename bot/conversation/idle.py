"""What is offered and understood while nothing is being asked."""

from __future__ import annotations

from bot.conversation import small_talk, words
from bot.conversation.flows import administration, choosing, deciding, joining, keeping
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.people import Role
from bot.domain.text import thai_digits


def choices(turn: Turn, more_roles: frozenset[Role] = frozenset()) -> tuple[Choice, ...]:
    """The words that help now, by what the person does."""
    if turn.facts.person is None and not more_roles:
        return (_word(Word.JOIN), _word(Word.HELP))
    roles = turn.facts.roles() | more_roles
    found: list[Word] = []
    if Role.OFFICER in roles or turn.facts.tasks:
        found += [Word.REPORT, Word.MY_WORK]
    if deciding.waiting(turn):
        found.append(Word.ACCEPT)
    if roles - {Role.OPERATOR}:
        found.append(Word.COMPLETENESS)
    if joining.waiting(turn):
        found.append(Word.APPROVE)
    if Role.ADMIN in roles:
        found.append(Word.COMPILE)
    if roles & administration.SIGNS_IN:
        found.append(Word.SIGN_IN)
    if sum(hat.agency is not None for hat in turn.facts.hats) > 1:
        found.append(Word.SWITCH)
    return tuple(_word(word) for word in (*found, Word.HELP))


def _word(word: Word) -> Choice:
    return Choice(label=word, word=word)


def accept(turn: Turn, text: str) -> None:
    """A round by name, a thank-you, or something that was not understood."""
    no = words.round_no(text)
    if no is not None and turn.recall("last") == "compile":
        administration.compile_report(turn, no)
    elif no is not None:
        choosing.choose_round(turn, no)
    elif keeping.keep_link(turn, text):
        pass
    elif words.is_small_talk(text):
        small_talk.answer(turn, text)
    else:
        turn.say("mistake/not_understood", has_draft=turn.draft is not None)


def why_reminded(turn: Turn) -> None:
    """The reasons of the last reminder, as they were when it was said."""
    last = turn.facts.last_reminder
    reasons = [
        {"why": r.why, "round_no": r.round_no, "measures": [thai_digits(str(no)) for no in r.measures]} for r in last
    ]
    facts = turn.facts
    offered = (Word.REPORT, Word.POSTPONE, Word.LEAVE, Word.QUIET, Word.HELP) if turn.is_idle else ()
    turn.say(
        "why_reminded",
        choices=tuple(_word(word) for word in offered),
        day=last[0].day if last else None,
        reasons=reasons,
        snoozed_until=facts.snoozed_until,
        leave=facts.leave,
        quiet=facts.quiet,
    )
