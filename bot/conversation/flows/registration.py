"""Joining by an invite code."""

from __future__ import annotations

from bot.conversation.effects import CountWrongCode, RedeemInvite
from bot.conversation.facts import CodeSeen
from bot.conversation.turn import Turn
from bot.domain.calendar import fiscal_year_of
from bot.domain.people import WRONG_CODES_PER_HOUR, Invite
from bot.domain.rounds import Round, RoundNo, default_round, next_to_open, open_rounds


def code_seen(turn: Turn, *, answering: bool) -> bool:
    """Take the message as a code; False when it is none, or part of an answer being given."""
    code = turn.facts.code
    if code is None or (answering and code.invite is None):
        return False
    if turn.facts.wrong_codes >= WRONG_CODES_PER_HOUR:
        turn.say("mistake/too_many_codes")
    elif code.invite is None:
        turn.do(CountWrongCode())
        turn.say("mistake/code_not_valid")
    else:
        _redeem(turn, code, code.invite)
    turn.ask_again()
    return True


def _redeem(turn: Turn, code: CodeSeen, invite: Invite) -> None:
    turn.do(RedeemInvite(invite_id=invite.id))
    live, upcoming = _rounds(turn, code, invite)
    person = turn.facts.person
    turn.say(
        "greeting",
        name=person.name if person else invite.name,
        agency=code.agency.name if code.agency else None,
        role=invite.role.value,
        measures=[{"no": measure.no, "title": measure.title} for measure in code.measures],
        round_no=live.no.value if live else None,
        year=live.fiscal_year if live else None,
        due_on=live.due_on if live else None,
        next_round_no=upcoming.no.value if upcoming else None,
        next_year=upcoming.fiscal_year if upcoming else None,
        opens_on=upcoming.opens_on if upcoming else None,
        again=person is not None,
        asked=turn.state.question is not None,
    )


def _rounds(turn: Turn, code: CodeSeen, invite: Invite) -> tuple[Round | None, Round | None]:
    """The live round of the invite's agency and the one that opens next; default dates where none are set."""
    if code.agency is None:
        return None, None
    rounds = [r for r in turn.facts.rounds if r.agency_id == code.agency.id]
    if not rounds:
        this_year = invite.fiscal_year or fiscal_year_of(turn.today)
        rounds = [default_round(code.agency.id, this_year, no) for no in RoundNo]
    if invite.fiscal_year is not None:
        rounds = [r for r in rounds if r.fiscal_year == invite.fiscal_year]
    return next(iter(open_rounds(rounds, turn.today)), None), next_to_open(rounds, turn.today)
