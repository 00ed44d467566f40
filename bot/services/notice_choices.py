"""What can be tapped below a message that the program began: the way to the very thing it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.types import Choice, Message
from bot.conversation.words import Word

WAYS: Mapping[str, tuple[Word, ...]] = {
    "review_request": (Word.ACCEPT, Word.RETURN),
    "update_returned": (Word.CHANGE, Word.MY_WORK),
    "update_comment": (Word.CHANGE, Word.MY_WORK),
    "update_accepted": (Word.MY_WORK, Word.COMPLETENESS),
    "report_ready": (Word.SIGN_IN, Word.COMPILE),
    "report_failed": (Word.COMPILE, Word.SIGN_IN),
    "media_lost": (Word.REPORT, Word.CHANGE),
    "quota_warning": (Word.SIGN_IN, Word.COMPLETENESS),
    "holidays_missing": (Word.SIGN_IN,),
    "sign_request": (Word.ACCEPT, Word.RETURN),
    "sign_off_done": (Word.COMPILE, Word.SIGN_IN),
    "sign_off_returned": (Word.COMPILE, Word.SIGN_IN),
    "acting_started": (Word.MY_WORK,),
    "acting_ended": (Word.MY_WORK,),
    "handover_offer": (Word.TAKE_OVER, Word.DECLINE),
    "handover_settled": (Word.MY_WORK,),
    "join_request": (Word.APPROVE, Word.DENY),
    "join_approved": (Word.REPORT, Word.MY_WORK),
    "join_denied": (Word.JOIN,),
    "reopening_request": (Word.ALLOW_CHANGE, Word.DENY_CHANGE),
    "reopening_answered": (Word.CHANGE, Word.MY_WORK),
}
"""By message; every one of them is heard in any state that is no answer, and ช่วยเหลือ follows."""


def with_ways(message: Message) -> Message:
    """The message with something to tap: its own buttons, else those of the table, and help; none in a group."""
    if message.choices or message.name not in WAYS:
        return message
    words = (*WAYS[message.name], Word.HELP)
    return replace(message, choices=tuple(Choice(label=word, word=word) for word in words))
