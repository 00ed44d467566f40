"""Files between being looked at and being taken: kept for who sent them, for a day or two."""

from __future__ import annotations

import hmac
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.errors import NotFound
from bot.domain.people import PersonId
from bot.ports.outside import Clock, Ids, Keyed, MediaStore

PREFIX = "uploads/"
_TICKET = re.compile(r"(\d{4}-\d{2}-\d{2})/([0-9A-Za-z]{1,40})-([0-9a-f]{32})")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUploads:
    """Keeps a file in the media store under a ticket that is of use to its sender in one agency only."""

    media: MediaStore
    clock: Clock
    ids: Ids
    keyed: Keyed

    def keep(self, sender: PersonId, agency_id: AgencyId, data: bytes) -> str:
        """Store the bytes and return their ticket; those of days gone by are cleared away."""
        today = bangkok_day(self.clock.now())
        self._clear(today - timedelta(days=1))
        name = f"{today.isoformat()}/{self.ids.new()}"
        ticket = f"{name}-{self._mark(name, sender, agency_id)}"
        with tempfile.NamedTemporaryFile(prefix="upload-") as file:
            file.write(data)
            file.flush()
            self.media.put(PREFIX + ticket, Path(file.name))
        return ticket

    def read(self, ticket: str, sender: PersonId, agency_id: AgencyId) -> bytes:
        """The bytes.

        Raises:
            NotFound: it is no ticket of this sender in this agency, or its time is over.
        """
        with self.media.open(self._key(ticket, sender, agency_id)) as file:
            return file.read()

    def forget(self, ticket: str, sender: PersonId, agency_id: AgencyId) -> None:
        """Remove the bytes."""
        self.media.delete(self._key(ticket, sender, agency_id))

    def _key(self, ticket: str, sender: PersonId, agency_id: AgencyId) -> str:
        found = _TICKET.fullmatch(ticket)
        name = f"{found[1]}/{found[2]}" if found else ""
        if found is None or not hmac.compare_digest(found[3], self._mark(name, sender, agency_id)):
            raise NotFound("there is no such upload")
        return PREFIX + ticket

    def _mark(self, name: str, sender: PersonId, agency_id: AgencyId) -> str:
        return self.keyed.hash("upload", f"{name} {sender} {agency_id}")[:32]

    def _clear(self, before: date) -> None:
        for key in _older(self.media.keys(PREFIX), before):
            self.media.delete(key)


def _older(keys: Iterable[str], before: date) -> list[str]:
    return [key for key in keys if key.removeprefix(PREFIX)[:10] < before.isoformat()]
