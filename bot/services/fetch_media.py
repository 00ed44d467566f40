"""Fetch a piece of evidence from LINE's content host before LINE deletes it, and keep our own copy."""

from __future__ import annotations

import hashlib
import logging
import mimetypes
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from bot.conversation.flows.receiving import MOST_BYTES
from bot.conversation.types import Message
from bot.domain.errors import BadInput, GoneForGood, OutsideWorld
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, MediaState
from bot.jobs import DELIVER
from bot.ports.outside import Clock, FileInspector, JobQueue, MediaStore, Messenger
from bot.ports.records import Channel, ChannelId, WantedMedia
from bot.ports.store import Store, UnitOfWork
from bot.services.leases import LEASE, lease
from bot.services.notices import Notices

log = logging.getLogger(__name__)

LARGEST = MOST_BYTES

MOST_TRIES = 20
LONGEST_WAIT = 900.0

_NOT_SHOWN = frozenset({"image/heic", "image/heif", "image/avif"})
"""Photos that neither LINE's preview nor the report can show: kept as files."""


class Loss(StrEnum):
    """What became of a piece that cannot be used as it was sent; the words are in templates/chat/media_lost."""

    GONE = "gone"
    TOO_LARGE = "too_large"
    FAILED = "failed"
    NO_CHANNEL = "no_channel"
    UNREADABLE = "unreadable"


_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/heic": ".heic"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchMedia:
    """The use case with everything it needs."""

    store: Store
    queue: JobQueue
    clock: Clock
    messenger: Messenger
    media: MediaStore
    inspector: FileInspector
    notices: Notices
    channel: Callable[[ChannelId], Channel | None]
    work_dir: Path

    def __call__(self, evidence_id: EvidenceId) -> bool:
        """Fetch and store one piece; False when it is not wanted (any more) or has to wait."""
        with self.store.write() as uow:
            now = self.clock.now()
            wanted = uow.updates.claim_media(evidence_id, now, now + LEASE)
            chat = uow.chats.get(wanted.chat_id) if wanted else None
        channel = self.channel(chat.channel_id) if chat else None
        if wanted is None:
            return False
        if channel is None:
            self._give_up(wanted, MediaState.REFUSED, Loss.NO_CHANNEL)
            return False
        try:
            with lease(self.store, self.clock, lambda uow, until: uow.updates.retry_media(evidence_id, until)):
                self._fetch(channel, wanted)
        except GoneForGood:
            self._give_up(wanted, MediaState.GONE, Loss.GONE)
        except BadInput:
            self._give_up(wanted, MediaState.REFUSED, Loss.TOO_LARGE)
        except OutsideWorld as problem:
            self._try_later(wanted, problem)
        else:
            return True
        return False

    def _fetch(self, channel: Channel, wanted: WantedMedia) -> None:
        with tempfile.TemporaryDirectory(dir=self.work_dir, prefix="media-") as folder:
            path = Path(folder) / "received"
            with path.open("wb") as file:
                self.messenger.fetch_content(channel, wanted.message_id, wanted.url, file, LARGEST)
            with self.store.read() as uow:
                piece = uow.updates.evidence(EvidenceId(wanted.evidence_id))
            if piece is None:
                return
            mime = self.inspector.prepare(path, piece.name)
            stored = _described(piece, path, mime)
            drawn = stored.kind is not EvidenceKind.IMAGE or self.inspector.is_picture(path)
            self.media.put(stored.stored_as or "", path)
        with self.store.write() as uow:
            now = uow.updates.evidence(stored.id)
            if now is not None:
                uow.updates.save_evidence(replace(stored, caption=now.caption))
                if not drawn:
                    self._tell(uow, wanted, stored, Loss.UNREADABLE)
        if now is None:  # taken back while it was being fetched
            forget_bytes(self.store, self.media, stored.stored_as or "")
            return
        log.info("media_stored evidence=%s size=%s", stored.id, stored.size)
        if not drawn:
            self.queue.enqueue(DELIVER, wanted.chat_id)

    def _give_up(self, wanted: WantedMedia, state: MediaState, reason: Loss) -> None:
        with self.store.write() as uow:
            piece = uow.updates.evidence(EvidenceId(wanted.evidence_id))
            if piece is None:
                return
            uow.updates.save_evidence(replace(piece, media=state))
            self._tell(uow, wanted, piece, reason)
        log.warning("media_%s evidence=%s", state.value, wanted.evidence_id)
        self.queue.enqueue(DELIVER, wanted.chat_id)

    def _tell(self, uow: UnitOfWork, wanted: WantedMedia, piece: Evidence, reason: Loss) -> None:
        chat = uow.chats.get(wanted.chat_id)
        update = uow.updates.update_of_evidence(piece.id)
        measure = uow.plans.measure(update.measure_id) if update else None
        if chat is None:
            return
        person = uow.people.get(chat.person_id) if chat.person_id else None
        values = {
            "no": measure.no if measure else None,
            "title": measure.title if measure else None,
            "name": piece.name or "",
            "is_photo": piece.kind is EvidenceKind.IMAGE,
            "reason": reason.value,
            "megabytes": LARGEST // 1024**2,
        }
        lost = Message(name="media_lost", values=values)
        language, key = person.language if person else "th", f"media-lost-{piece.id}"
        self.notices.tell_chat(uow, chat, "media_lost", [lost], language=language, key=key)

    def _try_later(self, wanted: WantedMedia, problem: OutsideWorld) -> None:
        if wanted.attempts >= MOST_TRIES:
            self._give_up(wanted, MediaState.REFUSED, Loss.FAILED)
            return
        seconds = problem.retry_after or min(2.0**wanted.attempts, LONGEST_WAIT)
        with self.store.write() as uow:
            later = self.clock.now() + timedelta(seconds=seconds)
            uow.updates.retry_media(EvidenceId(wanted.evidence_id), later)
        log.warning("media_later evidence=%s seconds=%.0f problem=%s", wanted.evidence_id, seconds, problem.detail)


def forget_bytes(store: Store, media: MediaStore, key: str) -> None:
    """Delete stored bytes unless another piece has the same ones."""
    with store.read() as uow:
        if uow.updates.is_stored(key):
            return
    media.delete(key)


def _described(piece: Evidence, path: Path, mime: str) -> Evidence:
    """The piece with what its bytes say of it; the same bytes always have the same key."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    sha256 = digest.hexdigest()
    suffix = (
        _SUFFIXES.get(mime)
        or (Path(piece.name).suffix.lower() if piece.name else "")
        or mimetypes.guess_extension(mime)
        or ""
    )
    kind = EvidenceKind.FILE if mime in _NOT_SHOWN else piece.kind
    return replace(
        piece,
        kind=kind,
        media=MediaState.STORED,
        sha256=sha256,
        size=path.stat().st_size,
        mime=mime,
        stored_as=f"evidence/{sha256[:2]}/{sha256}{suffix[:10]}",
    )
