"""The rich menus below the chat: which there are, what each offers, and whose is which; every tap says a chat word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.conversation.words import Word
from bot.domain.people import Role

LANGUAGES = ("th", "en")
WIDTH = 2500
TALL, LOW = 1686, 843
"""LINE's two usual sizes."""


class MenuKind(StrEnum):
    """Whom a menu is for."""

    NEWCOMER = "newcomer"  # nobody knows who it is yet: the menu that everybody sees by default
    OFFICER = "officer"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    READER = "reader"  # auditors, overseers, operators


class Icon(StrEnum):
    """What is drawn on a tile."""

    REPORT = "report"
    LIST = "list"
    CHART = "chart"
    HELP = "help"
    EDIT = "edit"
    BELL = "bell"
    CHECK = "check"
    RETURN = "return"
    PRINT = "print"
    DOOR = "door"
    KEY = "key"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One area of a menu.

    Attributes:
        word: what tapping it says, in either language the Thai chat word.
        label: what it is called, by language; `hint` a few words below that.
        foremost: drawn so that the eye finds it first.
        width: columns that it spans.
    """

    word: str
    icon: Icon
    label: tuple[str, str]
    hint: tuple[str, str]
    foremost: bool = False
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """A menu: its tiles row by row, three columns wide."""

    kind: MenuKind
    rows: tuple[tuple[Tile, ...], ...]

    @property
    def height(self) -> int:
        """LINE's tall size for two rows, the low one for one."""
        return TALL if len(self.rows) > 1 else LOW

    def places(self) -> list[tuple[Tile, tuple[int, int, int, int]]]:
        """Each tile with its x, y, width and height; together they cover the whole picture."""
        found = []
        for index, row in enumerate(self.rows):
            top, bottom = (self.height * each // len(self.rows) for each in (index, index + 1))
            columns, begun = sum(tile.width for tile in row), 0
            for tile in row:
                left, right = (WIDTH * each // columns for each in (begun, begun + tile.width))
                found.append((tile, (left, top, right - left, bottom - top)))
                begun += tile.width
        return found


_REPORT = Tile(
    word=Word.REPORT,
    icon=Icon.REPORT,
    label=("รายงานผล", "Report"),
    hint=("เริ่มหรือทำต่อ", "start or go on"),
    foremost=True,
)
_WRITE = replace(_REPORT, foremost=False)
_MY_WORK = Tile(
    word=Word.MY_WORK, icon=Icon.LIST, label=("งานของฉัน", "My work"), hint=("มาตรการที่ต้องรายงาน", "measures to report")
)
_STATUS = Tile(
    word=Word.COMPLETENESS, icon=Icon.CHART, label=("สถานะ", "Status"), hint=("รายงานแล้วเท่าไร", "how far we are")
)
_HELP = Tile(word=Word.HELP, icon=Icon.HELP, label=("ช่วยเหลือ", "Help"), hint=("พิมพ์อะไรได้บ้าง", "what can be said"))
_CHANGE = Tile(word=Word.CHANGE, icon=Icon.EDIT, label=("แก้ไข", "Change"), hint=("ปรับที่ส่งแล้ว", "correct what was sent"))
_POSTPONE = Tile(
    word=Word.POSTPONE, icon=Icon.BELL, label=("เลื่อนเตือน", "Remind later"), hint=("พักการเตือน", "pause reminders")
)
_ACCEPT = Tile(
    word=Word.ACCEPT,
    icon=Icon.CHECK,
    label=("เห็นชอบ", "Accept"),
    hint=("รายการที่รอตรวจ", "what awaits review"),
    foremost=True,
)
_REVIEW = replace(_ACCEPT, foremost=False)
_RETURN = Tile(word=Word.RETURN, icon=Icon.RETURN, label=("ส่งกลับ", "Return"), hint=("พร้อมเหตุผล", "with a reason"))
_COMPILE = Tile(
    word=Word.COMPILE,
    icon=Icon.PRINT,
    label=("ออกรายงาน", "Make report"),
    hint=("ของรอบนี้", "of this round"),
    foremost=True,
)
_PAGES = Tile(
    word=Word.SIGN_IN, icon=Icon.DOOR, label=("ผู้ดูแล", "Web pages"), hint=("ลิงก์เข้าหน้าเว็บ", "a link to sign in")
)
_CODE = Tile(
    word=Word.HELP,
    icon=Icon.KEY,
    label=("พิมพ์รหัสเชิญ ๘ ตัว", "Type your invite code"),
    hint=("ที่ได้รับจากผู้ดูแลของหน่วยงาน", "8 letters, from your agency's admin"),
    foremost=True,
    width=2,
)

_JOIN = Tile(word=Word.JOIN, icon=Icon.PERSON, label=("ขอเข้าร่วม", "Ask to join"), hint=("เมื่อไม่มีรหัส", "without a code"))

MENUS = {
    menu.kind: menu
    for menu in (
        Menu(kind=MenuKind.NEWCOMER, rows=((_CODE, _JOIN),)),
        Menu(kind=MenuKind.OFFICER, rows=((_REPORT, _MY_WORK, _STATUS), (_CHANGE, _POSTPONE, _HELP))),
        Menu(kind=MenuKind.REVIEWER, rows=((_ACCEPT, _RETURN, _STATUS), (_WRITE, _MY_WORK, _HELP))),
        Menu(kind=MenuKind.ADMIN, rows=((_COMPILE, _STATUS, _PAGES), (_REVIEW, _MY_WORK, _HELP))),
        Menu(kind=MenuKind.READER, rows=((_STATUS, _PAGES, _HELP),)),
    )
}

CHAT_BAR = ("เมนู", "Menu")


def menu_for(roles: Collection[Role]) -> MenuKind:
    """The menu of somebody with these roles: the one that offers most of what they may do."""
    held = set(roles)
    if Role.ADMIN in held:
        return MenuKind.ADMIN
    if held & {Role.HEAD, Role.APPROVER}:
        return MenuKind.REVIEWER
    if Role.OFFICER in held:
        return MenuKind.OFFICER
    return MenuKind.READER if held else MenuKind.NEWCOMER
