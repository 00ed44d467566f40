"""Who may open what: every view declares its rule, and a view without one opens for nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from bot.domain.agencies import AgencyId
from bot.domain.api_tokens import Scope
from bot.domain.errors import NotAllowed
from bot.domain.people import Membership, Role
from bot.services.api_access import Bearer, bearer_of
from bot.services.sign_in import SESSION_LIFE, WEB_ROLES, SignedIn
from handlers.runtime import WebRuntime, runtime

READERS = frozenset({Role.ADMIN, Role.AUDITOR})
"""Who may read an agency's texts."""

_RULE = "kaona_access"
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a view asks of who opens it.

    Attributes:
        roles: one of these roles.
        of_agency: a role in the agency of the address.
        scope: a token of another program for this, instead of a session.
    """

    roles: frozenset[Role] = frozenset()
    of_agency: bool = False
    scope: Scope | None = None

    @property
    def is_public(self) -> bool:
        """Whether anybody may open it."""
        return not self.roles and self.scope is None

    def admits(self, memberships: Iterable[Membership], agency_id: AgencyId | None) -> bool:
        """Whether somebody with these roles may open it."""
        held = roles_in(memberships, agency_id) if self.of_agency else {each.role for each in memberships}
        return bool(self.roles & held)


def public(view: View) -> View:
    """Anybody may open it."""
    return _declare(view, Rule())


def signed_in(view: View) -> View:
    """Anybody with a role that has web pages."""
    return _declare(view, Rule(roles=WEB_ROLES))


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Those with one of the roles in the address's agency; an operator has theirs in all of them."""

    def declare(view: View) -> View:
        return _declare(view, Rule(roles=frozenset(roles), of_agency=True))

    return declare


def for_programs(scope: Scope) -> Callable[[View], View]:
    """Another program with a token for that, in the address's agency where it names one."""

    def declare(view: View) -> View:
        return _declare(view, Rule(scope=scope))

    return declare


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule that a view declared."""
    return cast("Rule | None", getattr(view, _RULE, None))


def roles_in(memberships: Iterable[Membership], agency_id: AgencyId | None) -> set[Role]:
    """The roles somebody holds in an agency; an operator's holds everywhere, all others only there."""
    return {
        each.role
        for each in memberships
        if each.role is Role.OPERATOR or (agency_id is not None and each.agency_id == agency_id)
    }


def who() -> SignedIn:
    """Who opened the page of the current request."""
    return cast(SignedIn, g.who)


def may_read(agency_id: AgencyId) -> bool:
    """Whether who opened the page may read the agency's texts and names."""
    return bool(READERS & roles_in(who().memberships, agency_id))


def may_run(agency_id: AgencyId) -> bool:
    """Whether who opened the page runs the agency."""
    return Role.ADMIN in roles_in(who().memberships, agency_id)


def install(app: Flask) -> None:
    """Enforce the rules before every view."""
    app.before_request(_enforce)


def cookie_name(rt: WebRuntime) -> str:
    """The session cookie; over https browsers hold its name to be host-only and secure."""
    return "__Host-kaona" if is_secure(rt) else "kaona"


def is_secure(rt: WebRuntime) -> bool:
    """Whether phones and browsers reach us over https."""
    return rt.settings.public_base_url.startswith("https:")


def cookie_options(rt: WebRuntime) -> dict[str, Any]:
    """How the session cookie is set."""
    return {
        "max_age": int(SESSION_LIFE.total_seconds()),
        "httponly": True,
        "samesite": "Lax",
        "secure": is_secure(rt),
        "path": "/",
    }


def session_secret() -> str | None:
    """The session that the browser shows, whether it is living or not."""
    return request.cookies.get(cookie_name(runtime()))


def _declare(view: View, rule: Rule) -> View:
    setattr(view, _RULE, rule)
    return view


def _enforce() -> None:
    if request.endpoint is None:
        return  # 404 and 405 say nothing that is worth guarding
    rule = rule_of(current_app.view_functions[request.endpoint])
    if rule is None:
        raise NotAllowed(f"{request.endpoint} declares no rule")
    if rule.is_public:
        return
    agency_id = (request.view_args or {}).get("agency_id")
    if rule.scope is not None:
        _enforce_token(rule.scope, agency_id)
        return
    session = session_secret()
    known = runtime().sign_in.current(session) if session else None
    if known is None:
        raise Unauthorized
    if not rule.admits(known.memberships, agency_id):
        raise NotAllowed("no role for this page")
    g.who = known


def bearer() -> Bearer:
    """Who the token of the current request speaks for."""
    return cast(Bearer, g.bearer)


def _enforce_token(scope: Scope, agency_id: AgencyId | None) -> None:
    rt = runtime()
    given = request.authorization
    secret = given.token if given is not None and given.type == "bearer" else None
    known = bearer_of(rt.store, rt.keyed, secret, rt.clock.now()) if secret else None
    if known is None:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
    if scope not in known.token.scopes:
        raise NotAllowed(f"the token is not for {scope}")
    if agency_id is not None and not known.may(scope, agency_id):
        raise NotAllowed("the token is not for this agency")
    g.bearer = known
