"""What admins and others do from the chat: sign in, compile, see who has reported."""

from __future__ import annotations

from bot.conversation.choices import pack
from bot.conversation.effects import IssueSignIn, LinkGroup, RequestCompile
from bot.conversation.facts import Completeness, Task
from bot.conversation.flows import choosing
from bot.conversation.flows import progress_update as flow
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.domain.agencies import Agency, AgencyId
from bot.domain.people import Role
from bot.domain.rounds import Round, RoundNo, last_closed, open_rounds
from bot.domain.text import thai_digits

MOST_CARDS = 12
"""What LINE shows in one carousel."""

SIGNS_IN = frozenset({Role.ADMIN, Role.AUDITOR, Role.OVERSEER, Role.OPERATOR})


def sign_in(turn: Turn) -> None:
    """ผู้ดูแล: a link that signs in once."""
    if not turn.facts.roles() & SIGNS_IN:
        turn.say("mistake/not_for_you", word="ผู้ดูแล")
    elif not turn.event.secret:
        turn.say("mistake/try_again")
    else:
        turn.do(IssueSignIn(token=turn.event.secret))
        turn.say("sign_in", url=f"{turn.facts.base_url}/admin/sign-in/{turn.event.secret}")


def administered(turn: Turn) -> list[Agency]:
    """The agencies of which the person is admin."""
    return [hat.agency for hat in turn.facts.hats if hat.agency is not None and Role.ADMIN in hat.roles]


def _meant(turn: Turn) -> list[Agency]:
    """The chosen agency where the person is its admin, else all that they administer."""
    agencies = administered(turn)
    return [agency for agency in agencies if agency == turn.agency] or agencies


def compile_report(turn: Turn, no: RoundNo | None = None) -> None:
    """ออกรายงาน: compile the round, asking which agency where there are several."""
    agencies = _meant(turn)
    if not agencies:
        turn.say("mistake/not_for_you", word="ออกรายงาน")
    elif len(agencies) == 1:
        compile_for(turn, agencies[0], no)
    else:
        begin_aside(turn)
        turn.remember(purpose="compile", compile=str(no.value) if no else None)
        turn.ask("agency", flow="administration")


def compile_for(turn: Turn, agency: Agency, no: RoundNo | None = None) -> None:
    """Compile the agency's live round, the named one, or the one that closed last."""
    kept = turn.recall("compile")
    wanted = no or (RoundNo(int(kept)) if kept in {"6", "12"} else None)
    round_ = round_to_compile(turn, agency.id, wanted)
    end_aside(turn, say=False)
    if round_ is None:
        turn.say("no_round_to_compile", agency=agency.name)
        return
    turn.do(RequestCompile(agency_id=agency.id, fiscal_year=round_.fiscal_year, round_no=round_.no))
    others = _others(turn, agency.id, round_)
    if turn.is_idle:
        turn.remember(last="compile")
    turn.say(
        "compile_started",
        agency=agency.name,
        round_no=round_.no.value,
        year=round_.fiscal_year,
        other_round_no=others[0].no.value if others and turn.is_idle else None,
    )


def _rounds_of(turn: Turn, agency_id: AgencyId) -> list[Round]:
    return [round_ for round_ in turn.facts.rounds if round_.agency_id == agency_id]


def _others(turn: Turn, agency_id: AgencyId, meant: Round) -> list[Round]:
    return [r for r in open_rounds(_rounds_of(turn, agency_id), turn.today) if r.no is not meant.no]


def round_to_compile(turn: Turn, agency_id: AgencyId, no: RoundNo | None) -> Round | None:
    """The round of that number that is open or closed last; without a number the live one, else the last closed."""
    rounds = [round_ for round_ in _rounds_of(turn, agency_id) if no in {None, round_.no}]
    return next(iter(open_rounds(rounds, turn.today)), None) or last_closed(rounds, turn.today)


def link_group(turn: Turn) -> None:
    """เชื่อมกลุ่ม: say which agency the group serves that the person asked to link."""
    agencies = administered(turn)
    if not agencies:
        turn.say("mistake/not_for_you", word="เชื่อมกลุ่ม")
    elif turn.facts.group is None:
        turn.say("group_how")
        turn.ask_again()
    elif len(agencies) == 1:
        link_group_to(turn, agencies[0])
    else:
        begin_aside(turn)
        turn.remember(purpose="group")
        turn.ask("agency", flow="administration")


def link_group_to(turn: Turn, agency: Agency) -> None:
    """Link the group; nothing when another chose meanwhile."""
    group = turn.facts.group
    end_aside(turn, say=False)
    if group is None:
        turn.say("group_how")
        return
    turn.do(LinkGroup(group=group, agency_id=agency.id))
    turn.say("group_linked_to", agency=agency.name)


def completeness(turn: Turn) -> None:
    """สถานะ: counts for everybody, names for the agency's admins."""
    named = {agency.id for agency in administered(turn)}
    chosen = turn.agency
    asked = [each for each in turn.facts.completeness if chosen in {None, each.agency}]
    turn.say("completeness", rounds=[_counts(turn, each, each.agency.id in named) for each in asked])


def _counts(turn: Turn, each: Completeness, with_names: bool) -> dict[str, object]:
    return {
        "agency": each.agency.name,
        "round_no": each.round.no.value,
        "year": each.round.fiscal_year,
        "due_on": each.round.due_on,
        "is_open": each.round.is_open(turn.today),
        "total": each.total,
        "reported": each.reported,
        "missing": [{"no": m.no, "title": m.title, "officers": list(m.officers)} for m in each.missing]
        if with_names
        else [],
    }


def my_work(turn: Turn) -> None:
    """งานของฉัน: the measures of this round; where nothing is being asked, a number then picks one."""
    if not turn.tasks:
        if turn.is_idle:
            choosing.nothing_to_report(turn)
        else:
            turn.say("no_tasks")
        return
    from_list = turn.is_idle or turn.state.question == flow.FIRST
    if from_list:
        turn.ask(flow.FIRST)
        turn.asking = False  # the list is the question
    left = choosing.outstanding(turn, turn.tasks)
    shown = sorted(turn.tasks, key=lambda task: task not in left)[:MOST_CARDS]
    turn.say(
        "my_work",
        cards=[_card(turn, task, can_pick=from_list) for task in shown],
        more=len(turn.tasks) - len(shown),
        can_pick=from_list,
        total=len(turn.tasks),
        left=len(left),
        agency=turn.agency.name if turn.agency else None,
    )


def _card(turn: Turn, task: Task, *, can_pick: bool) -> dict[str, object]:
    """A measure as a card; its button belongs to the choice being asked, so an old card does no harm."""
    here = choosing.round_key(task.round) == choosing.asked_round(turn)
    word = thai_digits(f"มาตรการที่ {task.measure.no}") if here else choosing.round_button(task.round.no).word
    label = ("แก้ไข" if task.update and not choosing.is_outstanding(task) else "รายงาน") if here else word
    return choosing.task_line(turn, task) | {
        "submitted_at": task.update.submitted_at if task.update else None,
        "label": label if can_pick else None,
        "word": word,
        "data": pack(Choice(label=label, word=word, serial=turn.state.serial)),
    }


def begin_aside(turn: Turn) -> None:
    """Turn to something else; a draft that is being answered is kept, to be gone on with after."""
    if (
        turn.state.flow == "progress_update"
        and turn.draft is not None
        and turn.state.question not in {None, flow.FIRST}
    ):
        flow.pause(turn)
        turn.remember(back="1")
    elif turn.is_idle or turn.state.flow == "progress_update":
        turn.rest(keep_draft=turn.draft is not None)


def end_aside(turn: Turn, *, say: bool = True) -> None:
    """Go back to the draft's question, or to rest."""
    if turn.state.flow == "progress_update" or turn.is_idle:
        return
    goes_back = turn.recall("back") is not None and turn.draft is not None
    turn.rest(keep_draft=turn.draft is not None)
    if goes_back:
        flow.resume(turn)
    elif say:
        turn.say("left")
