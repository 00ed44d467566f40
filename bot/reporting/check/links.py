"""Web addresses of other places than the agency's own site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.reporting.check.subject import Passage, Subject
from bot.reporting.model import Finding, Severity

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”ก-๛]+|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:go|or|ac|in|co)\.th(?![\w-])[^\s<>\"“”ก-๛]*",
    re.IGNORECASE,
)
_STATE = re.compile(r"(?:^|\.)go\.th$")
# Sites of offices and services that any agency points to.
SHARED = frozenset(
    {
        "nacc.go.th", "moi.go.th", "dla.go.th", "gprocurement.go.th", "cgd.go.th", "mof.go.th", "opdc.go.th",
        "ocsc.go.th", "oag.go.th", "audit.go.th", "ratchakitcha.soc.go.th", "soc.go.th", "krisdika.go.th",
        "oic.go.th", "dga.or.th", "data.go.th", "laas.go.th", "dloc.go.th", "pacc.go.th", "thaigov.go.th",
        "1111.go.th", "ombudsman.go.th", "facebook.com", "fb.com", "fb.watch", "youtube.com", "youtu.be", "line.me",
        "lin.ee", "tiktok.com", "instagram.com", "x.com", "twitter.com", "google.com", "google.co.th", "goo.gl",
        "forms.gle", "microsoft.com", "office.com", "sharepoint.com", "1drv.ms", "dropbox.com", "canva.com",
        "bit.ly", "me-qr.com",
    }
)  # fmt: skip
_PRIVATE = re.compile(r"^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.)")


def find(subject: Subject) -> Iterator[Finding]:
    """Addresses of other agencies and of unknown sites; nothing is fetched."""
    own = host_of(subject.agency.website or "")
    for passage in subject.passages:
        for words in addresses(passage.text):
            host = host_of(words)
            if not host or _is_of(host, own) or any(_is_of(host, shared) for shared in SHARED):
                continue
            if _PRIVATE.match(host):
                yield _finding(passage, words, Severity.ERROR, "ที่อยู่ภายในสำนักงาน คนภายนอกเปิดไม่ได้", subject)
            elif own and _STATE.search(host):
                yield _finding(passage, words, Severity.ERROR, "เว็บไซต์ของหน่วยงานอื่น", subject)
            elif own:
                yield _finding(passage, words, Severity.WARNING, "ไม่ใช่เว็บไซต์หลักของหน่วยงาน", subject)


def addresses(text: str) -> Iterator[str]:
    """The web addresses in a text, as they stand there."""
    for found in _ADDRESS.finditer(text):
        yield found.group().rstrip(".,;:)]}")


def host_of(address: str) -> str:
    """The host of an address, without www; "" when there is none."""
    try:
        host = urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _is_of(host: str, site: str) -> bool:
    return bool(site) and (host == site or host.endswith(f".{site}"))


def _finding(passage: Passage, words: str, severity: Severity, what: str, subject: Subject) -> Finding:
    return passage.finding(
        "foreign_link",
        severity,
        what,
        words=words,
        why="ผู้ตรวจนับเฉพาะข้อมูลที่เปิดดูได้บนเว็บไซต์หลักของหน่วยงาน",
        source=subject.items.plan if passage.of_plan else subject.items.report,
        action=f"เปลี่ยนเป็นที่อยู่บนเว็บไซต์ของหน่วยงาน ({subject.agency.website or 'ยังไม่ได้บันทึกเว็บไซต์'})",
    )
