"""Set up an agency or a LINE channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from bot.domain.agencies import Agency, AgencyId
from bot.domain.errors import BadInput, NotAllowed, OutsideWorld
from bot.ports.outside import Messenger
from bot.ports.records import DEFAULT_CHANNEL, Channel, ChannelId
from bot.ports.store import Store
from bot.services.find import existing_agency

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.IGNORECASE)


def add_agency(store: Store, agency: Agency) -> None:
    """Store a new agency.

    Raises:
        BadInput: the id is taken or cannot be one, the name is empty, the website is no address.
    """
    _check_id(agency.id)
    if not agency.name:
        raise BadInput("--name must be the agency's full name")
    if agency.website and not urlsplit(_with_scheme(agency.website)).hostname:
        raise BadInput(f"--website must be an address like https://www.example.go.th, not {agency.website!r}")
    with store.write() as uow:
        if uow.agencies.get(agency.id) is not None:
            raise BadInput(f"there is an agency {agency.id!r} already")
        uow.agencies.add(agency)


def add_channel(
    store: Store, messenger: Messenger, channel_id: ChannelId, secret: str, token: str, agency_ids: Sequence[AgencyId]
) -> Channel:
    """Store a further LINE channel after LINE has accepted its token.

    Raises:
        BadInput: the id is taken or cannot be one.
        NotFound: no such agency.
        NotAllowed: LINE refuses the access token.
        OutsideWorld: LINE cannot be reached.
    """
    _check_id(channel_id)
    if channel_id == DEFAULT_CHANNEL:
        raise BadInput(f"the id {channel_id!r} is kept for the channel of the environment")
    with store.read() as uow:
        if uow.channels.get(channel_id) is not None:
            raise BadInput(f"there is a channel {channel_id!r} already")
        for agency_id in agency_ids:
            existing_agency(uow, agency_id)
    channel = Channel(id=channel_id, secret=secret, token=token, agency_ids=tuple(agency_ids))
    channel = replace(channel, bot_user_id=_bot_user_id(messenger, channel))
    with store.write() as uow:
        uow.channels.add(channel)
    return channel


def _bot_user_id(messenger: Messenger, channel: Channel) -> str | None:
    """The bot's own user id; None where LINE answers but does not say, for it is helpful and never required."""
    try:
        return messenger.bot_info(channel).user_id
    except NotAllowed as refused:
        raise NotAllowed(f"--token: LINE refuses the access token: {refused.detail}") from None
    except OutsideWorld as problem:
        if "status" not in problem.fields:
            raise
        return None


def _check_id(given: str) -> None:
    if not _ID.fullmatch(given):
        raise BadInput(f"--id must be 1 to 40 Latin letters, digits, - or _, not {given!r}")


def _with_scheme(address: str) -> str:
    return address if "://" in address else f"https://{address}"
