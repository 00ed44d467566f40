"""Views that take files or long texts say so; every other body stays small."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes, as the readers of plans have it."""

LARGEST_TEXT = 2 * 1024 * 1024
"""Bytes of pasted text, which a form keeps in memory."""

_MARK = "kaona_takes_files"
View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Its form may carry a file; whoever may not open it is refused before the body is read."""
    setattr(view, _MARK, True)
    return view


def install(app: Flask) -> None:
    """Raise the limits for those views; after the access rules and before the form's token is looked for."""
    app.before_request(_raise_limits)


def _raise_limits() -> None:
    if request.endpoint and getattr(current_app.view_functions[request.endpoint], _MARK, False):
        request.max_content_length = LARGEST_FILE + LARGEST_TEXT
        request.max_form_memory_size = LARGEST_TEXT
