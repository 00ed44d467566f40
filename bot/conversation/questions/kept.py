"""One piece of the inbox: seen again, captioned, put to a measure or taken out.

< ask_kept [ใส่มาตรการ] [ลบชิ้นนี้] [ย้อนกลับ]
> ภาพการอบรม
< ask_inbox
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.effects import CaptionEvidence, RemoveEvidence
from bot.conversation.flows import keeping, receiving
from bot.conversation.questions.base import Question, button
from bot.conversation.questions.piece import MOST_SHOWN, REMOVE, can_be_shown
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import NO, YES, Word
from bot.domain.text import clean, match_key
from bot.domain.updates import MediaState

KEY = keeping.ONE
PUT = "ใส่มาตรการ"
_WORDS = {match_key(PUT): PUT, match_key(REMOVE): REMOVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatOfKept(Question):
    """Shows a piece; text is its caption. `removing` remembers that ใช่ takes it out."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The piece, the measure it waits for, and links to its bytes."""
        piece = keeping.chosen(turn)
        links = turn.facts.kept_links
        of = next((each.measure_id for each in keeping.kept(turn) if piece and each.evidence.id == piece[0].id), None)
        own = keeping.measure_of(turn, of)
        seen = [url for each in piece if (url := links.get(each.id))]
        return {
            "piece": receiving.line(piece) if piece else None,
            "no": own.measure.no if own else None,
            "link_url": seen[0] if seen else None,
            "images": [u for each in piece if (u := links.get(each.id)) and can_be_shown(each, u)][:MOST_SHOWN],
            "waiting": any(each.media is MediaState.WANTED for each in piece),
            "removing": turn.recall("removing") is not None,
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """What can be done with it; while it is to be taken out, ใช่ and ไม่ใช่."""
        offered = (YES, NO) if turn.recall("removing") else (PUT, REMOVE)
        return tuple(button(turn, word) for word in (*offered, Word.BACK))

    def hears(self, turn: Turn, text: str) -> bool:
        """Putting, removing, and whether it is really to go."""
        piece = keeping.chosen(turn)
        if not piece:
            self._back(turn)
            return words.command(text) is None
        answer = words.yes_or_no(text) if turn.recall("removing") else None
        word = next((_WORDS[key] for form in words.forms(text) if (key := match_key(form)) in _WORDS), None)
        if answer is not None:
            turn.remember(removing=None)
            if answer:
                turn.do(*(RemoveEvidence(evidence_id=each.id) for each in piece))
                turn.say("piece_removed")
                self._back(turn)
            else:
                turn.ask_again()
        elif word == PUT:
            turn.ask(keeping.FOR, flow=keeping.FLOW)
        elif word == REMOVE:
            turn.remember(removing="1")
            turn.ask_again()
        else:
            return False
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back to the list."""
        if word not in {Word.BACK, Word.END, Word.SKIP, Word.CANCEL, Word.PAUSE, Word.INBOX}:
            return False
        self._back(turn)
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """A new caption."""
        caption, piece = clean(text), keeping.chosen(turn)
        if not caption or not piece:
            turn.ask_again()
        elif len(caption) > receiving.LONGEST_CAPTION:
            turn.say("mistake/answer_too_long", limit=receiving.LONGEST_CAPTION, have=0)
        else:
            turn.do(*(CaptionEvidence(evidence_id=each.id, caption=caption) for each in piece))
            turn.say("got_caption", number=1, photos=len(piece), caption=caption)
            self._back(turn)

    def _back(self, turn: Turn) -> None:
        """To the list; from an empty one, to where one was."""
        turn.remember(kept=None, removing=None)
        if keeping.kept(turn):
            turn.ask(keeping.LIST, flow=keeping.FLOW)
        else:
            keeping.leave(turn)
            if turn.is_idle and not turn.said:
                turn.say("left")


QUESTION = WhatOfKept(key=KEY, template="ask_kept", needs_draft=False)
