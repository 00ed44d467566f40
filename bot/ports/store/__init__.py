"""The system of record. Everything that must not be lost goes through one of these in a transaction.

A unit of work is one transaction: reading ones see a consistent state, writing ones are serial against each
other where they touch the same rows. Leaving the block commits; an exception rolls back. Methods that find
nothing return None or an empty list; ids are made by the caller. Database failures surface as OutsideWorld.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from bot.ports.records import Backlog
from bot.ports.store.acting import Acting
from bot.ports.store.agencies import Agencies, Channels
from bot.ports.store.api_tokens import ApiTokens
from bot.ports.store.chats import Chats
from bot.ports.store.comments import Comments
from bot.ports.store.divisions import DivisionBook
from bot.ports.store.groups import Groups
from bot.ports.store.inbox import Inbox
from bot.ports.store.joining import Handovers, JoinRequests
from bot.ports.store.letters import Letters
from bot.ports.store.log import Log
from bot.ports.store.menus import Menus
from bot.ports.store.outbox import Outbox
from bot.ports.store.people import People
from bot.ports.store.plans import Plans
from bot.ports.store.publications import Links, Publications
from bot.ports.store.reminders import Reminders
from bot.ports.store.reopenings import Reopenings
from bot.ports.store.reports import Reports, Results
from bot.ports.store.sign_offs import Documents, SignOffs
from bot.ports.store.updates import Updates
from bot.ports.store.versions import Versions
from bot.ports.store.webhooks import Webhooks
from bot.ports.store.word_templates import KeptTemplates

__all__ = [
    "Acting",
    "Agencies",
    "ApiTokens",
    "Channels",
    "Chats",
    "Comments",
    "DivisionBook",
    "Documents",
    "Groups",
    "Handovers",
    "Inbox",
    "JoinRequests",
    "KeptTemplates",
    "Letters",
    "Links",
    "Log",
    "Menus",
    "Outbox",
    "People",
    "Plans",
    "Publications",
    "Reminders",
    "Reopenings",
    "Reports",
    "Results",
    "SignOffs",
    "Store",
    "UnitOfWork",
    "Updates",
    "Versions",
    "Webhooks",
]


class UnitOfWork(Protocol):
    """One transaction over everything."""

    agencies: Agencies
    channels: Channels
    people: People
    acting: Acting
    divisions: DivisionBook
    join_requests: JoinRequests
    handovers: Handovers
    plans: Plans
    updates: Updates
    comments: Comments
    inbox: Inbox
    chats: Chats
    groups: Groups
    menus: Menus
    outbox: Outbox
    reopenings: Reopenings
    reports: Reports
    reminders: Reminders
    results: Results
    publications: Publications
    links: Links
    versions: Versions
    log: Log
    letters: Letters
    api_tokens: ApiTokens
    webhooks: Webhooks
    sign_offs: SignOffs
    documents: Documents
    word_templates: KeptTemplates

    def backlog(self, now: datetime) -> Backlog:
        """What is left to do; messages waiting for a later try are not due."""
        ...


class Store(Protocol):
    """Opens transactions."""

    def read(self) -> AbstractContextManager[UnitOfWork]: ...
    def write(self) -> AbstractContextManager[UnitOfWork]: ...
    def ping(self) -> None:
        """Raise OutsideWorld with the reason when the database cannot be reached or is not initialised."""
        ...
