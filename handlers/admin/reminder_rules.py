"""The rules of reminding: each on or off, moved, with what that changes before it holds, and the words on the phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Role
from bot.domain.reminder_rules import BY_KEY, EVERY_RULE, RULES, Rule, RuleChange, fires_on, rules_of
from bot.domain.rounds import Round
from bot.domain.workdays import WorkCalendar
from bot.ports.store import UnitOfWork
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.plan_ahead import plan_ahead, rounds_ahead
from bot.services.plan_reminders import calendar_of, calendars
from bot.services.reminder_choices import FIXED, FURTHEST, check_rules, save_rules
from bot.services.sample_reminder import sample_reminder
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.rule_words import AUDIENCES, name_of, rule_name
from handlers.runtime import runtime

pages = Blueprint("reminder_rules", __name__, url_prefix="/admin")

ONE_YEAR = timedelta(days=364)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A rule as the form shows it; `days` are without a sign."""

    key: str
    name: str
    audience: str
    on: bool
    days: int | None
    is_before: bool
    dates: Sequence[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What other rules would change in the coming year, if nobody reported anything."""

    before: int
    after: int
    lines: Sequence[tuple[str, Sequence[date], Sequence[date]]]


@pages.get("/<agency_id>/reminders/rules")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """The rules as they hold."""
    return _page(agency_id)


@pages.post("/<agency_id>/reminders/rules")
@for_roles(Role.ADMIN)
def save(agency_id: AgencyId) -> Response | str | tuple[str, int]:
    """Show what the form would change, or store it."""
    rt = runtime()
    try:
        given = _given()
        check_rules(given)
        if request.form.get("do") == "preview":
            return _page(agency_id, given=given)
        with rt.store.write() as uow:
            save_rules(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, request.form.get("seen", ""), given)
    except BadInput as problem:
        words = _("จำนวนวันของ “%(rule)s” ไม่ถูกต้อง", rule=rule_name(str(problem.fields.get("rule", ""))))
        return _page(agency_id, wrong=words), 422
    except StaleWrite:
        return _page(agency_id, wrong=_("มีผู้อื่นเปลี่ยนกติกาก่อนคุณบันทึก ยังไม่ได้บันทึกของคุณ ด้านล่างคือกติกาล่าสุด")), 409
    flash(_("บันทึกกติกาแล้ว การเตือนครั้งต่อไปเป็นไปตามนี้"), "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)


@pages.get("/<agency_id>/reminders/rules/<key>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def words(agency_id: AgencyId, key: str) -> str:
    """One reminder as the phone shows it, about the agency's own measures."""
    rule = BY_KEY.get(key)
    if rule is None:
        raise NotFound(f"there is no rule {key!r}")
    rt = runtime()
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        changes = uow.reminders.changes().get(agency_id, [])
        rule = next((each for each in rules_of(changes) if each.key == key), rule)
        calendar = calendar_of(calendars(uow))(agency_id)
        sample = sample_reminder(uow, agency, rule, calendar, bangkok_day(rt.clock.now()))
    shown = {
        language: rt.notices.renderer.render_all([sample.message(who().person.name, language)], language)
        for language in ("th", "en")
    }
    return render_template("reminder_words.html", agency=agency, name=name_of(rule), day=sample.day, shown=shown)


def _page(agency_id: AgencyId, *, given: Sequence[RuleChange] | None = None, wrong: str | None = None) -> str:
    rt = runtime()
    now = rt.clock.now()
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        changes = uow.reminders.changes().get(agency_id, [])
        calendar = calendar_of(calendars(uow))(agency_id)
        rounds = rounds_ahead(uow, agency_id, bangkok_day(now))
        difference = _difference(uow, agency, changes, given, rounds, calendar, now) if given is not None else None
    shown = changes if given is None else given
    return render_template(
        "reminder_rules.html",
        agency=agency,
        lines=_lines(shown, rounds, calendar, bangkok_day(now)),
        everything=_is_on(EVERY_RULE, shown),
        seen=request.form.get("seen") if given is not None else fingerprint(*changes),
        difference=difference,
        furthest=FURTHEST,
        wrong=wrong,
        runs_it=may_run(agency_id),
    )


def _is_on(key: str, changes: Sequence[RuleChange]) -> bool:
    change = next((each for each in changes if each.rule == key), None)
    return change.on if change is not None else key == EVERY_RULE or BY_KEY[key].on


def _as_it_holds(rule: Rule, changes: Sequence[RuleChange]) -> Rule:
    change = next((each for each in changes if each.rule == rule.key), None)
    return rule if change is None or change.days is None else replace(rule, days=change.days)


def _lines(changes: Sequence[RuleChange], rounds: Sequence[Round], calendar: WorkCalendar, today: date) -> list[Line]:
    found = []
    for default in RULES:
        rule = _as_it_holds(default, changes)
        found.append(
            Line(
                key=rule.key,
                name=name_of(rule),
                audience=str(AUDIENCES[rule.audience]),
                on=_is_on(rule.key, changes),
                days=None if rule.key in FIXED else abs(rule.days),
                is_before=default.days < 0,
                dates=_dates(rule, rounds, calendar, today),
            )
        )
    return found


def _dates(rule: Rule, rounds: Sequence[Round], calendar: WorkCalendar, today: date) -> list[date]:
    """The next days on which the rule speaks, one a round."""
    days = [fires_on(rule, round_, calendar) for round_ in rounds] if rule.is_of_round else []
    return sorted(day for day in days if day >= today)[:2]


def _given() -> list[RuleChange]:
    found = [RuleChange(rule=EVERY_RULE, on=request.form.get("on-all") == "yes")]
    for rule in RULES:
        text = request.form.get(f"days-{rule.key}", "")
        days = None if rule.key in FIXED or not text.strip() else _number(text, rule)
        found.append(RuleChange(rule=rule.key, on=request.form.get(f"on-{rule.key}") == "yes", days=days))
    return found


def _number(text: str, rule: Rule) -> int:
    try:
        days = abs(int(text))
    except ValueError:
        raise BadInput("days are a number", rule=rule.key) from None
    return -days if rule.days < 0 else days


def _difference(
    uow: UnitOfWork,
    agency: Agency,
    old: Sequence[RuleChange],
    new: Sequence[RuleChange],
    rounds: Sequence[Round],
    calendar: WorkCalendar,
    now: datetime,
) -> Difference:
    """Plan the year twice and compare."""
    today = bangkok_day(now)
    days: list[Mapping[str, list[date]]] = []
    counts = []
    for changes in (old, new):
        rules = rules_of(changes)
        planned = plan_ahead(uow, now, today + ONE_YEAR, agency.id, rules=rules)
        counts.append(sum(len(day.digests) for day in planned))
        days.append({rule.key: _dates(rule, rounds, calendar, today) for rule in rules})
    lines = [
        (rule_name(rule.key), days[0].get(rule.key, []), days[1].get(rule.key, []))
        for rule in RULES
        if (rule.key in days[0], days[0].get(rule.key)) != (rule.key in days[1], days[1].get(rule.key))
    ]
    return Difference(before=counts[0], after=counts[1], lines=lines)
