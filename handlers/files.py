"""Sending stored files: the right type, a Thai name for the download, parts on request, nothing that can run."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import quote

from flask import request
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".pdf": "application/pdf",
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".docx": _OFFICE + "wordprocessingml.document",
    ".xlsx": _OFFICE + "spreadsheetml.sheet",
    ".pptx": _OFFICE + "presentationml.presentation",
    ".zip": "application/zip",
}
_SHOWN = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".pdf", ".mp4", ".m4a", ".mp3"}
_ANY = "application/octet-stream"

_SEALED = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
)
# A sandbox would keep browsers from showing a PDF; the viewer's own page needs its style.
_SEALED_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"


def send_stored(
    file: BinaryIO, key: str, name: str | None, *, download: bool = False, alias: str | None = None
) -> Response:
    """A stored file as an answer; `name` is what it is saved as, else the key's last part, `alias` for old readers.

    People send any kind of file: only pictures, films, sound and PDF are ever shown in place, all else is saved.
    """
    suffix = PurePosixPath(key).suffix.lower()
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    body = wrap_file(request.environ, file)
    response = Response(body, content_type=_TYPES.get(suffix, _ANY), direct_passthrough=True)
    response.call_on_close(file.close)
    response.content_length = length
    response.headers["Content-Disposition"] = content_disposition(
        "inline" if suffix in _SHOWN and not download else "attachment", name or PurePosixPath(key).name, suffix, alias
    )
    response.headers["Content-Security-Policy"] = _SEALED_PDF if suffix == ".pdf" else _SEALED
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.set_etag(quote(key, safe=""))
    return response.make_conditional(request.environ, accept_ranges=True, complete_length=length)


def content_disposition(kind: str, name: str, suffix: str, alias: str | None = None) -> str:
    """RFC 6266 with RFC 5987's form for Thai names, and a plain ASCII one for old readers."""
    plain = "".join(letter for letter in (alias or name) if " " < letter < "\x7f" and letter not in '"\\;,%')
    if not plain.removesuffix(suffix).strip("."):
        plain = f"file{suffix}"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
