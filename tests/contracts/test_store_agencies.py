"""Agencies and channels keep their promises on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.address import parse
from bot.adapters.sql.store import SqlStore
from bot.domain.agencies import AgencyId, AgencySettings
from bot.domain.errors import BadSettings, StaleWrite
from bot.ports.records import Channel, ChannelId
from bot.ports.store import Store
from tests.contracts.office import AGENCY, an_agency

CHANNEL = Channel(
    id=ChannelId("province"), secret="a secret", token="a token", agency_ids=(AgencyId("b"), AgencyId("a"))
)


def test_an_agency_comes_back_as_it_was_added(store: Store) -> None:
    full = an_agency(
        kind="อบต.",
        subdistrict="บ้านตัวอย่าง",
        district="เมือง",
        province="ตัวอย่าง",
        address="๑ หมู่ ๒",
        website="https://example.go.th",
        doc_code="ตย ๑๒๓๔๕",
    )
    with store.write() as uow:
        uow.agencies.add(full)
        uow.agencies.add(an_agency(id=AgencyId("agency-0")))
    with store.read() as uow:
        assert uow.agencies.get(AGENCY) == full
        assert [agency.id for agency in uow.agencies.all()] == ["agency-0", AGENCY]
        assert uow.agencies.get(AgencyId("nobody")) is None


def test_an_agency_is_added_once(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency())
    with pytest.raises(IntegrityError), store.write() as uow:
        uow.agencies.add(an_agency())


def test_settings_have_defaults_and_can_be_saved_again(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency())
        assert uow.agencies.settings(AGENCY) == AgencySettings()
        uow.agencies.save_settings(AGENCY, AgencySettings(asks_output=True))
        uow.agencies.save_settings(AGENCY, AgencySettings(review_by_admin=True, thai_digits=False))
    with store.read() as uow:
        assert uow.agencies.settings(AGENCY) == AgencySettings(review_by_admin=True, thai_digits=False)


def _with_channel(store: Store) -> None:
    with store.write() as uow:
        for agency_id in CHANNEL.agency_ids:
            uow.agencies.add(an_agency(id=agency_id))
        uow.channels.add(CHANNEL)


def test_a_channel_comes_back_with_its_secrets_and_agencies_in_order(store: Store) -> None:
    _with_channel(store)
    with store.write() as uow:
        assert uow.channels.get(CHANNEL.id) == CHANNEL
        assert uow.channels.get(ChannelId("other")) is None
        uow.channels.learn_bot_user_id(CHANNEL.id, "U-bot")
    with store.read() as uow:
        (learnt,) = uow.channels.all()
        assert (learnt.id, learnt.bot_user_id) == (CHANNEL.id, "U-bot")


def test_channel_secrets_cannot_be_read_in_the_database(sqlite_store: SqlStore, sqlite_url: str) -> None:
    _with_channel(sqlite_store)
    engine = create_engine(parse(sqlite_url))
    with engine.connect() as connection:
        kept = " ".join(connection.execute(text("SELECT secret, token FROM channels")).one())
    engine.dispose()
    assert "a secret" not in kept
    assert "a token" not in kept


def test_channels_stored_under_another_secret_key_are_a_wrong_setting(sqlite_store: SqlStore, sqlite_url: str) -> None:
    _with_channel(sqlite_store)
    other = SqlStore(sqlite_url, secret_key=b"another key")
    with pytest.raises(BadSettings, match="SECRET_KEY"), other.read() as uow:
        uow.channels.all()
    other.close()


def test_an_agency_is_overwritten_by_saving(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency(province="ตัวอย่าง"))
        uow.agencies.save(an_agency(name="เทศบาลตำบลบ้านตัวอย่าง"))
        assert uow.agencies.get(AGENCY) == an_agency(name="เทศบาลตำบลบ้านตัวอย่าง")
        with pytest.raises(StaleWrite):
            uow.agencies.save(an_agency(id=AgencyId("nobody")))


def test_of_those_who_hold_an_agency_one_works_at_a_time(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency(name="0"))

    def count(_: int) -> None:
        with store.write() as uow:
            uow.agencies.hold(AGENCY)
            found = uow.agencies.get(AGENCY)
            assert found is not None
            uow.agencies.save(an_agency(name=str(int(found.name) + 1)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(40)))
    with store.read() as uow:
        assert uow.agencies.get(AGENCY) == an_agency(name="40")
