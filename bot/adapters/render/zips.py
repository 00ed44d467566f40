"""Office files as zip archives whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from bot.domain.calendar import BANGKOK

_PACKED = (".jpg", ".jpeg", ".png")
"""Files that compressing again only costs time."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def stable(data: bytes, moment: datetime) -> bytes:
    """The same archive with every date set to one moment."""
    local = moment.astimezone(BANGKOK)
    date_time = (max(local.year, 1980), local.month, local.day, local.hour, local.minute, local.second)
    utc = moment.astimezone(BANGKOK).strftime("%Y-%m-%dT%H:%M:%S+07:00").encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + utc + rb"\g<2>", content)
            info = zipfile.ZipInfo(name, date_time)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, content)
    return out.getvalue()
