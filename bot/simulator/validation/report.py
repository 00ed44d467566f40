"""What a check finds: problems and warnings, each pointing at a place the way LINE points."""

import builtins
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""Steps from the request body down to a value: ``("messages", 0, "text")``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason why LINE refuses, or one thing to warn of.

    `message` and `property` are what LINE's ``details`` say; `path` is the full path from the body.
    """

    message: str
    property: str
    path: Path

    def as_json(self) -> dict[str, str]:
        """Return the entry as it stands in LINE's ``details``."""
        return {"message": self.message, "property": self.property}

    @builtins.property
    def in_contents(self) -> bool:
        """Whether LINE finds this only when it looks into a Flex or template message."""
        return len(self.path) > 2 and self.path[2] in ("contents", "template")

    @builtins.property
    def message_index(self) -> int:
        """Which message of the call it is in."""
        return self.path[1] if len(self.path) > 1 and isinstance(self.path[1], int) else 0


def property_of(path: Path) -> str:
    """Write a path the way LINE does for that place.

    Inside Flex contents it is a pointer (``/body/contents/0``), inside a template a relative one
    (``template/actions/0``), elsewhere dotted (``messages[0].text``).
    """
    if len(path) > 2 and path[2] == "contents":
        return "/" + "/".join(str(step) for step in path[3:])
    if len(path) > 2 and path[2] == "template":
        return "/".join(str(step) for step in path[2:])
    written = ""
    for step in path:
        written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else step
    return written


@dataclass(slots=True)
class Report:
    """Collects what the checks of one call find."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def refuse(self, path: Path, message: str) -> None:
        """Note a reason for refusal."""
        self.problems.append(Problem(message=message, property=property_of(path), path=path))

    def warn(self, path: Path, message: str) -> None:
        """Note something that LINE's real platform would not take, but the simulator lets through."""
        self.warnings.append(Problem(message=message, property=property_of(path), path=path))
