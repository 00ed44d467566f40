"""Change what an agency wrote for its documents: the sign-off chain, the preface, a set's parts, a round's memo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.documents import DocumentChoices, MemoFields
from bot.domain.errors import BadInput, StaleWrite
from bot.domain.people import PersonId
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import MOST_STEPS, SIGNING_ROLES, ChainStep
from bot.domain.text import clean
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.reporting.kinds import PARTS
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note

LONGEST_LINE = 300
LONGEST_TEXT = 10_000


def edit_chain(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId | None,
    agency_id: AgencyId,
    seen: str | None,
    steps: Sequence[ChainStep],
) -> tuple[ChainStep, ...]:
    """Put these steps in place of the agency's; sign-offs that have begun keep theirs.

    Raises:
        StaleWrite: the chain is no longer as it was seen.
        BadInput: a step is without words, a person is not of the agency, or there are too many; `field` names it.
    """
    uow.agencies.hold(agency_id)
    old = uow.sign_offs.chain(agency_id)
    if seen is not None and fingerprint(old) != seen:
        raise StaleWrite("the chain was changed meanwhile")
    if len(steps) > MOST_STEPS:
        raise BadInput(f"a chain has at most {MOST_STEPS} steps", field="steps")
    members = {person.id for person, _ in uow.people.members(agency_id)}
    new = tuple(_checked(step, members) for step in steps)
    if new != old:
        uow.sign_offs.save_chain(agency_id, new)
        note(uow, ids, at, by, Action.CHAIN_EDITED, agency_id, steps=len(new))
    return new


def _checked(step: ChainStep, members: set[PersonId]) -> ChainStep:
    lines = {name: " ".join(clean(getattr(step, name)).split()) for name in ("label", "position", "name", "acting_for")}
    for name, text in lines.items():
        if len(text) > LONGEST_LINE:
            raise BadInput(f"at most {LONGEST_LINE} letters", field=name)
    if not lines["label"]:
        raise BadInput("a step has words above it", field="label")
    if not lines["position"]:
        raise BadInput("a step has a post", field="position")
    if step.acting is not None and not lines["acting_for"]:
        raise BadInput("an acting post says for which", field="acting_for")
    if step.person_id is not None and step.person_id not in members:
        raise BadInput("the person is not of this agency", field="signer")
    if step.role is not None and step.role not in SIGNING_ROLES:
        raise BadInput("that role does not sign", field="signer")
    return replace(
        step,
        label=lines["label"],
        position=lines["position"],
        name=lines["name"],
        acting_for=lines["acting_for"] if step.acting else "",
    )


def edit_choices(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId | None,
    agency_id: AgencyId,
    seen: str | None,
    new: DocumentChoices,
) -> DocumentChoices:
    """Store the preface, the parts of a set and the emblem.

    Raises:
        StaleWrite: the choices are no longer as they were seen.
        BadInput: the preface is too long, or a part is none.
    """
    uow.agencies.hold(agency_id)
    old = uow.documents.choices(agency_id)
    if seen is not None and fingerprint(old) != seen:
        raise StaleWrite("the choices were changed meanwhile")
    preface = clean(new.preface) if new.preface else None
    if preface and len(preface) > LONGEST_TEXT:
        raise BadInput(f"at most {LONGEST_TEXT} letters", field="preface")
    if any(part not in PARTS for part in new.parts or ()):
        raise BadInput("a set has no such part", field="parts")
    kept = replace(new, preface=preface or None, parts=tuple(new.parts) if new.parts else None)
    changed = [each.name for each in fields(kept) if getattr(kept, each.name) != getattr(old, each.name)]
    if changed:
        uow.documents.save_choices(agency_id, kept)
        note(uow, ids, at, by, Action.DOCUMENTS_EDITED, agency_id, fields=changed)
    return kept


def edit_memo(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId | None,
    agency_id: AgencyId,
    fiscal_year: FiscalYear,
    round_no: RoundNo,
    seen: str | None,
    new: MemoFields,
) -> MemoFields:
    """Store a round's memo; empty fields are the program's to fill.

    Raises:
        StaleWrite: it is no longer as it was seen.
        BadInput: a field is too long; `field` names it.
    """
    uow.agencies.hold(agency_id)
    old = uow.documents.memo(agency_id, fiscal_year, round_no)
    if seen is not None and fingerprint(old) != seen:
        raise StaleWrite("the memo was changed meanwhile")
    texts: dict[str, str | None] = {}
    for name in ("department", "number", "subject", "addressee", "body", "closing"):
        text = clean(getattr(new, name) or "")
        if len(text) > (LONGEST_TEXT if name == "body" else LONGEST_LINE):
            raise BadInput("too long", field=name)
        texts[name] = text or None
    kept = MemoFields(dated=new.dated, **texts)
    if kept != old:
        uow.documents.save_memo(agency_id, fiscal_year, round_no, kept)
        details = {"year": fiscal_year, "round": round_no.value}
        note(uow, ids, at, by, Action.DOCUMENTS_EDITED, agency_id, fields=["memo"], **details)
    return kept
