"""One piece of evidence, an album as a whole: seen again, captioned anew, moved or taken out.

< ask_piece [เลื่อนขึ้น] [เลื่อนลง] [ลบชิ้นนี้]
> ภาพการอบรมวันแรก
< ask_pieces
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.effects import CaptionEvidence, OrderEvidence, RemoveEvidence
from bot.conversation.flows import receiving
from bot.conversation.questions.base import Question, button, way_back, where
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import NO, YES, Word
from bot.domain.text import clean, match_key
from bot.domain.updates import Evidence, MediaState, Piece, pieces_of

KEY = "piece"
UP, DOWN, REMOVE, NO_CAPTION = "เลื่อนขึ้น", "เลื่อนลง", "ลบชิ้นนี้", "ลบคำอธิบาย"
MOST_SHOWN = 4
"""Photos of an album that its card shows."""
_NOTHING = {"kind": "file", "name": None, "caption": None, "url": None, "photos": 0, "lost": False}
_WORDS = {match_key(word): word for word in (UP, DOWN, REMOVE, NO_CAPTION)}


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatOfIt(Question):
    """Shows a piece; text is its new caption. `piece` remembers which, `removing` that ใช่ takes it out."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The piece with its number and, once its bytes are here, a link to them."""
        found = _place(turn)
        piece = found[1] if found else ()
        links = turn.draft.links if turn.draft else {}
        seen = [url for each in piece if (url := links.get(each.id))]
        return where(turn, "evidence") | {
            "number": found[0] + 1 if found else None,
            "count": len(_pieces(turn)),
            "piece": receiving.line(piece) if piece else _NOTHING,
            "link_url": seen[0] if seen else None,
            "images": [url for each in piece if (url := links.get(each.id)) and can_be_shown(each, url)][:MOST_SHOWN],
            "waiting": any(each.media is MediaState.WANTED for each in piece),
            "removing": turn.recall("removing") is not None,
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """What can be done with it; while it is to be taken out, ใช่ and ไม่ใช่."""
        found = _place(turn)
        if turn.recall("removing") or found is None:
            return (button(turn, YES), button(turn, NO), *way_back(turn))
        place, piece = found
        last = len(_pieces(turn)) - 1
        offered = [UP] * (place > 0) + [DOWN] * (place < last) + [REMOVE] + [NO_CAPTION] * bool(piece[0].caption)
        return (*(button(turn, word) for word in offered), *way_back(turn))

    def hears(self, turn: Turn, text: str) -> bool:
        """Moving, removing, and the answer to whether it is really to go."""
        found, draft = _place(turn), turn.draft
        if found is None or draft is None:
            turn.remember(piece=None, removing=None)
            if words.command(text) is not None:
                return False
            turn.ask("pieces" if draft and draft.update.evidence else "evidence")
            return True
        place, piece = found
        answer = words.yes_or_no(text) if turn.recall("removing") else None
        word = next((_WORDS[key] for form in words.forms(text) if (key := match_key(form)) in _WORDS), None)
        if answer is not None:
            self._decided(turn, piece, goes=answer)
        elif word in {UP, DOWN}:
            self._move(turn, place, place + (1 if word == DOWN else -1))
        elif word == REMOVE:
            turn.remember(removing="1")
            turn.ask_again()
        elif word == NO_CAPTION and piece[0].caption:
            turn.do(*(CaptionEvidence(evidence_id=each.id, caption="") for each in piece))
            turn.ask("pieces")
        else:
            return False
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back to the list."""
        if word not in {Word.BACK, Word.END, Word.SKIP}:
            return False
        turn.remember(piece=None, removing=None)
        turn.ask("pieces")
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """A new caption in place of the old one."""
        found, caption = _place(turn), clean(text)
        if found is None or not caption:
            turn.ask_again()
        elif len(caption) > receiving.LONGEST_CAPTION:
            turn.say("mistake/answer_too_long", limit=receiving.LONGEST_CAPTION, have=0)
        else:
            turn.do(*(CaptionEvidence(evidence_id=each.id, caption=caption) for each in found[1]))
            turn.say("got_caption", number=found[0] + 1, photos=len(found[1]), caption=caption)
            turn.remember(piece=None, removing=None)
            turn.ask("pieces")

    def _decided(self, turn: Turn, piece: Piece, *, goes: bool) -> None:
        turn.remember(removing=None)
        if not goes:
            turn.ask_again()
            return
        turn.do(*(RemoveEvidence(evidence_id=each.id) for each in piece))
        turn.remember(piece=None)
        turn.say("piece_removed")
        turn.ask("pieces" if turn.draft and turn.draft.update.evidence else "evidence")

    def _move(self, turn: Turn, place: int, to: int) -> None:
        pieces = list(_pieces(turn))
        if turn.draft is not None and 0 <= to < len(pieces):
            pieces.insert(to, pieces.pop(place))
            order = tuple(each.id for piece in pieces for each in piece)
            turn.do(OrderEvidence(update_id=turn.draft.update.id, order=order))
            turn.remember(piece=pieces[to][0].id)
        turn.ask_again()


def _pieces(turn: Turn) -> tuple[Piece, ...]:
    return pieces_of(turn.draft.update.evidence) if turn.draft else ()


def _place(turn: Turn) -> tuple[int, Piece] | None:
    """Where the piece stands, and the piece."""
    wanted = turn.recall("piece")
    found = enumerate(_pieces(turn))
    return next(((place, piece) for place, piece in found if wanted in {each.id for each in piece}), None)


def can_be_shown(photo: Evidence, url: str) -> bool:
    """Whether a phone shows the photo under this address."""
    return photo.mime in {"image/jpeg", "image/png"} and url.startswith(("https://", "http://127.0.0.1"))


QUESTION = WhatOfIt(key=KEY, template="ask_piece", is_answer=True)
