"""The inbox of evidence (คลังหลักฐาน): photos, files, links and places sent outside an update, kept for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.conversation import links, words
from bot.conversation.effects import CaptionEvidence, KeepEvidence, PutEvidence, RemoveEvidence, UseKept
from bot.conversation.events import LocationReceived, MediaReceived, TextReceived
from bot.conversation.facts import OwnMeasure
from bot.conversation.flows import administration, receiving
from bot.conversation.turn import Turn
from bot.domain.plans import MeasureId
from bot.domain.text import match_key
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, KeptEvidence, Piece, pieces_of

FLOW = "inbox"
FOR, LIST, ONE, CHOICE = "kept_for", "inbox", "kept", "kept_choice"
"""The questions: for which measure; the whole inbox; one piece of it; which of them go into an update."""

MOST_KEPT = 50
"""Photos, files, links and places in one inbox."""

LATER, USE, PICK = "เก็บไว้ก่อน", "ใช้หลักฐานที่เก็บไว้", "เลือกจากที่เก็บไว้"
_USE_KEY, _PICK_KEY = match_key(USE), match_key(PICK)


def kept(turn: Turn) -> tuple[KeptEvidence, ...]:
    """The inbox as it is after what this turn decided so far."""
    found = {each.evidence.id: each for each in turn.facts.kept}
    for effect in turn.done:
        match effect:
            case KeepEvidence(evidence=evidence, measure_id=measure_id):
                found[evidence.id] = KeptEvidence(evidence=evidence, measure_id=measure_id)
            case PutEvidence(evidence_ids=ids, measure_id=measure_id):
                found |= {each: replace(found[each], measure_id=measure_id) for each in ids if each in found}
            case CaptionEvidence(evidence_id=evidence_id, caption=caption) if evidence_id in found:
                old = found[evidence_id]
                found[evidence_id] = replace(old, evidence=replace(old.evidence, caption=caption))
            case RemoveEvidence(evidence_id=evidence_id):
                found.pop(evidence_id, None)
            case UseKept(pieces=pieces):
                for piece in pieces:
                    found.pop(piece.id, None)
    return tuple(found.values())


def pieces(found: Iterable[KeptEvidence]) -> tuple[Piece, ...]:
    """The pieces, an album as one."""
    return pieces_of([each.evidence for each in found])


def waiting(turn: Turn) -> tuple[Piece, ...]:
    """What waits for the measure of the draft."""
    draft = turn.draft
    return pieces(each for each in kept(turn) if draft and each.measure_id == draft.measure.id)


def is_use(text: str) -> bool:
    """Whether the message takes all that waits for the measure."""
    return "เก็บ" in text and any(match_key(form) == _USE_KEY for form in words.forms(text))


def is_pick(text: str) -> bool:
    """Whether the message asks to choose among it."""
    return "เก็บ" in text and any(match_key(form) == _PICK_KEY for form in words.forms(text))


def use(turn: Turn, found: Sequence[Piece]) -> None:
    """Move pieces into the draft, as far as there is room."""
    draft = turn.draft
    if draft is None or not found:
        return
    room = receiving.MOST_PIECES - len(draft.update.evidence)
    moved = tuple(each for piece in found for each in piece)
    if len(moved) > room:
        turn.say("mistake/too_much_evidence", limit=receiving.MOST_PIECES)
        return
    turn.do(UseKept(update_id=draft.update.id, pieces=moved))
    turn.say("used_kept", used=len(found), left=len(waiting(turn)))


def keep(turn: Turn, event: MediaReceived | LocationReceived) -> None:
    """Keep what came in, and ask for which measure; in the middle of another question that is asked later."""
    if _is_full(turn) or receiving.is_too_large(turn, event):
        return
    new = receiving.piece_from(event)
    album = [each for each in kept(turn) if new.group_id and each.evidence.group_id == new.group_id]
    placed = album[0].measure_id if album else None
    caption = album[0].evidence.caption if album else None
    turn.do(KeepEvidence(evidence=replace(new, caption=caption), measure_id=placed))
    _began(turn, [new.id] if placed is None else [])
    if receiving.acknowledges(turn, event, len(album) + 1):
        turn.remember(acked=new.group_id or "-")
        _ask_for(turn)


def keep_link(turn: Turn, text: str) -> bool:
    """Keep a link that is sent alone, or with its caption after it; False for any other text."""
    linked = links.find(text) if turn.facts.measures else None
    if linked is None or not linked.urls or not links.find(text.split()[0]).urls:
        return False
    if _is_full(turn):
        return True
    sent = turn.event.message_id if isinstance(turn.event, TextReceived) else None
    ids = [EvidenceId(f"{turn.event.id}-{n}" if n else turn.event.id) for n in range(len(linked.urls))]
    for evidence_id, url in zip(ids, linked.urls, strict=True):
        caption = linked.words or None if evidence_id == ids[0] else None
        piece = Evidence(id=evidence_id, kind=EvidenceKind.LINK, url=url, caption=caption, message_id=sent)
        turn.do(KeepEvidence(evidence=piece))
    _began(turn, ids)
    _ask_for(turn)
    return True


def look(turn: Turn) -> None:
    """คลังหลักฐาน: the inbox as a list."""
    if not kept(turn):
        turn.say("inbox_empty", can_keep=bool(turn.facts.measures), most=MOST_KEPT)
        turn.ask_again()
        return
    administration.begin_aside(turn)
    turn.ask(LIST, flow=FLOW)


def chosen(turn: Turn) -> tuple[Evidence, ...]:
    """What is being put to a measure or looked at: the pieces remembered, as far as they are still kept."""
    wanted = (turn.recall("kept") or "").split(",")
    return tuple(each.evidence for each in kept(turn) if each.evidence.id in wanted)


def choose(turn: Turn, ids: Sequence[EvidenceId]) -> None:
    """Remember what is being put or looked at."""
    turn.remember(kept=",".join(ids) or None)


def numbered(turn: Turn) -> dict[int, OwnMeasure]:
    """The measures that evidence can be put to by number: their own, or their place where two have the same."""
    own = [each for each in turn.facts.measures if turn.agency is None or each.agency.id == turn.agency.id]
    by_no = {each.measure.no: each for each in own}
    return by_no if len(by_no) == len(own) else dict(enumerate(own, start=1))


def put(turn: Turn, to: OwnMeasure) -> None:
    """Put what is chosen to a measure."""
    evidence = chosen(turn)
    turn.do(PutEvidence(evidence_ids=tuple(each.id for each in evidence), measure_id=to.measure.id))
    leave(turn)
    turn.say("put_to", no=to.measure.no, title=to.measure.title, photos=len(pieces_of(evidence)))


def leave(turn: Turn) -> None:
    """Back to the draft's question, or to rest."""
    turn.remember(kept=None, acked=None, removing=None)
    administration.end_aside(turn, say=False)


def measure_of(turn: Turn, measure_id: MeasureId | None) -> OwnMeasure | None:
    """The measure that a piece was put to."""
    return next((each for each in turn.facts.measures if each.measure.id == measure_id), None)


def _is_full(turn: Turn) -> bool:
    full = len(kept(turn)) >= MOST_KEPT
    if full:
        turn.say("mistake/inbox_full", limit=MOST_KEPT)
    return full


def _began(turn: Turn, ids: list[EvidenceId]) -> None:
    """Add to what is being put to a measure: all that came while that question is asked, or is about to be."""
    goes_on = turn.state.question == FOR or (turn.is_idle and turn.recall("kept"))
    before = [each.id for each in chosen(turn)] if goes_on else []
    choose(turn, [*before, *(each for each in ids if each not in before)])


def _ask_for(turn: Turn) -> None:
    if not turn.is_idle and turn.state.question != FOR:
        choose(turn, ())
        turn.say("kept_aside", count=len(pieces(kept(turn))))
        return
    if not chosen(turn):
        return  # a late photo of an album that was put to its measure already
    if turn.is_idle:
        known = {"kept": turn.recall("kept"), "acked": turn.recall("acked")}
        administration.begin_aside(turn)
        turn.remember(**known)
    turn.ask(FOR, flow=FLOW)
