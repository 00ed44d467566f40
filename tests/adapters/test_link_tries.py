"""Addresses are opened as an assessor would, and never one inside our own walls."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from bot.adapters import link_tries
from bot.adapters.line.addresses import UNKNOWN_HOST, Ip
from bot.adapters.link_tries import LinkTries
from bot.domain.errors import OutsideWorld
from bot.domain.links import LinkState

PAGES = {"/ok": 200, "/gone": 404, "/login": 401, "/broken": 503, "/no-head": 405}
ELSEWHERE = {
    "/moved": "/ok",
    "/round": "/round",
    "/inside": "http://inside.example:{port}/ok",
    "/file": "file:///etc/passwd",
}


class Site(BaseHTTPRequestHandler):
    """A web site that notes what is asked of it."""

    asked: ClassVar[list[tuple[str, str, str]]] = []

    def do_HEAD(self) -> None:
        self.answer(PAGES.get(self.path, 302))

    def do_GET(self) -> None:
        self.answer(200 if self.path == "/no-head" else PAGES.get(self.path, 302))

    def answer(self, status: int) -> None:
        Site.asked.append((self.command, self.path, str(self.headers["Host"])))
        self.send_response(status)
        if status == 302:
            port = self.server.server_address[1]
            self.send_header("Location", ELSEWHERE[self.path].format(port=port))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


NAMES = {
    "site.example": "127.0.0.1",
    "inside.example": "10.1.2.3",
    "mixed.example": "93.184.216.34 192.168.1.1",
    "mapped.example": "::ffff:10.0.0.1",
    "nat64.example": "64:ff9b::a00:1",
    "ours.example": "fd00::1",
    "link-local.example": "169.254.169.254",
}


def resolver(host: str, port: int) -> list[Ip]:
    if host not in NAMES:
        raise OutsideWorld("no such host", reason=UNKNOWN_HOST)
    return [ipaddress.ip_address(ip) for ip in NAMES[host].split()]


def opened(port: int, path: str) -> LinkState:
    url = f"http://site.example:{port}{path}"
    return LinkTries(resolver, allow_loopback=True, ports=(port,)).open_all([url])[url]


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/ok", LinkState.OPENS),
        ("/no-head", LinkState.OPENS),
        ("/moved", LinkState.OPENS),
        ("/gone", LinkState.GONE),
        ("/login", LinkState.CLOSED),
        ("/broken", LinkState.AWAY),
        ("/round", LinkState.AWAY),
    ],
)
def test_what_becomes_of_an_address_is_told(port: int, path: str, state: LinkState) -> None:
    assert opened(port, path) is state


def test_the_connection_goes_to_the_address_that_was_checked_under_the_sites_own_name(port: int) -> None:
    opened(port, "/ok")
    assert Site.asked == [("HEAD", "/ok", f"site.example:{port}")]


@pytest.mark.parametrize("path", ["/inside", "/file"])
def test_a_redirect_into_our_own_walls_is_not_followed(port: int, path: str) -> None:
    assert opened(port, path) is LinkState.REFUSED
    assert [(method, asked) for method, asked, _ in Site.asked] == [("HEAD", path)]


@pytest.mark.parametrize(
    "url",
    [
        "http://inside.example/", "https://mixed.example/", "http://mapped.example/", "http://nat64.example/",
        "http://ours.example/", "http://link-local.example/latest/meta-data/", "http://site.example/",
        "http://user:secret@site.example/", "ftp://site.example/", "http://site.example:22/", "http://[::1]/", "http://",
    ],
)  # fmt: skip
def test_a_private_or_odd_address_is_never_connected_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(link_tries, "_once", refuse)
    found = LinkTries(lambda host, port: [ipaddress.ip_address("::1")] if host == "::1" else resolver(host, port))
    assert found.open_all([url]) == {url: LinkState.REFUSED}


def test_a_name_that_answers_otherwise_the_second_time_is_asked_once_only(port: int) -> None:
    answers = iter(["127.0.0.1"])

    def rebinding(host: str, port: int) -> list[Ip]:
        return [ipaddress.ip_address(next(answers))]

    url = f"http://site.example:{port}/ok"
    assert LinkTries(rebinding, allow_loopback=True, ports=(port,)).open_all([url]) == {url: LinkState.OPENS}


def test_a_host_that_is_not_there_is_gone_and_one_that_does_not_answer_is_away(port: int) -> None:
    missing, silent = "https://nowhere.example/", "http://site.example:9/"
    tries = LinkTries(resolver, allow_loopback=True, ports=(9, 443))
    assert tries.open_all([missing, silent]) == {missing: LinkState.GONE, silent: LinkState.AWAY}


def test_there_is_an_end_to_how_many_and_how_long(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [f"http://site.example:{port}/ok?{n}" for n in range(link_tries.MOST_LINKS + 7)]
    monkeypatch.setattr(LinkTries, "_opened", lambda self, url, until: LinkState.OPENS)
    assert len(LinkTries(resolver).open_all(many)) == link_tries.MOST_LINKS
    monkeypatch.undo()
    monkeypatch.setattr(link_tries, "WHOLE_SECONDS", -1.0)
    assert LinkTries(resolver, allow_loopback=True, ports=(port,)).open_all(many[:3]) == {}
