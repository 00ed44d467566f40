"""LINE's refusals, in its own words."""

from dataclasses import dataclass, field
from typing import Any

UNAUTHORIZED = (
    "Authentication failed due to the following reason: {}. "
    "Confirm that the access token in the authorization header is valid."
)
INVALID_REPLY_TOKEN = "Invalid reply token"  # noqa: S105 - LINE's sentence, no secret
FAILED_TO_SEND = "Failed to send messages"
MONTHLY_LIMIT = "You have reached your monthly limit."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."
NO_RETRY_KEY_HERE = "The retry key is not supported in this API"
RETRY_ACCEPTED = "The retry key is already accepted"
NO_ACCESS = "Access to this API is not available for your account"
NOT_FOUND = "Not found"
CONTENT_NOT_FOUND = "not found"
CONTENT_GONE = "The content is gone"
NO_PREVIEW = "The content can not be previewed"
METHOD_NOT_ALLOWED = "Method not allowed"
TOO_LARGE = "Request Entity Too Large"
UNSUPPORTED_TYPE = "Unsupported Media Type"
MENU_NOT_FOUND = "richmenu not found"
USER_HAS_NO_MENU = "the user has no richmenu"
MENU_WITHOUT_IMAGE = "must upload richmenu image before applying it to user"


@dataclass
class Refused(Exception):
    """An answer other than success: a status and LINE's body for it."""

    status: int
    message: str
    details: list[dict[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the JSON body."""
        shown: dict[str, Any] = {"message": self.message}
        if self.details:
            shown["details"] = self.details
        return {**shown, **self.extra}


def invalid_property(name: str) -> Refused:
    """Refuse a property of the request body that has the wrong shape."""
    return Refused(400, f"The property, {name}, in the request body is invalid (line: -, column: -)")


def body_errors(*found: tuple[str, str]) -> Refused:
    """Refuse a request body for (property, message) pairs."""
    details = [{"message": message, "property": name} for name, message in found]
    return Refused(400, f"The request body has {len(details)} error(s)", details)
