"""For which measure a photo, file, link or place is, that came outside an update.

< ask_kept_for [มาตรการที่ ๑] [มาตรการที่ ๓] [เก็บไว้ก่อน]
> ๓
< put_to
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import links, words
from bot.conversation.effects import CaptionEvidence
from bot.conversation.events import LocationReceived, MediaKind, MediaReceived
from bot.conversation.flows import keeping, receiving
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import clean, match_key, thai_digits
from bot.domain.updates import pieces_of

KEY = keeping.FOR
MOST_BUTTONS = 10
MOST_LINES = 30
_LATER_KEY = match_key(keeping.LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForWhichMeasure(Question):
    """Asks for the measure by its number; other text is the caption."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """What came, and the measures it can be for."""
        own = keeping.numbered(turn)
        several = len({each.agency.id for each in own.values()}) > 1
        lines = [
            {"no": no, "title": each.measure.title, "agency": each.agency.name if several else None}
            for no, each in own.items()
        ]
        shown = receiving.lines(keeping.chosen(turn))
        return {"pieces": shown, "measures": lines[:MOST_LINES], "more": len(lines[MOST_LINES:])}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A button for each measure, and later."""
        own = keeping.numbered(turn)
        name = "มาตรการที่ {}" if all(no == each.measure.no for no, each in own.items()) else "{}"
        measures = (button(turn, thai_digits(name.format(no))) for no in list(own)[:MOST_BUTTONS])
        return (*measures, button(turn, keeping.LATER), Choice(label=Word.HELP, word=Word.HELP))

    def hears(self, turn: Turn, text: str) -> bool:
        """A measure's number, or that it is to wait."""
        if not keeping.chosen(turn) or any(match_key(form) == _LATER_KEY for form in words.forms(text)):
            count = len(pieces_of(keeping.chosen(turn)))
            keeping.leave(turn)
            turn.say("kept_later", count=count)
            return True
        no = words.number(text)
        if no is None or no not in keeping.numbered(turn):
            return keeping.keep_link(turn, text)
        keeping.put(turn, keeping.numbered(turn)[no])
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Every way of not saying leaves it in the inbox."""
        if word not in {Word.BACK, Word.CANCEL, Word.PAUSE, Word.END, Word.SKIP}:
            return False
        return self.hears(turn, keeping.LATER)

    def accept(self, turn: Turn, text: str) -> None:
        """The caption of what came last."""
        caption, pieces = clean(text), pieces_of(keeping.chosen(turn))
        if not caption or not pieces or links.find(text).urls or words.number(text) is not None:
            turn.say("mistake/answer_not_understood")
            turn.ask_again()
        elif len(caption) > receiving.LONGEST_CAPTION:
            turn.say("mistake/answer_too_long", limit=receiving.LONGEST_CAPTION, have=0)
        else:
            turn.do(*(CaptionEvidence(evidence_id=each.id, caption=caption) for each in pieces[-1]))
            turn.say("got_caption", number=len(pieces), photos=len(pieces[-1]), caption=caption)
            turn.ask_again()

    def receives(self, turn: Turn, event: MediaReceived | LocationReceived) -> bool:
        """More of it."""
        if isinstance(event, MediaReceived) and event.kind is MediaKind.AUDIO:
            return False
        keeping.keep(turn, event)
        return True


QUESTION = ForWhichMeasure(key=KEY, template="ask_kept_for", needs_draft=False)
