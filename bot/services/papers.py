"""What goes into a round's memo: the agency's own words, the chain, and the opinions on the version it goes with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.documents import DocumentChoices, MemoFields
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import ChainStep, Signature, SignOff, SignOffId, SignOffState
from bot.ports.store import UnitOfWork
from bot.reporting.memo import Papers
from bot.reporting.versions import short_code

_STANDS = frozenset({SignOffState.RUNNING, SignOffState.SIGNED})
"""Sign-offs whose opinions a memo shows; what was returned or stopped begins anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPapers:
    """Everything that is stored for a round's memo; `sign_offs` are the round's, newest first."""

    choices: DocumentChoices
    fields: MemoFields
    chain: tuple[ChainStep, ...]
    names: Mapping[str, str]
    sign_offs: tuple[SignOff, ...]
    signatures: Mapping[SignOffId, tuple[Signature, ...]]

    def of_version(self, inputs_hash: str) -> Papers:
        """The papers that go with one version of the report: opinions on any other version stay away."""
        newest = next((each for each in self.sign_offs if each.inputs_hash == inputs_hash), None)
        stands = newest if newest is not None and newest.state in _STANDS else None
        return Papers(
            choices=self.choices,
            fields=self.fields,
            chain=tuple(map(self._named, stands.steps if stands else self.chain)),
            signatures=self.signatures[stands.id] if stands else (),
            code=short_code(inputs_hash),
        )

    def _named(self, step: ChainStep) -> ChainStep:
        return replace(step, name=step.name or self.names.get(step.person_id or "", ""))


def load_papers(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> KeptPapers:
    """The papers of a round, in a fixed number of queries."""
    sign_offs = tuple(each for each in uow.sign_offs.of_year(agency_id, fiscal_year) if each.round_no is round_no)
    return KeptPapers(
        choices=uow.documents.choices(agency_id),
        fields=uow.documents.memo(agency_id, fiscal_year, round_no),
        chain=uow.sign_offs.chain(agency_id),
        names={person.id: person.name for person, _ in uow.people.members(agency_id)},
        sign_offs=sign_offs,
        signatures=uow.sign_offs.signatures([each.id for each in sign_offs]),
    )
