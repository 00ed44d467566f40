"""Whether LINE would take these messages, and the words in which it would refuse them."""

from typing import Any

from bot.simulator.validation.flex import FLEX
from bot.simulator.validation.imagemap import IMAGEMAP
from bot.simulator.validation.plain import PLAIN
from bot.simulator.validation.report import Problem, Report
from bot.simulator.validation.specs import Many, Tagged
from bot.simulator.validation.template import TEMPLATE
from bot.simulator.validation.text_v2 import TEXT_V2

__all__ = ["Problem", "check_messages", "refusal", "validate_messages", "warnings"]

MESSAGES = Many(
    of=Tagged({**PLAIN, "textV2": TEXT_V2, "imagemap": IMAGEMAP, "template": TEMPLATE, "flex": FLEX}),
    low=1,
    high=5,
)


def check_messages(messages: Any) -> Report:
    """Check the ``messages`` of one call and return all that was found."""
    report = Report()
    if messages is None:
        report.refuse(("messages",), "May not be empty")
    else:
        MESSAGES.check(messages, ("messages",), report)
    return report


def validate_messages(messages: list[dict[str, Any]]) -> list[Problem]:
    """List every reason why LINE would refuse these messages; empty means it takes them."""
    return check_messages(messages).problems


def warnings(messages: list[dict[str, Any]]) -> list[Problem]:
    """List what the simulator lets through although LINE's own platform would not."""
    return check_messages(messages).warnings


def refusal(problems: list[Problem]) -> dict[str, Any]:
    """Write the body of LINE's 400 for these problems.

    LINE first checks the request as a whole; only then it looks into Flex and template messages,
    and stops at the first bad one.
    """
    shallow = [problem for problem in problems if not problem.in_contents]
    if shallow:
        count = len(shallow)
        details = [problem.as_json() for problem in shallow]
        return {"message": f"The request body has {count} error(s)", "details": details}
    first = min(problem.message_index for problem in problems)
    deep = [problem.as_json() for problem in problems if problem.message_index == first]
    return {"message": f"A message (messages[{first}]) in the request body is invalid", "details": deep}
