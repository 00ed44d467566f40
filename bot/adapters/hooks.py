"""Posting to addresses that admins chose: only public ones, only the one that was checked, no redirects, no waiting."""

from __future__ import annotations

from collections.abc import Mapping

from bot.adapters.line.addresses import public_place
from bot.domain.errors import OutsideWorld

CONNECT_SECONDS, READ_SECONDS = 5, 10


class HookPost:
    """Keeps bot.ports.outside.HookPoster."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Post once; the status of the answer, whose words are not read.

        Raises:
            OutsideWorld: no answer, or an address that is not to be called.
        """
        import urllib3

        from bot.adapters.line.content import host_header, pool_to

        place = public_place(url, allow_loopback=self._allow_loopback)
        try:
            with pool_to(place) as pool:
                answer = pool.request(
                    "POST",
                    place.target,
                    body=body,
                    headers={**headers, "Host": host_header(place)},
                    preload_content=False,
                    redirect=False,
                    retries=False,
                    timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
                )
                answer.close()
                return int(answer.status)
        except (urllib3.exceptions.HTTPError, ValueError) as problem:
            raise OutsideWorld(f"no answer: {type(problem).__name__}") from None
