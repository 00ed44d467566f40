"""What all answers in free text share: many messages, ended by เสร็จแล้ว."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import commands, english, headings, mending, nearly, words
from bot.conversation.effects import AddPart, DropPart, ForgetParts, MendParts, SetAnswer
from bot.conversation.events import TextReceived
from bot.conversation.facts import Draft
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions.base import Question, button, way_back, where
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import LONGEST_WORD, REASON_HEADING, Word
from bot.domain.text import clean, match_key
from bot.domain.updates import Answer

USE_MENDED = "ใช้ข้อความที่ปรับแล้ว"
_USE_MENDED_KEY = match_key(USE_MENDED)
AS_WORD = "คือ "
"""Before a chat word: that is what the last message was meant as."""

LONGEST_ANSWER = 20_000
"""Characters in one answer, all its messages together; the longest in real reports are about 1,400."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAnswer(Question):
    """A question whose answer is text."""

    answer: Answer
    is_answer: bool = True

    @property
    def heading(self) -> str:
        """What the answer is called; a reason is kept as obstacles and called by its own name."""
        return REASON_HEADING if self.key == "reason" else self.answer.heading

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Where one is, what was accepted before, and what was typed so far."""
        pending = _pending(turn, self.answer)
        row = flow.row_of(turn.draft, self.key) if turn.draft else None
        return where(turn, self.key) | {
            "heading": self.heading,
            "optional": bool(row and row.optional),
            "old": _old(turn, self.answer),
            "typed": "\n".join(pending) or None,
            "has_previous": previous_text(turn, self.answer) is not None,
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """End, keep, skip or reuse, as far as each makes sense now."""
        pending, old = _pending(turn, self.answer), _old(turn, self.answer)
        row = flow.row_of(turn.draft, self.key) if turn.draft else None
        found: list[Choice] = []
        if self._broken(turn):
            found.append(button(turn, USE_MENDED))
        if pending:
            found.append(button(turn, Word.END))
        elif old:
            found.append(button(turn, Word.END, "ใช้คำตอบเดิม"))
        if row and row.optional and (not pending or self._was_warned(turn) or self._says_none(turn)):
            found.append(button(turn, Word.SKIP))
        previous = previous_text(turn, self.answer)
        if previous and previous not in pending and previous != old:
            found.append(button(turn, Word.REUSE))
        return (*found, *way_back(turn))

    def hears(self, turn: Turn, text: str) -> bool:
        """The mended form of what was pasted, or that the last message was meant as a word."""
        if len(text) > LONGEST_WORD:
            return False
        said = match_key(text)
        if said == _USE_MENDED_KEY and self._broken(turn):
            self._mend(turn)
            return True
        slip = self._slip(turn)
        if slip is None or said != match_key(f"{AS_WORD}{slip[0]}"):
            return False
        self._was_word(turn, *slip)
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """The words that end, skip, go back from or fill an answer."""
        match word:
            case Word.END:
                self._end(turn)
            case Word.SKIP:
                self._skip(turn)
            case Word.BACK:
                flow.back(turn, self.key)
            case Word.REUSE:
                self._reuse(turn)
            case _:
                return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Keep one message of the answer, or fill every answer whose heading is in it."""
        draft = turn.draft
        part = clean(text)
        if draft is None or not part:
            turn.ask_again()
            return
        found = headings.split(text, flow.answers_asked(draft))
        if found.answers:
            self._fill(turn, draft, found)
            return
        if is_too_long(turn, draft, self.answer, part):
            return
        turn.do(AddPart(update_id=draft.update.id, answer=self.answer, text=part, message_id=message_id(turn)))
        self._received(turn, part)

    def _received(self, turn: Turn, part: str) -> None:
        """Acknowledge a message, with one tap for what it may rather have been."""
        count = len(_pending(turn, self.answer))
        near = nearly.command(part) or english.command(part)
        if self._says_none(turn):
            skip, end = button(turn, Word.SKIP), button(turn, Word.END)
            turn.say("got_none", choices=(skip, end, *way_back(turn)), heading=self.heading, said=part)
        elif near is not None:
            turn.remember(slip=f"{self.key}:{count}:{near.name}:{message_id(turn)}")
            extra = (button(turn, f"{AS_WORD}{near}"),)
            turn.say("got_part_or_word", choices=(*extra, *self.choices(turn)), word=near.value)
        elif mending.mended(part) != part:
            turn.say("got_broken_part", choices=self.choices(turn), text=mending.mended(part))
        else:
            turn.say("got_part", count=count, heading=self.heading)

    def _says_none(self, turn: Turn) -> bool:
        """Whether all that was typed is that there is nothing to tell, where that may be left out."""
        row, pending = flow.row_of(turn.draft, self.key) if turn.draft else None, _pending(turn, self.answer)
        return bool(row and row.optional and len(pending) == 1 and words.says_none(pending[0]))

    def _broken(self, turn: Turn) -> dict[str, str]:
        """The messages of this answer that look broken, with their mended form."""
        return {part: whole for part in _pending(turn, self.answer) if (whole := mending.mended(part)) != part}

    def _mend(self, turn: Turn) -> None:
        if turn.draft is not None:
            turn.do(MendParts(update_id=turn.draft.update.id, answer=self.answer, texts=self._broken(turn)))
            turn.say("mended", text="\n".join(_pending(turn, self.answer)))

    def _slip(self, turn: Turn) -> tuple[Word, str] | None:
        """The word that the last message was near, and that message; forgotten once more was typed."""
        key, count, name, sent = ((turn.recall("slip") or "").split(":", 3) + [""] * 4)[:4]
        last = key == self.key and count == str(len(_pending(turn, self.answer)))
        return (Word[name], sent) if last and name in Word.__members__ else None

    def _was_word(self, turn: Turn, word: Word, sent: str) -> None:
        """Take the last message out of the answer and do what it says."""
        if turn.draft is not None:
            turn.do(DropPart(update_id=turn.draft.update.id, answer=self.answer, message_id=sent))
            turn.remember(slip=None)
            if not self.takes(turn, word):
                commands.obey(turn, word)

    def _fill(self, turn: Turn, draft: Draft, found: headings.Split) -> None:
        """Accept what the headings give; text before them belongs to the answer being given."""
        before = tuple(part for part in (*_pending(turn, self.answer), found.before) if part)
        given = {**found.answers}
        if before:
            own = (*before, given[self.answer]) if self.answer in given else before
            given[self.answer] = "\n".join(own)
        if fill(turn, draft, given):
            if self.answer in given:
                flow.onward(turn, self.key)
            else:
                turn.ask_again()

    def _end(self, turn: Turn) -> None:
        pending, draft = _pending(turn, self.answer), turn.draft
        if draft is not None and pending:
            text = clean("\n".join(pending))
            turn.do(SetAnswer(update_id=draft.update.id, answer=self.answer, text=text))
        elif not _old(turn, self.answer):
            turn.say("mistake/empty_answer")
            turn.ask_again()
            return
        flow.onward(turn, self.key)

    def _skip(self, turn: Turn) -> None:
        draft = turn.draft
        row = flow.row_of(draft, self.key) if draft else None
        if draft is None or row is None or not row.optional:
            turn.say("mistake/cannot_skip", heading=self.heading, is_day=False)
            turn.ask_again()
        elif _pending(turn, self.answer) and not self._was_warned(turn) and not self._says_none(turn):
            turn.remember(skip=self._skip_key(turn))
            turn.say("mistake/skip_has_text", heading=self.heading)
        else:
            if _pending(turn, self.answer):
                turn.do(ForgetParts(update_id=draft.update.id, answer=self.answer))
                turn.remember(skip=None)
            elif _old(turn, self.answer):
                turn.do(SetAnswer(update_id=draft.update.id, answer=self.answer, text=None))
                turn.say("emptied", heading=self.heading)
            flow.onward(turn, self.key)

    def _skip_key(self, turn: Turn) -> str:
        """Names the question with what is typed so far: a warning holds only until more is typed."""
        return f"{self.key}:{len(_pending(turn, self.answer))}"

    def _was_warned(self, turn: Turn) -> bool:
        return turn.recall("skip") == self._skip_key(turn)

    def _reuse(self, turn: Turn) -> None:
        draft, text = turn.draft, previous_text(turn, self.answer)
        if draft is None or text is None:
            turn.say("mistake/nothing_to_reuse")
            turn.ask_again()
            return
        if text not in _pending(turn, self.answer):
            turn.do(AddPart(update_id=draft.update.id, answer=self.answer, text=text, message_id=message_id(turn)))
        turn.say("reused", text=text)


def _pending(turn: Turn, answer: Answer) -> tuple[str, ...]:
    return turn.draft.pending.get(answer, ()) if turn.draft else ()


def _old(turn: Turn, answer: Answer) -> str | None:
    return turn.draft.update.answer(answer) if turn.draft else None


def previous_text(turn: Turn, answer: Answer) -> str | None:
    """The text of the 6-month round, where this draft has one to start from."""
    previous = turn.draft.previous if turn.draft else None
    return previous.answer(answer) if previous else None


def message_id(turn: Turn) -> str:
    """The message that a part came in; a tap has none, so its event stands in."""
    return turn.event.message_id if isinstance(turn.event, TextReceived) else turn.event.id


def is_too_long(turn: Turn, draft: Draft, answer: Answer, part: str) -> bool:
    """Refuse a message with which the answer would be too long; what was there stays."""
    have = sum(len(each) + 1 for each in draft.pending.get(answer, ()))
    if have + len(part) <= LONGEST_ANSWER:
        return False
    turn.say("mistake/answer_too_long", limit=LONGEST_ANSWER, have=have)
    return True


def fill(turn: Turn, draft: Draft, given: Mapping[Answer, str]) -> bool:
    """Accept several answers at once; False when one is too long, and then nothing is changed."""
    if any(len(text) > LONGEST_ANSWER for text in given.values()):
        turn.say("mistake/answer_too_long", limit=LONGEST_ANSWER, have=0)
        return False
    ordered = [answer for answer in Answer if answer in given]
    sent = message_id(turn)
    turn.do(*(SetAnswer(update_id=draft.update.id, answer=a, text=given[a], message_id=sent) for a in ordered))
    turn.say("filled", headings=[answer.heading for answer in ordered])
    return True
