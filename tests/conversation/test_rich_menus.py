"""The rich menus: whose is which, that they cover their pictures, and that every tap is a chat word."""

from __future__ import annotations

import pytest
from PIL import Image

from bot.adapters.line.menu_pictures import MARK, fingerprint, picture_path
from bot.conversation.rich_menus import LANGUAGES, MENUS, WIDTH, Menu, MenuKind, menu_for
from bot.conversation.words import command
from bot.domain.people import Role
from bot.services.rich_menus import menu_body
from bot.simulator.validation.rich_menu import validate_rich_menu

pytestmark = pytest.mark.pure

EACH = [(menu, language) for menu in MENUS.values() for language in LANGUAGES]
NAMES = [f"{menu.kind.value}.{language}" for menu, language in EACH]


@pytest.mark.parametrize(
    ("roles", "kind"),
    [
        ((), MenuKind.NEWCOMER),
        ((Role.OFFICER,), MenuKind.OFFICER),
        ((Role.OFFICER, Role.HEAD), MenuKind.REVIEWER),
        ((Role.APPROVER,), MenuKind.REVIEWER),
        ((Role.OFFICER, Role.HEAD, Role.ADMIN), MenuKind.ADMIN),
        ((Role.AUDITOR,), MenuKind.READER),
        ((Role.OVERSEER,), MenuKind.READER),
        ((Role.OPERATOR,), MenuKind.READER),
        ((Role.OPERATOR, Role.OFFICER), MenuKind.OFFICER),
    ],
)
def test_the_menu_is_that_of_what_one_may_do(roles: tuple[Role, ...], kind: MenuKind) -> None:
    assert menu_for(roles) is kind


def test_every_kind_has_a_menu() -> None:
    assert set(MENUS) == set(MenuKind)


@pytest.mark.parametrize("menu", MENUS.values(), ids=lambda menu: menu.kind.value)
def test_the_tiles_cover_the_picture_and_say_chat_words(menu: Menu) -> None:
    assert sum(width * height for _, (_, _, width, height) in menu.places()) == WIDTH * menu.height
    for tile, (x, y, width, height) in menu.places():
        assert command(tile.word) is not None
        assert x + width <= WIDTH
        assert y + height <= menu.height


@pytest.mark.parametrize(("menu", "language"), EACH, ids=NAMES)
def test_line_takes_the_menu(menu: Menu, language: str) -> None:
    body = menu_body(menu, language)
    assert validate_rich_menu({"name": "kaona", **body}) == []
    assert all(1 <= len(area["action"]["label"]) <= 20 for area in body["areas"])


@pytest.mark.parametrize(("menu", "language"), EACH, ids=NAMES)
def test_the_picture_shows_these_tiles_in_lines_size(menu: Menu, language: str) -> None:
    path = picture_path(menu, language)
    assert path.stat().st_size <= 1024 * 1024
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("PNG", (WIDTH, menu.height))
        assert picture.info.get(MARK) == fingerprint(menu, language), "run make rich-menus and look at the pictures"


def test_the_two_languages_differ_in_words_only() -> None:
    for menu in MENUS.values():
        thai, english = (menu_body(menu, language)["areas"] for language in LANGUAGES)
        for one, other in zip(thai, english, strict=True):
            assert one["bounds"] == other["bounds"]
            assert one["action"]["text"] == other["action"]["text"]
            assert one["action"]["label"] != other["action"]["label"]
