"""โอนงาน: an officer offers measures to a colleague, who takes them or declines."""

from __future__ import annotations

import re

from bot.conversation.effects import OfferHandover, SettleHandover
from bot.conversation.facts import OfferSeen
from bot.conversation.flows import administration, standing_in
from bot.conversation.turn import Turn
from bot.conversation.words import Word
from bot.domain.joining import Offer
from bot.domain.plans import Measure
from bot.domain.text import arabic_digits, match_key

_ALL = {match_key(word) for word in ("ทั้งหมด", "ทุกมาตรการ", "ทุกข้อ", "all")}
_RANGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")


def begin(turn: Turn) -> None:
    """Ask to whom; an offer that waits can be withdrawn instead."""
    if turn.facts.own_offers:
        administration.begin_aside(turn)
        turn.ask("withdraw_handover", flow=standing_in.FLOW)
    elif not turn.facts.own_measures:
        turn.say("nothing_to_hand_over")
        turn.ask_again()
    elif not turn.facts.colleagues:
        turn.say("no_colleagues")
        turn.ask_again()
    else:
        administration.begin_aside(turn)
        turn.remember(purpose="handover")
        turn.ask("colleague", flow=standing_in.FLOW)


def offered(turn: Turn) -> list[Measure]:
    """What can be handed over to the colleague who was chosen: one's own measures of the newest year there."""
    colleague = standing_in.chosen(turn)
    mine = [m for m in turn.facts.own_measures if colleague and m.agency_id == colleague.agency.id]
    newest = max((m.fiscal_year for m in mine), default=None)
    return [measure for measure in mine if measure.fiscal_year == newest]


def read(turn: Turn, text: str) -> list[Measure] | None:
    """The measures that a text names: numbers, ranges, or ทั้งหมด; None when it names something else."""
    here = offered(turn)
    if match_key(text) in _ALL:
        return here
    numbers: set[int] = set()
    for part in re.split(r"[,\s]+", arabic_digits(text).replace("–", "-").strip()):
        found = _RANGE.fullmatch(part)
        if found is None:
            return None
        numbers |= set(range(int(found[1]), int(found[2] or found[1]) + 1))
    named = [measure for measure in here if measure.no in numbers]
    return named if named and len(named) == len(numbers) else None


def kept(turn: Turn) -> list[Measure]:
    """The measures that were chosen."""
    ids = (turn.recall("measures") or "").split(",")
    return [measure for measure in offered(turn) if measure.id in ids]


def offer(turn: Turn) -> None:
    """Offer what was confirmed."""
    colleague, measures = standing_in.chosen(turn), kept(turn)
    if colleague is None or not measures:
        administration.end_aside(turn)
        return
    ids = tuple(measure.id for measure in measures)
    turn.do(OfferHandover(agency_id=colleague.agency.id, taker_id=colleague.person.id, measure_ids=ids))
    turn.say("handover_offered", taker=colleague.person.name, count=len(measures))
    administration.end_aside(turn, say=False)


def answer(turn: Turn, word: Word) -> None:
    """รับโอนงาน or ไม่รับโอนงาน: the oldest offer that waits."""
    if not turn.facts.offers:
        turn.say("no_offer")
        turn.ask_again()
        return
    settle(turn, turn.facts.offers[0], Offer.TAKEN if word is Word.TAKE_OVER else Offer.DECLINED)
    turn.ask_again()


def settle(turn: Turn, offer: OfferSeen, state: Offer) -> None:
    """Let an offer end so."""
    turn.do(SettleHandover(handover_id=offer.id, state=state))
    turn.say("handover_done", state=state.value, other=offer.other, count=offer.count)
