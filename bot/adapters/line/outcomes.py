"""What LINE's answers mean for a message that was to be sent (its errors carry words, no codes)."""

from __future__ import annotations

import json

from bot.adapters.line.clients import Answer
from bot.ports.outside import Outcome, Refused, Sent, Unclear

INVALID_REPLY_TOKEN = "Invalid reply token"  # noqa: S105  # LINE's words, no secret
MONTHLY_LIMIT = "monthly limit"
LONGEST_WORDS = 1000


def outcome(answer: Answer, *, has_retry_key: bool) -> Outcome:
    """Whether a reply or push was taken, refused for good, or perhaps neither."""
    if 200 <= answer.status < 300:
        return Sent(request_id=answer.request_id)
    if answer.status == 409 and has_retry_key:  # an earlier try with this key was taken
        return Sent(request_id=answer.accepted_request_id or answer.request_id)
    words = words_of(answer)
    if answer.status == 429 and MONTHLY_LIMIT not in words:
        return Unclear(words=words, maybe_taken=False, status=429)
    if answer.status >= 500 or answer.status == 408:
        return Unclear(words=words, maybe_taken=True, status=answer.status)
    return Refused(
        words=words,
        status=answer.status,
        request_id=answer.request_id,
        invalid_reply_token=answer.status == 400 and words.startswith(INVALID_REPLY_TOKEN),
        quota=answer.status == 429,
    )


def words_of(answer: Answer) -> str:
    """LINE's message and the details with the properties that they are about, or the bare status."""
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        return f"HTTP {answer.status}"
    message = str(said.get("message") or said.get("error_description") or f"HTTP {answer.status}")
    details = said.get("details")
    about = [
        f"{detail.get('message', '')} ({detail.get('property', '')})"
        for detail in (details if isinstance(details, list) else [])
        if isinstance(detail, dict)
    ]
    return "; ".join([message, *about])[:LONGEST_WORDS]
