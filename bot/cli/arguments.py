"""Arguments that several commands share, checked as they are read."""

from __future__ import annotations

import argparse
from datetime import date, datetime

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.rounds import RoundNo
from bot.domain.text import arabic_digits


def agency(parser: argparse.ArgumentParser) -> None:
    """--agency ID."""
    parser.add_argument("--agency", required=True, type=AgencyId, metavar="ID", help="the agency's id")


def fiscal_year(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """--fiscal-year N (BE)."""
    parser.add_argument(
        "--fiscal-year", required=required, type=year_be, metavar="N", help="fiscal year (BE), such as 2569"
    )


def round_no(parser: argparse.ArgumentParser) -> None:
    """--round 6|12."""
    parser.add_argument("--round", required=True, type=_round_no, metavar="6|12", help="the round")


def iso_day(text: str) -> date:
    """A day like 2024-03-31 (CE)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2024-03-31 (CE)") from None


def bangkok_time(text: str) -> datetime:
    """A moment like 2024-03-01T09:00, in Bangkok unless it says another offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time like 2024-03-01T09:00") from None
    return moment.replace(tzinfo=BANGKOK) if moment.tzinfo is None else moment.astimezone(BANGKOK)


def web_port(text: str) -> int:
    """A TCP port."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 1 to 65535")
    return int(text)


def year_be(text: str) -> FiscalYear:
    """A fiscal year in the Buddhist era, in either digits."""
    digits = arabic_digits(text)
    if not digits.isdecimal() or not 2500 <= int(digits) <= 2700:
        raise argparse.ArgumentTypeError(f"{text!r} is no fiscal year in the Buddhist era, such as 2569")
    return FiscalYear(int(digits))


def _round_no(text: str) -> RoundNo:
    try:
        return RoundNo(int(arabic_digits(text)))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no round: 6 or 12") from None
