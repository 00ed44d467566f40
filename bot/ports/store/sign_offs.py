"""Sign-off chains, sign-offs with their signatures, and what agencies wrote for their documents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.documents import DocumentChoices, MemoFields
from bot.domain.people import PersonId
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import ChainStep, Signature, SignOff, SignOffId


class SignOffs(Protocol):
    """The chain of each agency, and the sign-offs of versions."""

    def chain(self, agency_id: AgencyId) -> tuple[ChainStep, ...]:
        """In order; empty where the agency has none."""
        ...

    def save_chain(self, agency_id: AgencyId, steps: Sequence[ChainStep]) -> None:
        """Put these in place of the agency's steps; sign-offs that have begun keep theirs."""
        ...

    def add(self, sign_off: SignOff) -> None: ...
    def get(self, sign_off_id: SignOffId) -> SignOff | None: ...
    def save(self, sign_off: SignOff) -> None:
        """Overwrite where it stands and how it ended; its version and steps never change."""
        ...

    def running(self, agency_ids: Collection[AgencyId] | None = None) -> list[SignOff]:
        """Those that wait for somebody, of some agencies or of all, longest waiting first."""
        ...

    def of_year(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> list[SignOff]:
        """Newest first."""
        ...

    def sign(self, signature: Signature) -> bool:
        """Write a signature down; False, and nothing written, when that step is signed already."""
        ...

    def last_opinion(self, person_id: PersonId) -> str | None:
        """What the person said when they last signed with an opinion."""
        ...

    def signatures(self, sign_off_ids: Collection[SignOffId]) -> dict[SignOffId, tuple[Signature, ...]]:
        """In the order of the steps; an entry for each one asked for."""
        ...


class Documents(Protocol):
    """What agencies wrote and chose for their documents."""

    def choices(self, agency_id: AgencyId) -> DocumentChoices: ...
    def save_choices(self, agency_id: AgencyId, choices: DocumentChoices) -> None: ...
    def memo(self, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> MemoFields: ...
    def save_memo(
        self, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo, fields: MemoFields
    ) -> None: ...
