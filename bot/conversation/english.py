"""English words for the chat words; understood wherever no answer is being given, and there by one tap."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.words import Word, forms
from bot.domain.text import match_key

_SAID: Mapping[Word, tuple[str, ...]] = {
    Word.REPORT: ("report", "start", "start report", "resume"),
    Word.END: ("done", "end", "that's all"),
    Word.SKIP: ("skip",),
    Word.BACK: ("back", "go back"),
    Word.CHANGE: ("change", "edit", "correct"),
    Word.CANCEL: ("cancel", "drop"),
    Word.PAUSE: ("pause", "later", "keep"),
    Word.REUSE: ("same as last round", "reuse", "use last round"),
    Word.CONFIRM: ("confirm", "send", "submit"),
    Word.MY_WORK: ("my work", "my tasks", "my measures", "tasks", "todo", "to do"),
    Word.COMPLETENESS: ("status",),
    Word.HELP: ("help", "menu", "?"),
    Word.SIGN_IN: ("admin", "sign in", "log in"),
    Word.POSTPONE: ("snooze", "remind me later"),
    Word.LEAVE: ("leave", "on leave", "day off", "time off"),
    Word.QUIET: ("quiet hours", "quiet", "do not disturb"),
    Word.WHY: ("why", "why was i reminded"),
    Word.COMPILE: ("compile", "make report"),
    Word.PRACTICE: ("practice round", "dry run", "try it"),
    Word.END_PRACTICE: ("end practice", "stop practice"),
    Word.REOPEN: ("reopen", "ask to change"),
    Word.ALLOW_CHANGE: ("allow the change", "open it again"),
    Word.DENY_CHANGE: ("do not allow", "keep it closed"),
    Word.HISTORY: ("history", "my reports"),
    Word.INBOX: ("inbox", "kept evidence", "my evidence", "evidence box"),
    Word.ACCEPT: ("accept", "agree"),
    Word.RETURN: ("return",),
    Word.LINK_GROUP: ("link group",),
    Word.JOIN: ("join", "ask to join"),
    Word.APPROVE: ("approve",),
    Word.DENY: ("deny",),
    Word.HAND_OVER: ("hand over work", "hand my work over"),
    Word.TAKE_OVER: ("take over work", "take the work"),
    Word.DECLINE: ("decline",),
    Word.THAI: ("thai",),
    Word.STAND_IN: ("stand in", "acting"),
    Word.SWITCH: ("switch", "switch agency", "change agency"),
}
"""Nothing of eight letters: that is how an invite code looks."""

_LATIN = re.compile("[A-Za-z?]")
_WORDS = {match_key(said): word for word, all_said in _SAID.items() for said in all_said}


def command(text: str) -> Word | None:
    """The chat word that an English message means."""
    if _LATIN.search(text) is None:
        return None
    return next((_WORDS[key] for form in forms(text) if (key := match_key(form)) in _WORDS), None)
