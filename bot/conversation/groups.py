"""What the bot does in a group: `advance(event, facts) -> GroupStep`, a pure function apart from private chats.

joined          introduces itself in two lines, with a button to the private chat
เชื่อมกลุ่ม       an admin makes the group serve an agency; with several agencies the private chat asks which
สถานะ           counts of the agency's open rounds, no names
ออกจากกลุ่ม      an admin sends the bot away

Nothing else is answered, and nothing of what is said in a group ever comes here but one of these words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.conversation.facts import Completeness
from bot.conversation.types import Choice, Message
from bot.conversation.words import LONGEST_WORD, Word, command, forms
from bot.domain.agencies import Agency, AgencyId

LEAVE_WORD = "ออกจากกลุ่ม"


class Ask(StrEnum):
    """What an event in a group asks of the bot."""

    JOINED = "joined"
    LEFT = "left"
    STATUS = "status"
    LINK = "link"
    LEAVE = "leave"


_ENGLISH = {"status": Ask.STATUS, "link group": Ask.LINK, "leave group": Ask.LEAVE}
_WORDS = {Word.COMPLETENESS: Ask.STATUS, Word.LINK_GROUP: Ask.LINK}


def asked_by_text(text: str) -> Ask | None:
    """What a whole message in a group asks; None for anything that is not said to the bot."""
    if not text or len(text) > LONGEST_WORD:
        return None
    word = command(text)
    if word is not None:
        return _WORDS.get(word)
    said = forms(text)
    return Ask.LEAVE if LEAVE_WORD in said else next((_ENGLISH[form] for form in said if form in _ENGLISH), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEvent:
    """Something in a group that may be answered."""

    ask: Ask
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """All that one turn in a group may look at.

    Attributes:
        agency: the one that the group serves.
        admin_of: agencies of which whoever asked is admin, where LINE says who it was and they are known.
        rounds: how complete the agency's rounds are; only for สถานะ.
        moved_at: when the bot last came to the group or left it.
        link: opens the private chat.
    """

    link: str
    agency: Agency | None = None
    admin_of: tuple[Agency, ...] = ()
    rounds: tuple[Completeness, ...] = ()
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStep:
    """What a turn in a group came to.

    Attributes:
        messages: said in the group, where everybody reads them.
        private: said in the private chat of who asked.
        came: the bot is in the group since the event.
        gone: the bot is in the group no more.
        links: the agency that the group serves from now on.
        asks_which: who asked is to say which of their agencies.
        leaves: the bot is to leave once everything is said.
    """

    messages: tuple[Message, ...] = ()
    private: Message | None = None
    came: bool = False
    gone: bool = False
    links: AgencyId | None = None
    asks_which: bool = False
    leaves: bool = False


def advance(event: GroupEvent, facts: GroupFacts) -> GroupStep:
    """Decide one turn in a group."""
    if facts.moved_at is not None and event.at < facts.moved_at:
        return GroupStep()  # late: the bot has come or gone since
    match event.ask:
        case Ask.JOINED:
            return GroupStep(messages=(_said("group_hello", facts),), came=True)
        case Ask.LEFT:
            return GroupStep(gone=True)
        case Ask.STATUS:
            return GroupStep(messages=(_status(facts),))
        case Ask.LINK:
            return _link(facts)
        case Ask.LEAVE:
            return _leave(facts)


def _said(name: str, facts: GroupFacts, **values: object) -> Message:
    return Message(name=name, values={"link": facts.link, **values})


def _status(facts: GroupFacts) -> Message:
    if facts.agency is None:
        return _said("group_not_linked", facts)
    rounds = [_counts(each) for each in facts.rounds]
    return _said("group_status", facts, agency=facts.agency.name, rounds=rounds)


def _counts(each: Completeness) -> Mapping[str, object]:
    return {
        "round_no": each.round.no.value,
        "year": each.round.fiscal_year,
        "due_on": each.round.due_on,
        "total": each.total,
        "reported": each.reported,
        # A text: numbers are shown in Thai digits, and this one is for LINE to draw.
        "width": f"{round(100 * each.reported / each.total) if each.total else 0}%",
    }


def _link(facts: GroupFacts) -> GroupStep:
    if not facts.admin_of or (facts.agency is not None and facts.agency not in facts.admin_of):
        return GroupStep(messages=(_said("group_only_admin", facts),))
    if facts.agency is not None:
        return GroupStep(messages=(_said("group_linked", facts, agency=facts.agency.name),))
    if len(facts.admin_of) == 1:
        [agency] = facts.admin_of
        return GroupStep(messages=(_said("group_linked", facts, agency=agency.name),), links=agency.id)
    which = Message(name="group_which", choices=(Choice(label=Word.LINK_GROUP, word=Word.LINK_GROUP),))
    return GroupStep(messages=(_said("group_asked_privately", facts),), private=which, asks_which=True)


def _leave(facts: GroupFacts) -> GroupStep:
    may = facts.agency in facts.admin_of if facts.agency is not None else bool(facts.admin_of)
    if not may:
        return GroupStep(messages=(_said("group_only_admin", facts),))
    return GroupStep(messages=(Message(name="group_goodbye"),), leaves=True)
