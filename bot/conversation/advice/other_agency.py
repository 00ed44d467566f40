"""Another agency's name or web address, as copied text leaves it behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.conversation import links
from bot.conversation.advice.matter import Advice, Matter
from bot.domain.agencies import Agency
from bot.domain.updates import EvidenceKind

_KIND = "องค์การบริหารส่วนตำบล|อบต\\.?|เทศบาลตำบล|เทศบาลเมือง|เทศบาลนคร|ทต\\.|ทม\\."
_NAMED = re.compile(rf"(?:{_KIND}) ?([ก-๎]{{2,14}})(?![ก-๎])")
_PLACE = re.compile(
    "หนอง|บ้าน|ท่า|ห้วย|โคก|ดอน|นา|บาง|คลอง|วัง|ปาก|แม่|เขา|ป่า|โพธิ์|โนน|ทุ่ง|สระ|หัว|เกาะ|บึง|ศรี|ไผ่|ดง|ลำ|กุด|หาด|สัน|เวียง|เมือง"
)
_SHARED = (
    "nacc.go.th",
    "moi.go.th",
    "dla.go.th",
    "gprocurement.go.th",
    "mof.go.th",
    "cgd.go.th",
    "oag.go.th",
    "dga.or.th",
)


def find(matter: Matter) -> Iterator[Advice]:
    """Names in the texts, then addresses of other state sites in texts and evidence."""
    own = matter.draft.agency
    for question, text in matter.texts():
        known = [name for each in matter.agencies for name in (each.name,) if each.id != own.id and name in text]
        found = [found.group() for found in _NAMED.finditer(text) if _is_other(found.group(1), own)]
        for words in dict.fromkeys((*known, *found)):
            yield Advice(code="other_agency", question=question, words=words)
        for url in links.find(text).urls:
            if _is_foreign(url, own):
                yield Advice(code="other_site", question=question, words=url)
    for piece in matter.update.evidence:
        if piece.kind is EvidenceKind.LINK and piece.url and _is_foreign(piece.url, own):
            yield Advice(code="other_site", question="evidence", words=piece.url)


def _is_other(name: str, own: Agency) -> bool:
    """Whether a word after อบต. and the like is a place, and not ours; most words there are no names at all."""
    place = re.sub(rf"^(?:{_KIND}) ?", "", own.name)
    if name.startswith(place) or place.startswith(name) or (own.subdistrict or "\0") in name:
        return False
    return _PLACE.match(name) is not None


def _is_foreign(url: str, own: Agency) -> bool:
    """Whether an address is on the site of another agency; without a site of our own there is no saying."""
    host, mine = _host(url), _host(own.website or "")
    if not mine or not host.endswith(".go.th"):
        return False
    return not any(host == site or host.endswith(f".{site}") for site in (mine, *_SHARED))


def _host(address: str) -> str:
    try:
        host = urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
