"""The use cases of a process, each wired when it is first used."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.config import is_loopback
from bot.ports.records import Outgoing
from bot.ports.store import UnitOfWork
from bot.services.sign_in import SignIn
from bot.services.signed_links import SignedLinks

if TYPE_CHECKING:
    from bot.conversation.events import Event
    from bot.conversation.rich_menus import Menu
    from bot.services.calendar_feed import CalendarFeeds
    from bot.services.compile_report import CompileReport
    from bot.services.deliver import Deliver
    from bot.services.fetch_media import FetchMedia
    from bot.services.notices import Notices
    from bot.services.rich_menus import MenuDesk
    from bot.services.send_group_digests import GroupDigests
    from bot.services.take_turn import TakeTurn
    from bot.services.webhooks import PostWebhook
    from bot.services.word_templates import TemplateDesk

from bot.bootstrap.outside import Outside

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class UseCases(Outside):
    """What the program does, with the outside world put in."""

    @cached_property
    def notices(self) -> Notices:
        """Puts messages into the outbox."""
        from bot.adapters.jinja.chat import ChatRenderer
        from bot.services.notices import Notices

        return Notices(clock=self.clock, ids=self.ids, renderer=ChatRenderer(TEMPLATES / "chat"))

    @cached_property
    def sign_in(self) -> SignIn:
        """Signing in to the web pages."""
        return SignIn(store=self.store, clock=self.clock, ids=self.ids, keyed=self.keyed)

    @cached_property
    def links(self) -> SignedLinks:
        """Links to media."""
        return SignedLinks(keyed=self.keyed, base_url=self.settings.public_base_url)

    @cached_property
    def feeds(self) -> CalendarFeeds:
        """Calendar feeds of people and agencies."""
        from bot.services.calendar_feed import CalendarFeeds

        return CalendarFeeds(
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            keyed=self.keyed,
            base_url=self.settings.public_base_url,
        )

    @cached_property
    def _take_turn(self) -> TakeTurn:
        from bot.adapters.line.translate import reply_token, translate
        from bot.services.take_group_turn import GroupTurns
        from bot.services.take_turn import TakeTurn

        def our_event(raw: Mapping[str, Any], event_id: str, secret: str) -> Event:
            return translate(raw, event_id=event_id, secret=secret)

        return TakeTurn(
            store=self.store,
            queue=self.queue,
            locks=self.locks,
            clock=self.clock,
            ids=self.ids,
            keyed=self.keyed,
            notices=self.notices,
            media=self.media,
            translate=our_event,
            reply_token=reply_token,
            groups=GroupTurns(ids=self.ids, notices=self.notices, base_url=self.settings.public_base_url),
            recheck=self._recheck,
            base_url=self.settings.public_base_url,
        )

    @cached_property
    def group_digests(self) -> GroupDigests:
        """The week's digest for groups."""
        from bot.services.send_group_digests import GroupDigests

        return GroupDigests(
            store=self.store,
            messenger=self.messenger,
            notices=self.notices,
            channel=self.channel,
            base_url=self.settings.public_base_url,
        )

    @cached_property
    def _deliver(self) -> Deliver:
        from bot.services.deliver import Deliver
        from bot.services.parcels import TakeParcels

        take = TakeParcels(store=self.store, clock=self.clock, channel=self.channel, recheck=self._recheck)
        return Deliver(take=take, clock=self.clock, messenger=self.messenger, limits=self.rate_limits)

    def _recheck(self, uow: UnitOfWork, message: Outgoing) -> Outgoing:
        from bot.services.recheck_reminder import recheck_reminder

        return recheck_reminder(uow, self.notices, message)

    @cached_property
    def _post_webhook(self) -> PostWebhook:
        from bot.adapters.hooks import HookPost
        from bot.adapters.line.addresses import is_loopback
        from bot.services.webhooks import PostWebhook

        poster = HookPost(allow_loopback=is_loopback(self.settings.line_api_base))
        return PostWebhook(store=self.store, clock=self.clock, poster=poster)

    @cached_property
    def _fetch_media(self) -> FetchMedia:
        from bot.adapters.media.inspect import Inspector
        from bot.services.fetch_media import FetchMedia

        return FetchMedia(
            store=self.store,
            queue=self.queue,
            clock=self.clock,
            messenger=self.messenger,
            media=self.media,
            inspector=Inspector(),
            notices=self.notices,
            channel=self.channel,
            work_dir=self.work_dir,
        )

    @property
    def site(self) -> str:
        """The address that documents print; none while only this machine reaches it."""
        base = self.settings.public_base_url
        return "" if is_loopback(base) else base

    @cached_property
    def menu_desk(self) -> MenuDesk:
        """Rich menus."""
        from bot.services.rich_menus import MenuDesk

        return MenuDesk(store=self.store, line=self.rich_menus, picture=_menu_picture)

    @cached_property
    def template_desk(self) -> TemplateDesk:
        """Word templates that agencies upload."""
        from bot.services.word_templates import TemplateDesk

        return TemplateDesk(
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            media=self.media,
            templates=self.word_templates,
            site=self.site,
        )

    @cached_property
    def compiler(self) -> CompileReport:
        """Compiles reports."""
        from bot.services.compile_report import CompileReport

        return CompileReport(
            store=self.store,
            queue=self.queue,
            clock=self.clock,
            media=self.media,
            renderer=self.report_renderer,
            notices=self.notices,
            links=self.links,
            work_dir=self.work_dir,
            site=self.site,
        )


def _menu_picture(menu: Menu, language: str) -> bytes:
    return (TEMPLATES / "rich_menus" / f"{menu.kind.value}.{language}.png").read_bytes()
