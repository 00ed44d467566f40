"""The store on SQLite or PostgreSQL: opens transactions over all repositories."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.adapters.sql.acting import SqlActing
from bot.adapters.sql.address import parse
from bot.adapters.sql.agencies import SqlAgencies
from bot.adapters.sql.api_tokens import SqlApiTokens
from bot.adapters.sql.channels import SqlChannels
from bot.adapters.sql.chats import SqlChats
from bot.adapters.sql.comments import SqlComments
from bot.adapters.sql.divisions import SqlDivisions
from bot.adapters.sql.documents import SqlDocuments
from bot.adapters.sql.engine import begin_reading, begin_writing, make_engine
from bot.adapters.sql.evidence import is_wanted
from bot.adapters.sql.failures import NotInitialised, translated
from bot.adapters.sql.groups import SqlGroups
from bot.adapters.sql.inbox import SqlInbox
from bot.adapters.sql.joining import SqlHandovers, SqlJoinRequests
from bot.adapters.sql.letters import SqlLetters
from bot.adapters.sql.log import SqlLog
from bot.adapters.sql.menus import SqlMenus
from bot.adapters.sql.outbox import SqlOutbox, messages_due
from bot.adapters.sql.people import SqlPeople
from bot.adapters.sql.plans import SqlPlans
from bot.adapters.sql.publications import SqlLinks, SqlPublications
from bot.adapters.sql.reminders import SqlReminders
from bot.adapters.sql.reopenings import SqlReopenings
from bot.adapters.sql.reports import SqlReports, is_open
from bot.adapters.sql.results import SqlResults
from bot.adapters.sql.rows import Transaction
from bot.adapters.sql.seal import Seal
from bot.adapters.sql.sign_offs import SqlSignOffs
from bot.adapters.sql.tables import HEAD_REVISION, events, evidence, reports
from bot.adapters.sql.updates import SqlUpdates
from bot.adapters.sql.version import revision_of
from bot.adapters.sql.versions import SqlVersions
from bot.adapters.sql.webhooks import SqlWebhooks
from bot.adapters.sql.word_templates import SqlKeptTemplates
from bot.domain.errors import BadSettings, OutsideWorld
from bot.ports import store
from bot.ports.records import Backlog

LONGEST_TURN = 5.0
"""Seconds that a writer waits for the others of its process."""


class SqlUnitOfWork:
    """Keeps bot.ports.store.UnitOfWork on one connection."""

    agencies: store.Agencies
    channels: store.Channels
    people: store.People
    acting: store.Acting
    divisions: store.DivisionBook
    join_requests: store.JoinRequests
    handovers: store.Handovers
    plans: store.Plans
    updates: store.Updates
    comments: store.Comments
    inbox: store.Inbox
    chats: store.Chats
    groups: store.Groups
    menus: store.Menus
    outbox: store.Outbox
    reopenings: store.Reopenings
    reports: store.Reports
    reminders: store.Reminders
    results: store.Results
    publications: store.Publications
    links: store.Links
    versions: store.Versions
    log: store.Log
    letters: store.Letters
    api_tokens: store.ApiTokens
    webhooks: store.Webhooks
    sign_offs: store.SignOffs
    documents: store.Documents
    word_templates: store.KeptTemplates

    def __init__(self, transaction: Transaction, seal: Seal) -> None:
        self._rows = transaction
        self.agencies = SqlAgencies(transaction)
        self.channels = SqlChannels(transaction, seal)
        self.people = SqlPeople(transaction)
        self.acting = SqlActing(transaction)
        self.divisions = SqlDivisions(transaction)
        self.join_requests = SqlJoinRequests(transaction)
        self.handovers = SqlHandovers(transaction)
        self.plans = SqlPlans(transaction)
        self.updates = SqlUpdates(transaction)
        self.comments = SqlComments(transaction)
        self.inbox = SqlInbox(transaction)
        self.chats = SqlChats(transaction)
        self.groups = SqlGroups(transaction)
        self.menus = SqlMenus(transaction)
        self.outbox = SqlOutbox(transaction)
        self.reopenings = SqlReopenings(transaction)
        self.reports = SqlReports(transaction)
        self.reminders = SqlReminders(transaction)
        self.results = SqlResults(transaction)
        self.publications = SqlPublications(transaction)
        self.links = SqlLinks(transaction)
        self.versions = SqlVersions(transaction)
        self.log = SqlLog(transaction)
        self.letters = SqlLetters(transaction)
        self.api_tokens = SqlApiTokens(transaction)
        self.webhooks = SqlWebhooks(transaction, seal)
        self.sign_offs = SqlSignOffs(transaction)
        self.documents = SqlDocuments(transaction)
        self.word_templates = SqlKeptTemplates(transaction)

    def backlog(self, now: datetime) -> Backlog:
        """What is left to do."""
        unread = select(func.count()).where(events.c.read_at.is_(None), events.c.chat_id.is_not(None))
        wanted = select(func.count()).select_from(evidence).where(*is_wanted())
        compiles = select(func.count()).select_from(reports).where(is_open())
        return Backlog(
            events_unread=self._rows.scalar(unread),
            messages_due=messages_due(self._rows, now),
            media_wanted=self._rows.scalar(wanted),
            compiles_open=self._rows.scalar(compiles),
        )


class _InTurn:
    """Lets the writers of this process wait for each other in a queue.

    SQLite has one writer at a time and lets the others sleep and try again, which wastes most of the time where
    many threads write. Other processes are kept out by SQLite itself, as ever.
    """

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._renew()

    def _renew(self) -> None:
        self._pid, self._lock = os.getpid(), threading.Lock()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Wait for one's turn, but not for ever: SQLite has the last word."""
        if os.getpid() != self._pid:  # a fork: the lock may be held by a thread that is not here
            self._renew()
        lock = self._lock
        mine = self._wanted and lock.acquire(timeout=LONGEST_TURN)
        try:
            yield
        finally:
            if mine:
                lock.release()


class SqlStore:
    """Keeps bot.ports.store.Store. Safe for threads, and for forks between transactions."""

    def __init__(self, url: str, *, secret_key: bytes) -> None:
        self._url = parse(url)
        self._seal = Seal(secret_key)
        self._engine = make_engine(self._url)
        self._known_current = False
        self._in_turn = _InTurn(wanted=self._url.get_backend_name() == "sqlite")

    @contextmanager
    def read(self) -> Iterator[SqlUnitOfWork]:
        """A transaction that sees one state and changes nothing."""
        with translated(self._url), self._engine.connect() as raw:
            connection = begin_reading(raw)
            with connection.begin():
                yield self._unit(connection, writing=False)

    @contextmanager
    def write(self) -> Iterator[SqlUnitOfWork]:
        """A transaction that is committed when the block ends well."""
        with self._in_turn.hold(), translated(self._url), self._engine.connect() as raw:
            connection = begin_writing(raw)
            with connection.begin():
                yield self._unit(connection, writing=True)

    def ping(self) -> None:
        """Ask the database for its version.

        Raises:
            OutsideWorld: it cannot be reached, or is not initialised.
        """
        try:
            with translated(self._url), self._engine.connect() as connection:
                self._require_current(connection)
        except BadSettings as error:
            raise OutsideWorld(error.detail) from error

    def close(self) -> None:
        """Close idle connections; the store can still be used."""
        self._engine.dispose()

    def _unit(self, connection: Connection, *, writing: bool) -> SqlUnitOfWork:
        if not self._known_current:
            self._require_current(connection)
            self._known_current = True
        return SqlUnitOfWork(Transaction(connection, writing=writing), self._seal)

    def _require_current(self, connection: Connection) -> None:
        found = revision_of(connection)
        if found != HEAD_REVISION:
            raise NotInitialised(self._url, found)
