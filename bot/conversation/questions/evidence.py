"""Photos, files, links and places that show what was done.

< ask_evidence [ข้าม]
> +image
< got_evidence [เสร็จแล้ว]
> ภาพการอบรม
< got_caption [เสร็จแล้ว]
> เสร็จแล้ว
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import headings, links
from bot.conversation.effects import AddEvidence, CaptionEvidence
from bot.conversation.events import LocationReceived, MediaReceived
from bot.conversation.facts import Draft
from bot.conversation.flows import keeping, receiving
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions.base import Question, button, way_back, where
from bot.conversation.questions.written_answer import fill, message_id
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import clean
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, pieces_of

KEY = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatShowsIt(Question):
    """Asks for pieces of evidence, as many messages as it takes."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Where one is, and the pieces that are there."""
        limits = {"megabytes": receiving.MEGABYTES, "limit": receiving.MOST_PIECES}
        shown = {"pieces": receiving.lines(_evidence(turn)), "waiting": len(keeping.waiting(turn))}
        return where(turn, KEY) | limits | shown

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """What waits in the inbox; end, or skip while there is nothing."""
        waiting = len(keeping.waiting(turn))
        offered = [keeping.USE] * bool(waiting) + [keeping.PICK] * (waiting > 1)
        after = [Word.END, receiving.LOOK] if _evidence(turn) else [Word.SKIP]
        return (*(button(turn, word) for word in (*offered, *after)), *way_back(turn))

    def hears(self, turn: Turn, text: str) -> bool:
        """จัดหลักฐาน, once there is something to look through; taking what waits in the inbox."""
        if _evidence(turn) and receiving.is_look(text):
            turn.ask("pieces")
        elif (waiting := keeping.waiting(turn)) and keeping.is_use(text):
            keeping.use(turn, waiting)
            turn.ask_again()
        elif waiting and keeping.is_pick(text):
            turn.ask(keeping.CHOICE)
        else:
            return False
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """The words that end, skip or go back from evidence."""
        match word:
            case Word.END if not _evidence(turn):
                turn.say("mistake/no_evidence_yet")
                turn.ask_again()
            case Word.END | Word.SKIP:
                flow.onward(turn, KEY)
            case Word.BACK:
                flow.back(turn, KEY)
            case Word.REUSE:
                turn.say("mistake/evidence_not_reused")
                turn.ask_again()
            case _:
                return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """A link is a piece; other text is the caption of the piece before it."""
        draft, said = turn.draft, clean(text)
        if draft is None or not said:
            turn.ask_again()
            return
        found = headings.split(text, flow.answers_asked(draft))
        if found.answers and not found.before:
            fill(turn, draft, found.answers)
            turn.ask_again()
            return
        linked = links.find(said)
        if linked.urls:
            _add_links(turn, draft, linked)
        else:
            _caption(turn, draft, said)

    def receives(self, turn: Turn, event: MediaReceived | LocationReceived) -> bool:
        """A photo, file, video, voice message or place."""
        if turn.draft is None:
            return False
        receiving.add(turn, turn.draft, event, "got_evidence")
        return True


def _evidence(turn: Turn) -> tuple[Evidence, ...]:
    return turn.draft.update.evidence if turn.draft else ()


def _add_links(turn: Turn, draft: Draft, linked: links.Found) -> None:
    for index, url in enumerate(linked.urls):
        piece = Evidence(
            id=EvidenceId(turn.event.id if index == 0 else f"{turn.event.id}-{index + 1}"),
            kind=EvidenceKind.LINK,
            url=url,
            caption=(linked.words or None) if index == 0 else None,
            message_id=message_id(turn),
        )
        if receiving.has_room(turn):
            turn.do(AddEvidence(update_id=draft.update.id, evidence=piece))
    receiving.tell(turn, "got_evidence", "link", len(pieces_of(_evidence(turn))), photos=len(linked.urls))


def _caption(turn: Turn, draft: Draft, said: str) -> None:
    """Caption the last piece, all photos of an album alike."""
    if not draft.update.evidence:
        turn.say("mistake/caption_without_piece")
        turn.ask_again()
        return
    pieces = pieces_of(draft.update.evidence)
    old = pieces[-1][0].caption
    caption = f"{old}\n{said}" if old else said
    if len(caption) > receiving.LONGEST_CAPTION:
        turn.say("mistake/answer_too_long", limit=receiving.LONGEST_CAPTION, have=len(old or ""))
        return
    turn.do(*(CaptionEvidence(evidence_id=each.id, caption=caption) for each in pieces[-1]))
    turn.say("got_caption", number=len(pieces), photos=len(pieces[-1]), caption=caption)


QUESTION = WhatShowsIt(key=KEY, template="ask_evidence", is_answer=True)
