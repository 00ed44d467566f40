"""The first page: the agencies that one may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.people import Role
from bot.domain.rounds import Round
from bot.domain.text import match_key
from bot.ports.records import Backlog
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.find import existing_agency
from bot.services.load_year import load_year
from bot.services.sign_in import WEB_ROLES
from handlers.admin.access import signed_in, who
from handlers.admin.round_view import RoundView, round_view, shown_round
from handlers.runtime import runtime

pages = Blueprint("home", __name__, url_prefix="/admin")

PAGE = 20
"""Agencies a page; each costs a few queries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An agency with the round that matters now."""

    agency: Agency
    round: Round | None
    view: RoundView | None


@pages.get("/")
@signed_in
def home() -> str | Response:
    """Straight to the one agency; a list where there are several, of all of them for operators."""
    rt = runtime()
    is_operator = any(each.role is Role.OPERATOR for each in who().memberships)
    page, wanted = max(1, request.args.get("page", 1, type=int)), request.args.get("q", "")
    backlog: Backlog | None = None
    with rt.store.read() as uow:
        agencies = uow.agencies.names() if is_operator else _mine(uow)
        if len(agencies) == 1 and not is_operator:
            return redirect(url_for("overview.current", agency_id=agencies[0][0]))
        found = [agency_id for agency_id, name in agencies if _is_named(name, wanted)]
        cards = [_card(uow, agency_id) for agency_id in found[(page - 1) * PAGE : page * PAGE]]
        if is_operator:
            backlog = uow.backlog(rt.clock.now())
    return render_template(
        "home.html",
        cards=cards,
        page=page,
        last_page=max(1, -(-len(found) // PAGE)),
        total=len(agencies),
        wanted=wanted,
        backlog=backlog,
    )


def _mine(uow: UnitOfWork) -> Sequence[tuple[AgencyId, str]]:
    ids = dict.fromkeys(each.agency_id for each in who().memberships if each.agency_id and each.role in WEB_ROLES)
    return [(agency.id, agency.name) for each in ids if (agency := uow.agencies.get(each))]


def _is_named(name: str, wanted: str) -> bool:
    return not wanted or match_key(wanted) in _folded(name)


@lru_cache(maxsize=10_000)
def _folded(name: str) -> str:
    """Kept: folding thousands of names takes longer than everything else on the page."""
    return match_key(name)


def _card(uow: UnitOfWork, agency_id: AgencyId) -> Card:
    agency = existing_agency(uow, agency_id)
    round_ = shown_round(agency_rounds(uow, agency.id), bangkok_day(runtime().clock.now()))
    view = round_view(load_year(uow, agency.id, round_.fiscal_year), round_.no) if round_ else None
    return Card(agency=agency, round=round_, view=view)
