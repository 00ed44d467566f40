"""Thailand's public holidays on which government offices are closed, as data per year.

Source: the Cabinet's yearly resolutions on government holidays (Secretariat of the Cabinet, resolution.soc.go.th),
with the special days of each year; compared with the open calendar of PyPI `holidays` 0.108. Days that fall on a
weekend are left out where a day in lieu stands for them. Labour Day is none for government offices.
BE 2570 is reckoned by the rules ahead of its resolution: the Ploughing Ceremony and special days are not in it yet.
A day that is missing here, or that an office keeps of its own, is added in the database (docs/reminders.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.calendar import BE_OFFSET

_NEW_YEAR, _CHAKRI, _SONGKRAN, _CORONATION = "วันขึ้นปีใหม่", "วันจักรี", "วันสงกรานต์", "วันฉัตรมงคล"
_MAKHA, _VISAKHA, _ASANHA, _LENT = "วันมาฆบูชา", "วันวิสาขบูชา", "วันอาสาฬหบูชา", "วันเข้าพรรษา"
_QUEEN, _KING, _MOTHER = "วันเฉลิมพระชนมพรรษาพระบรมราชินี", "วันเฉลิมพระชนมพรรษาพระเจ้าอยู่หัว", "วันแม่แห่งชาติ"
_NAVAMIN, _CHULALONGKORN, _FATHER = "วันนวมินทรมหาราช", "วันปิยมหาราช", "วันพ่อแห่งชาติ"
_CONSTITUTION, _YEAR_END, _PLOUGHING = "วันรัฐธรรมนูญ", "วันสิ้นปี", "วันพืชมงคล"
_SPECIAL, _LIEU = "วันหยุดราชการเพิ่มเป็นกรณีพิเศษ", "ชดเชย"

_YEARS: Mapping[int, tuple[tuple[int, int, str], ...]] = {
    2567: (
        (1, 1, _NEW_YEAR), (2, 26, _LIEU + _MAKHA), (4, 8, _LIEU + _CHAKRI), (4, 12, _SPECIAL), (4, 15, _SONGKRAN),
        (4, 16, _LIEU + _SONGKRAN), (5, 6, _LIEU + _CORONATION), (5, 10, _PLOUGHING), (5, 22, _VISAKHA),
        (6, 3, _QUEEN), (7, 22, _LIEU + _ASANHA), (7, 29, _LIEU + _KING), (8, 12, _MOTHER),
        (10, 14, _LIEU + _NAVAMIN), (10, 23, _CHULALONGKORN), (12, 5, _FATHER), (12, 10, _CONSTITUTION),
        (12, 30, _SPECIAL), (12, 31, _YEAR_END),
    ),
    2568: (
        (1, 1, _NEW_YEAR), (2, 12, _MAKHA), (4, 7, _LIEU + _CHAKRI), (4, 14, _SONGKRAN), (4, 15, _SONGKRAN),
        (4, 16, _LIEU + _SONGKRAN), (5, 5, _LIEU + _CORONATION), (5, 9, _PLOUGHING), (5, 12, _LIEU + _VISAKHA),
        (6, 2, _SPECIAL), (6, 3, _QUEEN), (7, 10, _ASANHA), (7, 11, _LENT), (7, 28, _KING), (8, 11, _SPECIAL),
        (8, 12, _MOTHER), (10, 13, _NAVAMIN), (10, 23, _CHULALONGKORN), (12, 5, _FATHER), (12, 10, _CONSTITUTION),
        (12, 31, _YEAR_END),
    ),
    2569: (
        (1, 1, _NEW_YEAR), (1, 2, _SPECIAL), (3, 3, _MAKHA), (4, 6, _CHAKRI), (4, 13, _SONGKRAN), (4, 14, _SONGKRAN),
        (4, 15, _SONGKRAN), (5, 4, _CORONATION), (5, 13, _PLOUGHING), (6, 1, _LIEU + _VISAKHA), (6, 3, _QUEEN),
        (7, 28, _KING), (7, 29, _ASANHA), (7, 30, _LENT), (8, 12, _MOTHER), (10, 13, _NAVAMIN),
        (10, 23, _CHULALONGKORN), (12, 7, _LIEU + _FATHER), (12, 10, _CONSTITUTION), (12, 31, _YEAR_END),
    ),
    2570: (
        (1, 1, _NEW_YEAR), (2, 22, _LIEU + _MAKHA), (4, 6, _CHAKRI), (4, 13, _SONGKRAN), (4, 14, _SONGKRAN),
        (4, 15, _SONGKRAN), (5, 4, _CORONATION), (5, 20, _VISAKHA), (6, 3, _QUEEN), (7, 19, _LENT),
        (7, 20, _LIEU + _ASANHA), (7, 28, _KING), (8, 12, _MOTHER), (10, 13, _NAVAMIN),
        (10, 25, _LIEU + _CHULALONGKORN), (12, 6, _LIEU + _FATHER), (12, 10, _CONSTITUTION), (12, 31, _YEAR_END),
    ),
}  # fmt: skip
"""By calendar year (BE): month, day, name."""

HOLIDAYS: Mapping[date, str] = {
    date(year - BE_OFFSET, month, day): name for year, days in _YEARS.items() for month, day, name in days
}
KNOWN_YEARS = frozenset(year - BE_OFFSET for year in _YEARS)
"""The calendar years (CE) whose holidays are here."""
