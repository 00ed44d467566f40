"""The OpenAPI document, as the file beside this one has it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify

from handlers.admin.access import public

pages = Blueprint("api_document", __name__, url_prefix="/api/v1")

DOCUMENT = Path(__file__).resolve().parent / "openapi.json"


@cache
def document() -> dict[str, Any]:
    """The document; read once."""
    read: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return read


@pages.get("/openapi.json")
@public
def openapi() -> Response:
    """The document."""
    return jsonify(document())
