"""The sign-off of a report's version: begin it, sign a step, return it with a reason, stop it.

Opinions are internal and electronic. They belong to the version that the signer had before them: a newer version of
the report begins with none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.conversation.types import Message
from bot.domain.calendar import bangkok_day
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.sign_off import Signature, SignOff, SignOffId, SignOffState
from bot.ports.records import ReportId, ReportRun, ReportState
from bot.ports.store import UnitOfWork
from bot.reporting.kinds import WORDS, Kind
from bot.reporting.versions import short_code
from bot.services.logbook import Action, note
from bot.services.notices import Notices
from bot.services.signed_links import SignedLinks
from bot.services.who_signs import Signer, positions_of, signers_of

LINK_LIFE = timedelta(days=7)
"""How long a report can be opened from a card that was pushed; a card that is asked for has a fresh link."""


_RECENT = 20
"""Compiles among which the last one of the report is looked for."""


def why_not(uow: UnitOfWork, run: ReportRun, day: datetime) -> str | None:
    """Why a compile cannot be signed off, as a code: state, draft, kind, skip, version, chain or nobody."""
    chain = uow.sign_offs.chain(run.agency_id)
    reasons = {
        "state": run.state is not ReportState.DONE,
        "draft": run.draft,
        "kind": run.kind != Kind.PROGRESS.value,
        "skip": bool(run.skip),
        "version": run.inputs_hash is None,
        "chain": not chain,
        "nobody": not any(signers_of(uow, run.agency_id, step, bangkok_day(day)) for step in chain),
    }
    return next((code for code, holds in reasons.items() if holds), None)


def start_sign_off(
    uow: UnitOfWork, notices: Notices, links: SignedLinks, run: ReportRun, by: PersonId | None
) -> tuple[SignOff, list[ChatId]]:
    """Begin the sign-off of a compile's version and ask its first signer; one that runs for it already goes on.

    One that runs for another version of the round's report is stopped.

    Returns the sign-off, and the chats that were told something.

    Raises:
        BadInput: it cannot be signed off; `why` is the code of the reason.
    """
    uow.agencies.hold(run.agency_id)
    at = notices.clock.now()
    if (why := why_not(uow, run, at)) is not None:
        raise BadInput(f"this report cannot be signed off: {why}", why=why)
    for other in uow.sign_offs.running([run.agency_id]):
        if (other.fiscal_year, other.round_no) != (run.fiscal_year, run.round_no):
            continue
        if other.inputs_hash == run.inputs_hash:
            return other, []
        uow.sign_offs.save(replace(other, state=SignOffState.STOPPED, ended_at=at, ended_by=by))
    sign_off = _made(uow, notices, run, by, at)
    uow.sign_offs.add(sign_off)
    note(uow, notices.ids, at, by, Action.SIGN_OFF_STARTED, run.agency_id, **_details(sign_off))
    return sign_off, _ask(uow, notices, links, sign_off)


def _made(uow: UnitOfWork, notices: Notices, run: ReportRun, by: PersonId | None, at: datetime) -> SignOff:
    version = uow.versions.get(run.inputs_hash or "")
    measures = version.content.get("measures", []) if version else []
    reported = [m for m in measures if m["rounds"].get(str(run.round_no.value))]
    sign_off = SignOff(
        id=SignOffId(notices.ids.new()),
        agency_id=run.agency_id,
        fiscal_year=run.fiscal_year,
        round_no=run.round_no,
        report_id=run.id,
        inputs_hash=run.inputs_hash or "",
        title="".join(WORDS[Kind.PROGRESS].title),
        reported=len(reported),
        total=len(measures),
        findings=len(run.findings),
        started_at=at,
        started_by=by,
        steps=uow.sign_offs.chain(run.agency_id),
        waiting_since=at,
    )
    return replace(sign_off, place=sign_off.next_place(-1))


def sign_step(
    uow: UnitOfWork,
    notices: Notices,
    links: SignedLinks,
    sign_off_id: SignOffId,
    place: int,
    by: PersonId,
    opinion: str | None,
) -> list[ChatId]:
    """Write a signature down for good and ask the next signer, or tell who began it that all have signed.

    Returns the chats that were told something.

    Raises:
        NotFound: that step does not wait for this person.
    """
    at = notices.clock.now()
    sign_off, signer = _waits_for(uow, sign_off_id, place, by, at)
    step = sign_off.steps[place]
    signature = Signature(
        sign_off_id=sign_off.id,
        place=place,
        person_id=by,
        name=signer.person.name,
        positions=positions_of(sign_off, step, signer),
        opinion=opinion or None,
        signed_at=at,
        inputs_hash=sign_off.inputs_hash,
    )
    if not uow.sign_offs.sign(signature):
        raise NotFound("the step is signed already")
    next_place = sign_off.next_place(place)
    done = next_place >= len(sign_off.steps)
    moved = replace(
        sign_off,
        place=next_place,
        state=SignOffState.SIGNED if done else SignOffState.RUNNING,
        waiting_since=None if done else at,
        ended_at=at if done else None,
    )
    uow.sign_offs.save(moved)
    note(uow, notices.ids, at, by, Action.STEP_SIGNED, sign_off.agency_id, step=step.label, **_details(sign_off))
    if not done:
        return _ask(uow, notices, links, moved)
    return _tell_admins(uow, notices, moved, "sign_off_done", by, {})


def return_sign_off(
    uow: UnitOfWork, notices: Notices, sign_off_id: SignOffId, place: int, by: PersonId, reason: str
) -> list[ChatId]:
    """End a sign-off with a reason, which who began it is told; a new version begins anew.

    Returns the chats that were told something.

    Raises:
        NotFound: that step does not wait for this person.
    """
    at = notices.clock.now()
    sign_off, signer = _waits_for(uow, sign_off_id, place, by, at)
    ended = replace(sign_off, state=SignOffState.RETURNED, waiting_since=None, ended_at=at, ended_by=by, reason=reason)
    uow.sign_offs.save(ended)
    note(uow, notices.ids, at, by, Action.SIGN_OFF_RETURNED, sign_off.agency_id, **_details(sign_off))
    values = {"reason": reason, "by": signer.person.name}
    return _tell_admins(uow, notices, ended, "sign_off_returned", by, values)


def stop_sign_off(uow: UnitOfWork, notices: Notices, sign_off_id: SignOffId, by: PersonId) -> SignOff:
    """End a sign-off that waits; what was signed stays written down.

    Raises:
        NotFound: it does not wait any more.
    """
    sign_off = uow.sign_offs.get(sign_off_id)
    if sign_off is None or sign_off.state is not SignOffState.RUNNING:
        raise NotFound("the sign-off has ended")
    at = notices.clock.now()
    ended = replace(sign_off, state=SignOffState.STOPPED, waiting_since=None, ended_at=at, ended_by=by)
    uow.sign_offs.save(ended)
    note(uow, notices.ids, at, by, Action.SIGN_OFF_STOPPED, sign_off.agency_id, **_details(sign_off))
    return ended


def newer_version(uow: UnitOfWork, sign_off: SignOff) -> bool:
    """Whether the round's report as it was compiled last says something else than the version being signed."""
    runs = (
        run
        for run in uow.reports.latest(sign_off.agency_id, sign_off.fiscal_year, _RECENT)
        if run.state is ReportState.DONE
        and (run.round_no, run.kind, run.draft) == (sign_off.round_no, Kind.PROGRESS.value, False)
    )
    newest = next(runs, None)
    return newest is not None and newest.inputs_hash != sign_off.inputs_hash


def card_values(uow: UnitOfWork, sign_off: SignOff, place: int, url: str) -> dict[str, Any]:
    """What a card of a waiting step shows, pushed or asked for."""
    agency = uow.agencies.get(sign_off.agency_id)
    step = sign_off.steps[place]
    said = uow.sign_offs.signatures([sign_off.id])[sign_off.id]
    return {
        "title": sign_off.title,
        "agency": agency.name if agency else "",
        "round_no": sign_off.round_no.value,
        "year": sign_off.fiscal_year,
        "code": short_code(sign_off.inputs_hash),
        "label": step.label,
        "reported": sign_off.reported,
        "total": sign_off.total,
        "findings": sign_off.findings,
        "said": [{"name": each.name, "opinion": each.opinion or ""} for each in said],
        "url": url,
    }


def pdf_link(uow: UnitOfWork, links: SignedLinks, sign_off: SignOff, until: datetime) -> str:
    """A link to the signed version's PDF; "" when its file is gone."""
    run = uow.reports.get(ReportId(sign_off.report_id))
    key = run.files.get("pdf") if run else None
    return links.url(key, until) if key else ""


def _waits_for(
    uow: UnitOfWork, sign_off_id: SignOffId, place: int, by: PersonId, at: datetime
) -> tuple[SignOff, Signer]:
    sign_off = uow.sign_offs.get(sign_off_id)
    if sign_off is None or sign_off.step is None or sign_off.place != place:
        raise NotFound("the step does not wait any more")
    signers = signers_of(uow, sign_off.agency_id, sign_off.step, bangkok_day(at))
    signer = next((each for each in signers if each.person.id == by), None)
    if signer is None:
        raise NotFound("the step waits for somebody else")
    return sign_off, signer


def _ask(uow: UnitOfWork, notices: Notices, links: SignedLinks, sign_off: SignOff) -> list[ChatId]:
    """Send the card of the step that waits to everybody who can sign it."""
    if sign_off.step is None:
        return []
    at = notices.clock.now()
    url = pdf_link(uow, links, sign_off, at + LINK_LIFE)
    message = Message(name="sign_request", values=card_values(uow, sign_off, sign_off.place, url))
    told = [
        notices.tell_person(
            uow,
            signer.person.id,
            "sign_request",
            message,
            key=f"sign-{sign_off.id}-{sign_off.place}-{signer.person.id}",
        )
        for signer in signers_of(uow, sign_off.agency_id, sign_off.step, bangkok_day(at))
    ]
    return [each.chat_id for each in told if each]


def _tell_admins(
    uow: UnitOfWork, notices: Notices, sign_off: SignOff, name: str, by: PersonId, values: dict[str, Any]
) -> list[ChatId]:
    """Tell who began it, while they run the agency; else every admin."""
    admins = [m.person_id for _, m in uow.people.members(sign_off.agency_id) if m.role is Role.ADMIN]
    whom = [sign_off.started_by] if sign_off.started_by in admins else admins
    agency = uow.agencies.get(sign_off.agency_id)
    shown = {
        "title": sign_off.title,
        "agency": agency.name if agency else "",
        "round_no": sign_off.round_no.value,
        "year": sign_off.fiscal_year,
        "code": short_code(sign_off.inputs_hash),
        **values,
    }
    told = [
        notices.tell_person(uow, person, name, Message(name=name, values=shown), key=f"{name}-{sign_off.id}-{person}")
        for person in whom
        if person is not None and person != by
    ]
    return [each.chat_id for each in told if each]


def _details(sign_off: SignOff) -> dict[str, str | int | bool | list[int] | list[str] | None]:
    code = short_code(sign_off.inputs_hash)
    return {"year": sign_off.fiscal_year, "round": sign_off.round_no.value, "code": code}
