"""Rich menus on the simulated platform: installed once, shown by role, and LINE's no harms nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from bot.adapters.line.clients import LineClients
from bot.adapters.line.menu_pictures import picture_path
from bot.adapters.line.rich_menus import LineRichMenus
from bot.adapters.sql.store import SqlStore
from bot.conversation.rich_menus import LANGUAGES, MENUS, Menu, MenuKind
from bot.domain.errors import NotAllowed, OutsideWorld
from bot.domain.people import ChatId, Membership, Person, PersonId, Role
from bot.ports.records import DEFAULT_CHANNEL, Channel, Chat
from bot.services.rich_menus import OURS, MenuDesk
from bot.simulator.client import SimulatorClient
from bot.simulator.config import SimulatorConfig
from bot.simulator.serve import running
from tests.services.desk import AGENCY

CHANNEL = Channel(id=DEFAULT_CHANNEL, secret="a-secret", token="a-token")
ALL = len(MENUS) * len(LANGUAGES)


@dataclass
class Played:
    """A platform, an office on a database, and the desk between them."""

    client: SimulatorClient
    store: SqlStore
    desk: MenuDesk
    url: str

    def joins(self, name: str, role: Role | None, language: str = "th") -> str:
        """A friend of the bot who is known with a role; returns the LINE user id."""
        user = str(self.client.create_person(name)["user_id"])
        with self.store.write() as uow:
            uow.people.add(Person(id=PersonId(name), name=name, language=language))
            uow.chats.add(
                Chat(id=ChatId(name), channel_id=DEFAULT_CHANNEL, line_user_id=user, person_id=PersonId(name))
            )
            if role is not None:
                uow.people.add_membership(Membership(person_id=PersonId(name), role=role, agency_id=AGENCY.id))
        return user

    def sees(self, user: str) -> str:
        """The name of the menu below a person's chat, without its hash."""
        menu = self.client.menu(user)
        return " ".join(menu["name"].removeprefix(OURS).split()[:2]) if menu else ""


def picture(menu: Menu, language: str) -> bytes:
    return picture_path(menu, language).read_bytes()


@pytest.fixture
def played(sqlite_store: SqlStore) -> Iterator[Played]:
    config = SimulatorConfig(
        webhook_url="http://127.0.0.1:9/nobody",
        channel_secret=CHANNEL.secret,
        channel_access_token=CHANNEL.token,
        port=0,
    )
    with running(config) as server:
        clients = LineClients(server.url)
        desk = MenuDesk(store=sqlite_store, line=LineRichMenus(clients, server.url), picture=picture)
        with sqlite_store.write() as uow:
            uow.agencies.add(AGENCY)
        yield Played(client=SimulatorClient(server.url), store=sqlite_store, desk=desk, url=server.url)
        clients.close()


def test_everybody_sees_the_menu_of_their_role_and_language(played: Played) -> None:
    stranger = str(played.client.create_person("คนแปลกหน้า")["user_id"])
    officer = played.joins("officer", Role.OFFICER)
    head = played.joins("head", Role.HEAD, "en")
    admin = played.joins("admin", Role.ADMIN)
    gone = played.joins("gone", None)
    done = played.desk.install(CHANNEL)
    assert (len(done.made), done.kept, done.removed, done.linked) == (ALL, (), (), 4)
    seen = [played.sees(user) for user in (stranger, officer, head, admin, gone)]
    assert seen == ["newcomer th", "officer th", "reviewer en", "admin th", "newcomer th"]


def test_installing_again_does_nothing(played: Played) -> None:
    played.joins("officer", Role.OFFICER)
    played.desk.install(CHANNEL)
    before = [known.id for known in played.desk.line.all(CHANNEL)]
    again = played.desk.install(CHANNEL)
    assert (again.made, len(again.kept), again.removed, again.linked) == ((), ALL, (), 0)
    assert [known.id for known in played.desk.line.all(CHANNEL)] == before


def test_a_dry_run_makes_nothing(played: Played) -> None:
    assert len(played.desk.install(CHANNEL, dry_run=True).made) == ALL
    assert played.desk.line.all(CHANNEL) == []


def test_a_menu_that_changed_takes_the_old_ones_place_and_others_menus_stay(played: Played) -> None:
    officer = played.joins("officer", Role.OFFICER)
    played.desk.install(CHANNEL)
    foreign = {"size": {"width": 800, "height": 250}, "selected": False, "name": "theirs", "chatBarText": "x"}
    theirs = played.desk.line.create(CHANNEL, foreign | {"areas": []})
    changed = replace(played.desk, picture=lambda menu, language: picture(menu, language) + b" changed")
    done = changed.install(CHANNEL)
    assert (len(done.made), len(done.removed), done.linked) == (ALL, ALL, 1)
    assert played.sees(officer) == "officer th"
    names = {known.id: known.name for known in played.desk.line.all(CHANNEL)}
    assert len(names) == ALL + 1
    assert names[theirs] == "theirs"


def test_a_menu_left_without_picture_gets_it_at_the_next_run(played: Played) -> None:
    body = played.desk._body(MENUS[MenuKind.OFFICER], "th")
    half = played.desk.line.create(CHANNEL, body)
    assert not played.desk.line.has_picture(CHANNEL, half)
    done = played.desk.install(CHANNEL)
    assert body["name"] in done.kept
    assert played.desk.line.has_picture(CHANNEL, half)


def test_a_role_that_changed_is_another_menu_and_nobody_else_is_told(played: Played) -> None:
    officer, other = played.joins("officer", Role.OFFICER), played.joins("other", Role.OFFICER)
    played.desk.install(CHANNEL)
    with played.store.write() as uow:
        admin = Membership(person_id=PersonId("officer"), role=Role.ADMIN, agency_id=AGENCY.id)
        uow.people.add_membership(admin)
    assert played.desk.link(CHANNEL) == 1
    assert (played.sees(officer), played.sees(other)) == ("admin th", "officer th")
    assert played.desk.link(CHANNEL) == 0


def test_many_are_linked_five_hundred_at_a_time(played: Played) -> None:
    asked: list[int] = []

    class Counting(LineRichMenus):
        def _ask(self, channel, method, path, body=None, *, missing=False):
            asked.append(len(body["userIds"]))
            return {}

    Counting(LineClients(played.url), played.url).link(CHANNEL, "menu", [f"U{number}" for number in range(1201)])
    assert asked == [500, 500, 201]


def test_lines_no_is_an_error_for_the_command_and_nothing_for_a_chat(played: Played) -> None:
    played.joins("officer", Role.OFFICER)
    stranger = replace(CHANNEL, token="another-token")
    with pytest.raises(NotAllowed, match="LINE"):
        played.desk.install(stranger)
    played.desk.install(CHANNEL)
    with played.store.write() as uow:
        uow.menus.forget_shown(ChatId("officer"))
    assert played.desk.link_quietly(stranger) == 0
    assert played.desk.link_quietly(CHANNEL) == 1


def test_too_many_menus_an_hour_is_for_later(played: Played) -> None:
    body = played.desk._body(MENUS[MenuKind.READER], "th")
    for _ in range(100):
        played.desk.line.create(CHANNEL, body)
    with pytest.raises(OutsideWorld, match="rate limit"):
        played.desk.line.create(CHANNEL, body)


def test_away_line_is_the_world_outside(sqlite_store: SqlStore) -> None:
    nowhere = "http://127.0.0.1:9"
    desk = MenuDesk(store=sqlite_store, line=LineRichMenus(LineClients(nowhere), nowhere), picture=picture)
    with pytest.raises(OutsideWorld):
        desk.install(CHANNEL)
    with pytest.raises(OutsideWorld):
        desk.line.has_picture(CHANNEL, "menu")
