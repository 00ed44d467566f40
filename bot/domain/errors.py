"""The kinds of things that go wrong, by whose turn it is to act.

Each class has a stable `code` and fields, never a ready sentence: every edge owns one table from
codes to its own words (chat templates, HTTP statuses, the command line's lines).
"""

from __future__ import annotations

from typing import ClassVar


class KaonaError(Exception):
    """Any mistake the program knows; `detail` is a short English or Thai fact for the reader."""

    code: ClassVar[str] = "error"

    def __init__(self, detail: str = "", **fields: object) -> None:
        super().__init__(detail or self.code)
        self.detail = detail or self.code
        self.fields = fields


class UserMistake(KaonaError):
    """The person's turn: say what was wrong and ask again; nothing is lost."""

    code = "user_mistake"


class BadInput(UserMistake):
    """A file, date, code or option that cannot be used; says what and where."""

    code = "bad_input"


class NotFound(UserMistake):
    """A named agency, person, measure, round or report does not exist."""

    code = "not_found"


class NotAllowed(KaonaError):
    """The person is known but may not do this."""

    code = "not_allowed"


class BadSettings(KaonaError):
    """The operator's turn: a setting is missing or wrong; stops the start, naming the variable."""

    code = "bad_settings"


class OutsideWorld(KaonaError):
    """LINE, the database, Redis or the disk did not do its part; try again later.

    Attributes:
        retry_after: seconds until another try makes sense, when that is known.
    """

    code = "outside_world"

    def __init__(self, detail: str = "", *, retry_after: float | None = None, **fields: object) -> None:
        super().__init__(detail, **fields)
        self.retry_after = retry_after


class StaleWrite(OutsideWorld):
    """Another writer was faster; read again and decide again."""

    code = "stale_write"


class GoneForGood(OutsideWorld):
    """The outside no longer has it (LINE's content was deleted or taken back); trying again is no use."""

    code = "gone"


class CompileFailed(KaonaError):
    """A report could not be compiled; `detail` names the measure or photo to blame where it is known."""

    code = "compile_failed"
