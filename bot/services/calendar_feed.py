"""A calendar feed (.ics) of rounds for a person or an agency, behind a secret address that can be revoked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.domain.agencies import Agency, AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import PersonId
from bot.domain.rounds import Round
from bot.domain.text import thai_digits
from bot.ports.outside import Clock, Ids, Keyed
from bot.ports.records import Feed
from bot.ports.store import Store, UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.logbook import Action, note

_PURPOSE = "calendar-feed"
LINE_OCTETS = 75
"""RFC 5545: longer lines are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeeds:
    """Makes, reads and revokes feeds; only a keyed hash of the secret is stored."""

    store: Store
    clock: Clock
    ids: Ids
    keyed: Keyed
    base_url: str

    def make(
        self,
        *,
        person_id: PersonId | None = None,
        agency_id: AgencyId | None = None,
        noted: tuple[PersonId, AgencyId] | None = None,
    ) -> str:
        """The address of a new feed; older ones go on working until they are revoked.

        Args:
            person_id: whose feed it is, or
            agency_id: of which agency.
            noted: who made it, and in whose log that is written down.
        """
        token = self.ids.secret()
        feed = Feed(
            token_hash=self.keyed.hash(_PURPOSE, token),
            made_at=self.clock.now(),
            person_id=person_id,
            agency_id=agency_id,
        )
        with self.store.write() as uow:
            uow.reminders.add_feed(feed)
            if noted is not None:
                self._note(uow, noted, Action.FEED_MADE, feed)
        return f"{self.base_url}/calendar/{token}.ics"

    def revoke(self, *, person_id: PersonId | None = None, agency_id: AgencyId | None = None) -> int:
        """End every feed of the person or agency; how many there were."""
        with self.store.write() as uow:
            return uow.reminders.revoke_feeds(person_id, agency_id, self.clock.now())

    def revoke_one(self, agency_id: AgencyId, token_hash: str, *, by: PersonId) -> None:
        """End one feed of the agency or of one of its members.

        Raises:
            NotFound: the agency has no such living feed.
        """
        with self.store.write() as uow:
            feed = next((each for each in uow.reminders.feeds(agency_id) if each.token_hash == token_hash), None)
            if feed is None or not uow.reminders.revoke_feed(token_hash, self.clock.now()):
                raise NotFound("there is no such calendar")
            self._note(uow, (by, agency_id), Action.FEED_REVOKED, feed)

    def _note(self, uow: UnitOfWork, noted: tuple[PersonId, AgencyId], action: Action, feed: Feed) -> None:
        by, agency_id = noted
        person = uow.people.get(feed.person_id) if feed.person_id else None
        note(uow, self.ids, self.clock.now(), by, action, agency_id, person=person.name if person else None)

    def read(self, token: str) -> str:
        """The calendar behind a secret.

        Raises:
            NotFound: it never was, or was revoked.
        """
        with self.store.read() as uow:
            feed = uow.reminders.feed(self.keyed.hash(_PURPOSE, token))
            if feed is None:
                raise NotFound("there is no such calendar")
            return calendar_text(self._rounds(uow, feed), self.clock.now())

    def _rounds(self, uow: UnitOfWork, feed: Feed) -> list[tuple[Agency, Round]]:
        if feed.agency_id is not None:
            ids = [feed.agency_id]
        elif feed.person_id is not None:
            ids = sorted({m.agency_id for m in uow.people.memberships(feed.person_id) if m.agency_id})
        else:
            ids = []
        return [(a, r) for i in ids if (a := uow.agencies.get(i)) for r in agency_rounds(uow, i)]


def calendar_text(rounds: Iterable[tuple[Agency, Round]], now: datetime) -> str:
    """An iCalendar with an all-day event for the opening, due and lock day of every round."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kaona//Rounds//TH",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:รอบรายงานมาตรการ",
        "X-WR-TIMEZONE:Asia/Bangkok",
    ]
    for agency, round_ in rounds:
        name = thai_digits(f"รอบ {round_.no.value} เดือน ปีงบประมาณ {round_.fiscal_year}")
        for what, day, words in (
            ("open", round_.opens_on, "เปิดรับรายงาน"),
            ("due", round_.due_on, "ครบกำหนดส่งรายงาน"),
            ("lock", round_.locks_on, "วันสุดท้ายก่อนปิดรับรายงาน"),
        ):
            uid = f"{what}-{round_.fiscal_year}-{round_.no.value}-{agency.id}@kaona"
            lines += _event(uid, day, f"{words} {name}", agency.name, now, alarm=what == "due")
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(uid: str, day: date, summary: str, where: str, now: datetime, *, alarm: bool) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(uid)}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(where)}",
        "TRANSP:TRANSPARENT",
    ]
    if alarm:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(summary)}", "TRIGGER:-P1D", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """At most 75 octets a line, never within a character."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece])
