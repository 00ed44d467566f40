"""เปลี่ยนหน่วยงาน: a person of several agencies says in which one they work now."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.flows import administration
from bot.conversation.turn import Turn
from bot.domain.agencies import Agency
from bot.domain.text import thai_digits

ALL = "ทุกหน่วยงาน"


def agencies(turn: Turn) -> list[Agency]:
    """The agencies of the person."""
    return [hat.agency for hat in turn.facts.hats if hat.agency is not None]


def begin(turn: Turn) -> None:
    """Ask which one; who has only one is told so."""
    mine = agencies(turn)
    if len(mine) < 2:
        turn.say("one_agency", agency=mine[0].name if mine else None)
        turn.ask_again()
        return
    administration.begin_aside(turn)
    turn.remember(purpose="switch")
    turn.ask("agency", flow="administration")


def switch_to(turn: Turn, agency: Agency | None) -> None:
    """Work in one agency from now on, or in all of them."""
    turn.state = replace(turn.state, agency=agency.id if agency else None)
    administration.end_aside(turn, say=False)
    left = sum(task.update is None for task in turn.tasks)
    turn.say("agency_switched", agency=agency.name if agency else None, left=thai_digits(str(left)) if left else None)
