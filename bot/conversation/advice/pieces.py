"""The same photo twice, and evidence whose bytes never came."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.advice.matter import Advice, Matter
from bot.domain.updates import MediaState, pieces_of


def find(matter: Matter) -> Iterator[Advice]:
    """By the bytes, known once they were fetched; a piece is named by its number in the list."""
    elsewhere = {piece.sha256: other.no for other in matter.others for piece in other.update.evidence if piece.sha256}
    seen: dict[str, int] = {}
    numbered = ((n, each) for n, album in enumerate(pieces_of(matter.update.evidence), start=1) for each in album)
    for number, piece in numbered:
        if piece.media in {MediaState.GONE, MediaState.REFUSED}:
            yield Advice(code="lost_piece", question="evidence", words=str(number))
        if piece.sha256 is None:
            continue
        if piece.sha256 in seen:
            yield Advice(code="same_piece", question="evidence", words=str(seen[piece.sha256]), other=number)
        elif piece.sha256 in elsewhere:
            yield Advice(code="piece_elsewhere", question="evidence", words=str(number), other=elsewhere[piece.sha256])
        seen.setdefault(piece.sha256, number)
