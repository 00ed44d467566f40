"""Calendar feeds: a secret address that works without signing in, until it is revoked."""

from __future__ import annotations

from typing import Any

from bot.domain.agencies import AgencyId

HERE = AgencyId("thungthong")


def _path(url: str) -> str:
    return url.removeprefix("http://kaona.test")


def test_a_feed_shows_the_rounds_of_the_agency_and_no_names(rt: Any, office: Any, http: Any) -> None:
    answer = http.get(_path(rt.feeds.make(agency_id=HERE)))
    text = answer.get_data(as_text=True)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 6
    assert "DTSTART;VALUE=DATE:20240410\r\n" in text
    assert "DTEND;VALUE=DATE:20240411\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    with rt.store.read() as uow:
        names = {person.name for person, _ in uow.people.members(HERE)}
    assert not any(name in text.replace("\r\n ", "") for name in names)


def test_a_persons_feed_has_the_rounds_of_their_agencies_only(rt: Any, office: Any, http: Any) -> None:
    with rt.store.read() as uow:
        person, _ = uow.people.members(HERE)[0]
        agencies = {m.agency_id for m in uow.people.memberships(person.id) if m.agency_id}
    text = http.get(_path(rt.feeds.make(person_id=person.id))).get_data(as_text=True).replace("\r\n ", "")
    uids = [piece.split("\r\n")[0].removesuffix("@kaona") for piece in text.split("UID:")[1:]]
    assert {uid.split("-", 3)[3] for uid in uids} == agencies


def test_a_revoked_feed_is_gone_and_a_guessed_one_never_was(rt: Any, office: Any, http: Any) -> None:
    first, second = _path(rt.feeds.make(agency_id=HERE)), _path(rt.feeds.make(agency_id=HERE))
    assert first != second
    assert rt.feeds.revoke(agency_id=HERE) == 2
    for path in (first, second, "/calendar/guess.ics"):
        assert http.get(path).status_code == 404
    assert rt.feeds.revoke(agency_id=HERE) == 0
    assert http.get(_path(rt.feeds.make(agency_id=HERE))).status_code == 200
