"""Addresses in messages: https only, percent-encoded; plain http to this machine passes with a warning."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.validation.report import Path, Report
from bot.simulator.validation.specs import INVALID, is_flex, too_long

_ALLOWED = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
LOOPBACK_WARNING = "http to this machine: LINE itself takes https only"


def is_loopback(host: str | None) -> bool:
    """Tell whether a host name means this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An address with allowed schemes."""

    schemes: tuple[str, ...] = ("https",)
    high: int = 2000

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check length, characters, scheme and host."""
        if not isinstance(value, str):
            report.refuse(path, INVALID)
        elif not value:
            report.refuse(path, "must be specified")
        elif len(value) > self.high:
            report.refuse(path, too_long(path, 0, self.high))
        else:
            self._check_parts(value, path, report)

    def _check_parts(self, value: str, path: Path, report: Report) -> None:
        words = "invalid uri" if is_flex(path) else "Invalid URI"
        if not _ALLOWED.fullmatch(value) or _BROKEN_ESCAPE.search(value):
            report.refuse(path, words)
            return
        try:
            parts = urlsplit(value)
            scheme, host = parts.scheme.lower(), parts.hostname
        except ValueError:
            report.refuse(path, words)
            return
        if scheme in ("http", "https") and not host:
            report.refuse(path, words)
        elif scheme in self.schemes:
            return
        elif scheme == "http" and "https" in self.schemes and is_loopback(host):
            report.warn(path, LOOPBACK_WARNING)
        else:
            report.refuse(path, "invalid uri scheme" if scheme else words)


MEDIA_URL = Url()
LINK_URL = Url(schemes=("http", "https", "line", "tel"), high=1000)
