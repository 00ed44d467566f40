"""People, roles, invites, tokens and sessions keep their promises on both databases."""

from __future__ import annotations

import pytest

from bot.domain.people import InviteId, Membership, PersonId, Role
from bot.domain.rounds import RoundNo
from bot.domain.updates import Stage, UpdateId
from bot.ports.store import Store
from tests.contracts.office import (
    AGENCY,
    CHAT,
    FIRST,
    MALEE,
    NOW,
    OTHER_CHAT,
    SECOND,
    SOMCHAI,
    a_membership,
    a_person,
    a_run,
    a_submitted,
    an_invite,
    an_update,
    later,
    the_update,
)


def test_a_person_comes_back(office: Store) -> None:
    with office.read() as uow:
        assert uow.people.get(SOMCHAI) == a_person()
        assert uow.people.get(PersonId("nobody")) is None


def test_members_are_named_once_per_role_and_sorted_by_name(office: Store) -> None:
    with office.write() as uow:
        uow.people.add_membership(a_membership())
        uow.people.add_membership(a_membership(role=Role.ADMIN))
        uow.people.add_membership(a_membership())
        uow.people.add_membership(a_membership(person_id=MALEE))
    with office.read() as uow:
        assert [(p.id, m.role) for p, m in uow.people.members(AGENCY)] == [
            (MALEE, Role.OFFICER),
            (SOMCHAI, Role.OFFICER),
            (SOMCHAI, Role.ADMIN),
        ]
        assert [m.role for m in uow.people.memberships(SOMCHAI)] == [Role.OFFICER, Role.ADMIN]


def test_an_operator_belongs_to_no_agency_and_is_one_once(office: Store) -> None:
    operator = Membership(person_id=SOMCHAI, role=Role.OPERATOR, agency_id=None)
    with office.write() as uow:
        uow.people.add_membership(operator)
        uow.people.add_membership(operator)
    with office.read() as uow:
        assert uow.people.members(None) == [(a_person(), operator)]
        assert uow.people.members(AGENCY) == []
        assert uow.people.named(None, "สมชาย ใจดี") == a_person()


def test_members_and_invited_people_are_found_by_name_with_space_folded(office: Store) -> None:
    with office.write() as uow:
        assert uow.people.named(AGENCY, "สมชาย ใจดี") is None
        uow.people.add_membership(a_membership())
        uow.people.add_invite(an_invite(person_id=MALEE, name="มาลี สุขใจ"), "hash")
    with office.read() as uow:
        assert uow.people.named(AGENCY, "  สมชาย   ใจดี ") == a_person()
        assert uow.people.named(AGENCY, "มาลี สุขใจ") == a_person(id=MALEE, name="มาลี สุขใจ")
        assert uow.people.named(AGENCY, "มาลี") is None
        assert uow.people.named(None, "มาลี สุขใจ") is None


def test_an_invite_lives_until_it_is_used_or_expires(office: Store) -> None:
    invite = an_invite()
    with office.write() as uow:
        uow.people.add_invite(invite, "hash")
        assert uow.people.living_invite("hash", NOW) == invite
        assert uow.people.living_invite("other", NOW) is None
        assert uow.people.living_invite("hash", invite.expires_at) is None
        assert uow.people.use_invite(invite.id, CHAT, NOW)
        assert not uow.people.use_invite(invite.id, OTHER_CHAT, NOW)
    with office.read() as uow:
        assert uow.people.living_invite("hash", NOW) is None
        used = uow.people.invite(invite.id)
        assert used is not None
        assert used.used_at == NOW


def test_wrong_codes_are_counted_per_chat_since_a_moment(office: Store) -> None:
    with office.write() as uow:
        for minutes in (0, 10, 20):
            uow.people.add_wrong_code(CHAT, later(minutes=minutes))
        uow.people.add_wrong_code(OTHER_CHAT, NOW)
    with office.read() as uow:
        assert uow.people.wrong_codes(CHAT, later(minutes=10)) == 2


def test_a_sign_in_token_is_spent_once_and_looking_spends_nothing(office: Store) -> None:
    with office.write() as uow:
        uow.people.add_sign_in("token", SOMCHAI, later(minutes=10))
        assert uow.people.sign_in_person("token", NOW) == SOMCHAI
        assert uow.people.sign_in_person("token", later(minutes=10)) is None
        assert uow.people.use_sign_in("token", later(minutes=10)) is None
        assert uow.people.use_sign_in("token", NOW) == SOMCHAI
        assert uow.people.use_sign_in("token", NOW) is None
        assert uow.people.sign_in_person("token", NOW) is None
        assert uow.people.use_sign_in("unknown", NOW) is None


def test_a_session_lasts_until_it_expires_or_is_ended(office: Store) -> None:
    with office.write() as uow:
        uow.people.add_session("one", SOMCHAI, NOW, later(hours=8), "Chrome · Windows")
        found = uow.people.session("one", NOW)
        assert found is not None
        assert (found.person_id, found.device, found.seen_at) == (SOMCHAI, "Chrome · Windows", NOW)
        assert uow.people.session("one", later(hours=8)) is None
        assert uow.people.session("two", NOW) is None
        assert not uow.people.end_session("one", NOW, MALEE)
        assert uow.people.end_session("one", NOW, SOMCHAI)
        assert not uow.people.end_session("one", NOW)
        assert uow.people.session("one", NOW) is None


def test_a_persons_sessions_are_listed_the_last_used_first_and_ended_but_one(office: Store) -> None:
    with office.write() as uow:
        for number in (1, 2, 3):
            uow.people.add_session(f"s-{number}", SOMCHAI, later(minutes=number), later(hours=8))
        uow.people.add_session("other", MALEE, NOW, later(hours=8))
        uow.people.add_session("over", SOMCHAI, NOW, later(hours=1))
        uow.people.seen("s-1", later(hours=2))
        assert [each.key for each in uow.people.sessions(SOMCHAI, later(hours=3))] == ["s-1", "s-3", "s-2"]
        assert uow.people.end_sessions(SOMCHAI, later(hours=3), but="s-3") == 2
        assert uow.people.end_sessions(SOMCHAI, later(hours=3), but="s-3") == 0
        assert [each.key for each in uow.people.sessions(SOMCHAI, later(hours=3))] == ["s-3"]
        assert [each.key for each in uow.people.sessions(MALEE, later(hours=3))] == ["other"]


def test_a_person_has_a_language_and_a_name(office: Store) -> None:
    with office.write() as uow:
        uow.people.set_language(SOMCHAI, "en")
        uow.people.rename(SOMCHAI, "สมชาย ใจดีมาก")
    with office.read() as uow:
        assert uow.people.get(SOMCHAI) == a_person(language="en", name="สมชาย ใจดีมาก")
        assert uow.people.get(MALEE) == a_person(id=MALEE, name="มาลี สุขใจ")


def test_merging_moves_everything_and_forgets_the_first_person(office: Store) -> None:
    with office.write() as uow:
        for role in (Role.OFFICER, Role.HEAD):
            uow.people.add_membership(a_membership(role=role))
        uow.people.add_membership(a_membership(person_id=MALEE))
        uow.people.add_invite(an_invite(), "hash")
        uow.plans.assign(FIRST, SOMCHAI)
        uow.plans.assign(SECOND, SOMCHAI)
        uow.plans.assign(FIRST, MALEE)
        uow.updates.add(a_submitted(measure_id=SECOND))
        uow.reports.add(a_run(requested_by=SOMCHAI))
        uow.people.add_sign_in("token", SOMCHAI, later(minutes=10))
        uow.people.merge(SOMCHAI, MALEE)
    with office.read() as uow:
        assert uow.people.get(SOMCHAI) is None
        assert {m.role for m in uow.people.memberships(MALEE)} == {Role.OFFICER, Role.HEAD}
        invite = uow.people.living_invite("hash", NOW)
        assert invite is not None
        assert invite.person_id == MALEE
        assert [m.id for m in uow.plans.assigned_to(MALEE)] == [FIRST, SECOND]
        assert [p.id for p in uow.plans.reporters([FIRST])[FIRST]] == [MALEE]
        assert the_update(uow).person_id == MALEE
        assert uow.people.sign_in_person("token", NOW) == MALEE


def test_merging_keeps_the_later_submission_in_force_and_one_draft(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(a_submitted(id=UpdateId("early"), person_id=MALEE))
        uow.updates.add(a_submitted(id=UpdateId("late"), submitted_at=later(days=1)))
        uow.updates.add(an_update(id=UpdateId("hers"), person_id=MALEE))
        uow.updates.add(an_update(id=UpdateId("his")))
        uow.updates.add(an_update(id=UpdateId("other round"), round_no=RoundNo.TWELVE))
        uow.people.merge(SOMCHAI, MALEE)
    with office.read() as uow:
        assert [u.id for u in uow.updates.in_force([FIRST])] == ["late"]
        assert the_update(uow, "early").stage is Stage.SUPERSEDED
        assert {u.id for u in uow.updates.drafts_of(MALEE)} == {"hers", "other round"}


@pytest.mark.parametrize("name", ["\x00สมชาย", "สม\ud800ชาย"])
def test_text_that_no_database_takes_is_stored_without_the_offending_character(office: Store, name: str) -> None:
    with office.write() as uow:
        uow.people.add(a_person(id=PersonId("odd"), name=name))
    with office.read() as uow:
        stored = uow.people.get(PersonId("odd"))
        assert stored is not None
        assert stored.name.replace("?", "") == "สมชาย"


def test_a_role_is_taken_away_once_and_no_other(office: Store) -> None:
    with office.write() as uow:
        uow.people.add_membership(a_membership())
        uow.people.add_membership(a_membership(role=Role.HEAD))
        assert uow.people.end_membership(a_membership())
        assert not uow.people.end_membership(a_membership())
        assert uow.people.memberships(SOMCHAI) == [a_membership(role=Role.HEAD)]


def test_an_operators_role_is_taken_away(office: Store) -> None:
    operator = a_membership(role=Role.OPERATOR, agency_id=None)
    with office.write() as uow:
        uow.people.add_membership(operator)
        assert uow.people.end_membership(operator)
        assert uow.people.memberships(SOMCHAI) == []


def test_unused_invites_are_listed_newest_first(office: Store) -> None:
    with office.write() as uow:
        for number in (1, 2, 3):
            uow.people.add_invite(an_invite(id=InviteId(f"invite-{number}")), f"hash-{number}")
        uow.people.use_invite(InviteId("invite-2"), CHAT, NOW)
        uow.people.add_invite(an_invite(id=InviteId("operators"), agency_id=None, role=Role.OPERATOR), "hash-4")
        assert [each.id for each in uow.people.unused_invites(AGENCY)] == ["invite-3", "invite-1"]
        assert [each.id for each in uow.people.unused_invites(None)] == ["operators"]


def test_a_revoked_invite_lives_no_more(office: Store) -> None:
    with office.write() as uow:
        uow.people.add_invite(an_invite(), "hash-1")
        assert uow.people.revoke_invite(InviteId("invite-1"), NOW)
        assert uow.people.living_invite("hash-1", NOW) is None
        assert not uow.people.revoke_invite(InviteId("invite-1"), NOW)


def test_a_used_invite_cannot_be_revoked(office: Store) -> None:
    with office.write() as uow:
        uow.people.add_invite(an_invite(), "hash-1")
        uow.people.use_invite(InviteId("invite-1"), CHAT, NOW)
        assert not uow.people.revoke_invite(InviteId("invite-1"), NOW)


def test_a_person_keeps_the_language_chosen(office: Store) -> None:
    with office.write() as uow:
        uow.people.set_language(SOMCHAI, "en")
    with office.read() as uow:
        found = uow.people.get(SOMCHAI)
        assert found is not None
        assert found.language == "en"
