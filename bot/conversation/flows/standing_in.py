"""มอบหมายแทน: an officer lets a colleague act for them from one day to another, or ends it."""

from __future__ import annotations

from datetime import date

from bot.conversation.effects import EndActing, StartActing
from bot.conversation.facts import Colleague, OwnPost
from bot.conversation.flows import administration
from bot.conversation.turn import Turn
from bot.domain.acting import LONGEST_ACTING

FLOW = "people"
ACTING = "acting"


def begin(turn: Turn) -> None:
    """Ask whom; where somebody acts already, or will, whether to end that."""
    if turn.facts.own_posts:
        administration.begin_aside(turn)
        turn.ask("end_acting", flow=FLOW)
    elif not turn.facts.colleagues:
        turn.say("no_colleagues")
        turn.ask_again()
    else:
        administration.begin_aside(turn)
        turn.remember(purpose=ACTING)
        turn.ask("colleague", flow=FLOW)


def chosen(turn: Turn) -> Colleague | None:
    """The colleague that was chosen, while they are one."""
    wanted = (turn.recall("colleague"), turn.recall("in"))
    return next((c for c in turn.facts.colleagues if (c.person.id, c.agency.id) == wanted), None)


def day(turn: Turn, key: str) -> date | None:
    """A day that was given."""
    kept = turn.recall(key)
    try:
        return date.fromisoformat(kept) if kept else None
    except ValueError:
        return None


def wrong_span(turn: Turn, first: date, last: date) -> str | None:
    """What is wrong with the days: over, dates, too_long or away; None when they will do."""
    if last < turn.today:
        return "over"
    if last < first:
        return "dates"
    if (last - first).days >= LONGEST_ACTING:
        return "too_long"
    colleague = chosen(turn)
    away = colleague.away if colleague else ()
    return "away" if any(gone <= last and first <= back for gone, back in away) else None


def start(turn: Turn) -> None:
    """Do what was confirmed."""
    colleague, first, last = chosen(turn), day(turn, "first"), day(turn, "last")
    if colleague is None or first is None or last is None:
        administration.end_aside(turn)
        return
    turn.do(
        StartActing(agency_id=colleague.agency.id, acting_id=colleague.person.id, first_on=first, last_on=last),
    )
    turn.say(
        "acting_arranged",
        acting=colleague.person.name,
        agency=colleague.agency.name,
        first_on=first,
        last_on=last,
    )
    administration.end_aside(turn, say=False)


def end(turn: Turn, post: OwnPost) -> None:
    """Let it end now."""
    turn.do(EndActing(post_id=post.id, agency_id=post.agency.id))
    turn.say("acting_ended", mine=True, acting=post.acting.name, holder="", agency=post.agency.name)
    administration.end_aside(turn, say=False)
