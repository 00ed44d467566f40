"""ขอเข้าร่วม: somebody without a code asks an agency to let them in; and an admin's answer."""

from __future__ import annotations

from bot.conversation import choices, words
from bot.conversation.effects import DecideJoin, ForgetJoin, RequestJoin
from bot.conversation.events import ButtonTapped, TextReceived
from bot.conversation.facts import JoinAsked
from bot.conversation.flows import administration
from bot.conversation.turn import Turn
from bot.conversation.types import State
from bot.conversation.words import Word
from bot.domain.agencies import Agency
from bot.domain.joining import LONGEST_ASKER, REQUESTS_PER_DAY
from bot.domain.people import Role
from bot.domain.text import clean, match_key

FLOW = "joining"
MOST_SHOWN = 10
"""Agencies listed at once; of more, a part of the name is asked for."""
SHORTEST_SEARCH = 2


def stranger(turn: Turn) -> None:
    """Take what somebody who has not joined says: a step of asking to join, or nothing that is understood."""
    said = _said(turn)
    word = words.command(said)
    question = turn.state.question if turn.state.flow == FLOW else None
    if question is None:
        turn.state = State(serial=turn.state.serial)
    if word is Word.JOIN:
        begin(turn)
    elif question is not None and word in {Word.CANCEL, Word.BACK, Word.PAUSE}:
        turn.state = State(serial=turn.state.serial + 1)
        turn.say("ask_code")
    elif question == "join_agency":
        _agency_named(turn, said)
    elif question == "join_name":
        _name_given(turn, said)
    elif word is Word.CANCEL and turn.facts.join_waits is not None:
        turn.do(ForgetJoin())
        turn.say("join_forgotten")
    elif turn.facts.join_waits is not None:
        turn.say("join_waiting", agency=turn.facts.join_waits.agency.name, name=turn.facts.join_waits.name)
    else:
        turn.say("ask_code")


def _said(turn: Turn) -> str:
    match turn.event:
        case TextReceived(text=text):
            return clean(text)
        case ButtonTapped(data=data):
            tap = choices.unpack(data)
            return tap.word if tap and tap.serial in {None, turn.state.serial} else ""
    return ""


def begin(turn: Turn) -> None:
    """Ask which agency; a request that waits already, or too many in a day, are said so."""
    waits = turn.facts.join_waits
    if waits is not None:
        turn.say("join_waiting", agency=waits.agency.name, name=waits.name)
    elif turn.facts.joins_today >= REQUESTS_PER_DAY:
        turn.say("mistake/too_many_requests")
    elif not turn.facts.joinable:
        turn.say("ask_code")
    elif len(turn.facts.joinable) == 1:
        _chosen(turn, turn.facts.joinable[0])
    else:
        _found(turn, turn.facts.joinable[:MOST_SHOWN] if len(turn.facts.joinable) <= MOST_SHOWN else ())
        turn.ask("join_agency", flow=FLOW)


def listed(turn: Turn) -> list[Agency]:
    """The agencies that the question lists."""
    ids = (turn.recall("found") or "").split(",")
    by_id = {str(agency.id): agency for agency in turn.facts.joinable}
    return [by_id[each] for each in ids if each in by_id]


def chosen(turn: Turn) -> Agency | None:
    """The agency that somebody asks to join."""
    return next((a for a in turn.facts.joinable if a.id == turn.recall("agency")), None)


def _found(turn: Turn, agencies: tuple[Agency, ...]) -> None:
    turn.remember(found=",".join(agency.id for agency in agencies) or None)


def _chosen(turn: Turn, agency: Agency) -> None:
    turn.remember(agency=agency.id, found=None)
    turn.ask("join_name", flow=FLOW)


def _agency_named(turn: Turn, said: str) -> None:
    no, shown, wanted = words.number(said), listed(turn), match_key(said)
    named = [agency for agency in turn.facts.joinable if match_key(agency.name) == wanted]
    if len(wanted) >= SHORTEST_SEARCH and not named:
        named = [agency for agency in turn.facts.joinable if wanted in match_key(agency.name)]
    if no is not None and 1 <= no <= len(shown):
        _chosen(turn, shown[no - 1])
    elif len(named) == 1:
        _chosen(turn, named[0])
    elif named and len(named) <= MOST_SHOWN:
        _found(turn, tuple(named))
        turn.ask("join_agency", flow=FLOW)
    else:
        turn.say("mistake/agency_not_found", many=len(named) > MOST_SHOWN)
        turn.ask("join_agency", flow=FLOW)


def _name_given(turn: Turn, said: str) -> None:
    agency = chosen(turn)
    name = "\n".join(" ".join(line.split()) for line in said.splitlines())
    if agency is None:
        turn.state = State(serial=turn.state.serial + 1)
        turn.say("ask_code")
    elif not 2 <= len(name) <= LONGEST_ASKER or "://" in name or words.number(name) is not None:
        turn.say("mistake/no_name")
        turn.ask("join_name", flow=FLOW)
    else:
        turn.do(RequestJoin(agency_id=agency.id, name=name))
        turn.state = State(serial=turn.state.serial + 1)
        turn.say("join_asked", agency=agency.name, name=name)


# An admin's answer


def waiting(turn: Turn) -> list[JoinAsked]:
    """The requests that still wait, without those that this very turn decides on."""
    decided = {effect.request_id for effect in turn.done if isinstance(effect, DecideJoin)}
    return [each for each in turn.facts.join_requests if each.id not in decided]


def shown(turn: Turn) -> JoinAsked | None:
    """The request that the chat is showing, if it still waits."""
    return next((each for each in waiting(turn) if each.id == turn.recall("card")), None)


def decide(turn: Turn, word: Word) -> None:
    """อนุมัติ or ไม่อนุมัติ the one request that waits; with several, the oldest is shown first."""
    requests = waiting(turn)
    if not requests:
        name = "nothing_to_approve" if Role.ADMIN in turn.facts.roles() else "mistake/not_for_you"
        turn.say(name, word=word.value)
    elif len(requests) == 1:
        answer(turn, requests[0], word)
    else:
        administration.begin_aside(turn)
        turn.remember(card=requests[0].id)
        turn.ask("join_card", flow="people")


def answer(turn: Turn, request: JoinAsked, word: Word) -> None:
    """Write the decision down, and show the next request."""
    approve = word is Word.APPROVE
    turn.do(DecideJoin(request_id=request.id, agency_id=request.agency.id, approve=approve))
    turn.say(
        "join_decided",
        name=request.name,
        agency=request.agency.name,
        approved=approve,
        url=f"{turn.facts.base_url}/admin/{request.agency.id}/people/",
    )
    left = waiting(turn)
    if left and turn.state.flow == "people":
        turn.remember(card=left[0].id)
        turn.ask("join_card", flow="people")
    else:
        turn.remember(card=None)
        administration.end_aside(turn, say=False)
