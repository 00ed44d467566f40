"""Opening addresses as an assessor would: only public ones, only those that were checked, not long and not many."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

from bot.adapters.line.addresses import UNKNOWN_HOST, Place, Resolver, public_place, resolve
from bot.domain.errors import OutsideWorld
from bot.domain.links import LinkState

CONNECT_SECONDS, READ_SECONDS = 5.0, 8.0
WHOLE_SECONDS = 90.0
"""After so long no further address is begun."""
MOST_REDIRECTS = 5
MOST_LINKS = 100
AT_ONCE = 8
_PORTS = (80, 443, 8080, 8443)
_NO_HEAD = (403, 405, 500, 501)
_HEADERS = {"User-Agent": "Kaona-link-check/1.0", "Accept": "*/*"}


class LinkTries:
    """Keeps bot.ports.outside.LinkOpener.

    Args:
        resolver: gives the addresses of a name; one answer serves the check and the connection.
        allow_loopback: this machine may be opened too, for tests of the whole program.
        ports: where web servers may listen.
    """

    def __init__(
        self, resolver: Resolver = resolve, *, allow_loopback: bool = False, ports: Sequence[int] = _PORTS
    ) -> None:
        self._resolver, self._allow_loopback, self._ports = resolver, allow_loopback, tuple(ports)

    def open_all(self, urls: Sequence[str]) -> dict[str, LinkState]:
        """What becomes of opening each; beyond the first hundred, or when time is up, an address is left out."""
        wanted = list(dict.fromkeys(urls))[:MOST_LINKS]
        until = time.monotonic() + WHOLE_SECONDS
        with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="links") as pool:
            states = list(pool.map(lambda url: self._opened(url, until), wanted))
        return {url: state for url, state in zip(wanted, states, strict=True) if state is not None}

    def _opened(self, url: str, until: float) -> LinkState | None:
        address = url if "://" in url else f"https://{url}"
        for _ in range(MOST_REDIRECTS + 1):
            if time.monotonic() > until:
                return None
            try:
                place = self._place(address)
                status, further = _ask(place)
            except OutsideWorld as problem:
                return _STATES.get(str(problem.fields.get("reason")), LinkState.REFUSED)
            if further is None:
                return _state(status)
            address = urljoin(address, further)
        return LinkState.AWAY  # it leads in circles

    def _place(self, address: str) -> Place:
        """Where to connect; every address of a redirect is checked anew."""
        if "@" in urlsplit(address).netloc:
            raise OutsideWorld("an address with a user's name is not opened")
        place = public_place(address, allow_loopback=self._allow_loopback, allow_http=True, resolver=self._resolver)
        if place.port not in self._ports:
            raise OutsideWorld("an address with an unusual port is not opened")
        return place


_NO_ANSWER = "no_answer"
_STATES = {UNKNOWN_HOST: LinkState.GONE, _NO_ANSWER: LinkState.AWAY}


def _ask(place: Place) -> tuple[int, str | None]:
    """The status, and where it redirects to; nothing of the page itself is read."""
    status, further = _once(place, "HEAD")
    return _once(place, "GET") if status in _NO_HEAD else (status, further)


def _once(place: Place, method: str) -> tuple[int, str | None]:
    import urllib3

    from bot.adapters.line.content import host_header, pool_to

    try:
        with pool_to(place) as pool:
            answer = pool.request(
                method,
                place.target,
                headers={**_HEADERS, "Host": host_header(place)},
                preload_content=False,
                redirect=False,
                retries=False,
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
            )
            answer.close()
            further = answer.headers.get("Location") if answer.status in (301, 302, 303, 307, 308) else None
            return int(answer.status), further
    except (urllib3.exceptions.HTTPError, ValueError) as problem:
        raise OutsideWorld(f"no answer: {type(problem).__name__}", reason=_NO_ANSWER) from None


def _state(status: int) -> LinkState:
    if status in (401, 403, 407):
        return LinkState.CLOSED
    if status in (408, 429) or status >= 500:
        return LinkState.AWAY
    return LinkState.GONE if status >= 400 else LinkState.OPENS
