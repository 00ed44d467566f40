"""Style, fonts and the one script, from our own host: small files read once and kept in memory."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, current_app, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from handlers.admin.access import public

pages = Blueprint("assets", __name__, url_prefix="/assets")

OWN = Path(__file__).resolve().parent / "static"
VENDOR = Path(__file__).resolve().parent.parent / "vendor" / "css"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_FOR_GOOD, _A_DAY = "public, max-age=31536000, immutable", "public, max-age=86400"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file as it is sent; `version` changes with its content."""

    content: bytes
    packed: bytes | None
    content_type: str
    version: str


@pages.get("/<path:name>")
@public
def asset(name: str) -> Response:
    """One file; named with its version it may be kept for good."""
    found = _kept().get(name)
    if found is None:
        raise NotFound
    packed = found.packed if request.accept_encodings["gzip"] > 0 else None
    response = Response(packed or found.content, content_type=found.content_type)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _FOR_GOOD if request.args.get("v") == found.version else _A_DAY
    response.set_etag(found.version)
    return response.make_conditional(request.environ)


def install(app: Flask) -> None:
    """Read the files and give the templates `asset_url`."""
    app.extensions["kaona_assets"] = {
        **{path.name: _read(path) for path in sorted(OWN.iterdir()) if path.suffix in _TYPES},
        **{f"vendor/{path.name}": _read(path) for path in sorted(VENDOR.iterdir()) if path.suffix in _TYPES},
    }
    app.jinja_env.globals["asset_url"] = _url


def _url(name: str) -> str:
    return url_for("assets.asset", name=name, v=_kept()[name].version)


def _kept() -> dict[str, Asset]:
    kept: dict[str, Asset] = current_app.extensions["kaona_assets"]
    return kept


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(
        content=content,
        packed=None if path.suffix == ".woff2" else gzip.compress(content, mtime=0),
        content_type=_TYPES[path.suffix],
        version=hashlib.sha256(content).hexdigest()[:12],
    )
