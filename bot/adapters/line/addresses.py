"""Where bytes outside LINE may be fetched from: public https addresses, so that no message reaches our own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain.errors import OutsideWorld

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A checked address: connect to `ip`, which was looked at, and not to what the name means a moment later."""

    scheme: str
    host: str
    port: int
    ip: str
    target: str


Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[Ip]]
UNKNOWN_HOST = "unknown_host"


def resolve(host: str, port: int) -> list[Ip]:
    """Every address of a name, as this machine knows it.

    Raises:
        OutsideWorld: there is none; its `reason` is UNKNOWN_HOST.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        ips = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    except (OSError, ValueError):  # ValueError: a name that is no name (UnicodeError)
        raise OutsideWorld("the content's host cannot be found", reason=UNKNOWN_HOST) from None
    if not ips:
        raise OutsideWorld("the content's host cannot be found", reason=UNKNOWN_HOST)
    return ips


def public_place(
    url: str, *, allow_loopback: bool = False, allow_http: bool = False, resolver: Resolver = resolve
) -> Place:
    """Check and resolve an address.

    Args:
        url: as the event has it.
        allow_loopback: LINE itself is played on this machine, and so may be the content.
        allow_http: plain http will do.
        resolver: gives the addresses of a name.

    Raises:
        OutsideWorld: it is not https, or any of its addresses is private, or it cannot be resolved.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (80 if parts.scheme == "http" else 443)
    except ValueError:
        raise OutsideWorld("the content's address is malformed") from None
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise OutsideWorld("the content's address is no https address")
    ips = resolver(parts.hostname, port)
    here = allow_loopback and all(ip.is_loopback for ip in ips)
    if not here and ((parts.scheme != "https" and not allow_http) or not all(is_public(ip) for ip in ips)):
        raise OutsideWorld("the content's address is not a public https address")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(scheme=parts.scheme, host=parts.hostname, port=port, ip=str(ips[0]), target=target)


def is_loopback(url: str) -> bool:
    """Whether an API base is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_public(ip: Ip) -> bool:
    """Whether an address, and the IPv4 address that an IPv6 one may carry, belongs to the open Internet."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return ip.is_global and not ip.is_multicast
