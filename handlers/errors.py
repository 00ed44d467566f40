"""One table: what went wrong to an HTTP status and Thai words."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass

from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import lazy_gettext  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException

from bot.domain import errors as kinds

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a page says: the status, a heading and what the person can do now."""

    status: int
    title: object
    advice: object


SIGN_IN_NEEDED = Problem(
    status=401,
    title=lazy_gettext("กรุณาเข้าสู่ระบบ"),
    advice=lazy_gettext("พิมพ์คำว่า “ผู้ดูแล” ในแชต LINE ของบอต แล้วเปิดลิงก์ที่ได้รับ"),
)
STALE_SIGN_IN = Problem(
    status=410,
    title=lazy_gettext("ลิงก์เข้าสู่ระบบนี้ใช้ไม่ได้แล้ว"),
    advice=lazy_gettext("ลิงก์ใช้ได้ครั้งเดียวภายใน ๑๐ นาที กรุณาพิมพ์คำว่า “ผู้ดูแล” ในแชต LINE เพื่อขอลิงก์ใหม่"),
)
STALE_LINK = Problem(
    status=404,
    title=lazy_gettext("ลิงก์นี้หมดอายุหรือไม่ถูกต้อง"),
    advice=lazy_gettext("กรุณาขอลิงก์ใหม่ในแชต LINE หรือเปิดจากหน้าผู้ดูแล"),
)
BAD_FORM = Problem(
    status=400,
    title=lazy_gettext("ส่งแบบฟอร์มไม่สำเร็จ"),
    advice=lazy_gettext("หน้านี้อาจเปิดค้างไว้นาน หรือเบราว์เซอร์ไม่รับคุกกี้ กรุณาย้อนกลับ โหลดหน้าใหม่ แล้วลองอีกครั้ง"),
)
BUG = Problem(
    status=500,
    title=lazy_gettext("ขออภัย ระบบขัดข้อง"),
    advice=lazy_gettext("ข้อมูลที่ส่งแล้วไม่หาย กรุณาลองอีกครั้ง หากยังไม่ได้ โปรดแจ้งผู้ดูแลระบบพร้อมรหัสด้านล่าง"),
)
_NOT_FOUND = Problem(
    status=404,
    title=lazy_gettext("ไม่พบหน้าที่ต้องการ"),
    advice=lazy_gettext("ที่อยู่อาจพิมพ์ผิด หรือข้อมูลถูกเปลี่ยนไปแล้ว กรุณากลับไปหน้าแรก"),
)
_NOT_ALLOWED = Problem(
    status=403,
    title=lazy_gettext("บัญชีนี้เปิดหน้านี้ไม่ได้"),
    advice=lazy_gettext("หน้านี้สำหรับผู้ที่มีหน้าที่เกี่ยวข้องเท่านั้น ผู้รายงานใช้งานได้ครบในแชต LINE หากควรมีสิทธิ์ โปรดแจ้งผู้ดูแลของหน่วยงาน"),
)
_BAD_INPUT = Problem(
    status=400,
    title=lazy_gettext("ข้อมูลที่ส่งมาใช้ไม่ได้"),
    advice=lazy_gettext("กรุณาย้อนกลับ ตรวจดูอีกครั้ง แล้วส่งใหม่"),
)
_AWAY = Problem(
    status=503,
    title=lazy_gettext("ระบบไม่พร้อมชั่วคราว"),
    advice=lazy_gettext("ข้อมูลที่ส่งแล้วไม่หาย กรุณารอสักครู่แล้วโหลดหน้านี้ใหม่"),
)

BY_KIND: dict[type[kinds.KaonaError], Problem] = {
    kinds.KaonaError: BUG,
    kinds.UserMistake: _BAD_INPUT,
    kinds.BadInput: _BAD_INPUT,
    kinds.NotFound: _NOT_FOUND,
    kinds.NotAllowed: _NOT_ALLOWED,
    kinds.BadSettings: BUG,
    kinds.OutsideWorld: _AWAY,
    kinds.StaleWrite: Problem(
        status=409,
        title=lazy_gettext("มีผู้อื่นแก้ไขพร้อมกัน"),
        advice=lazy_gettext("กรุณาโหลดหน้านี้ใหม่เพื่อดูข้อมูลล่าสุด แล้วลองอีกครั้ง"),
    ),
    kinds.GoneForGood: Problem(
        status=410,
        title=lazy_gettext("ไฟล์นี้ไม่มีแล้ว"),
        advice=lazy_gettext("LINE ลบไฟล์นี้แล้ว กรุณาขอให้ผู้รายงานส่งใหม่"),
    ),
    kinds.CompileFailed: Problem(
        status=422,
        title=lazy_gettext("จัดทำรายงานไม่สำเร็จ"),
        advice=lazy_gettext("กรุณาดูสาเหตุในหน้ารายงาน แก้ไข แล้วออกรายงานใหม่"),
    ),
}
"""Every class of bot.domain.errors has its row; a test says so."""

BY_STATUS = {
    400: BAD_FORM,
    401: SIGN_IN_NEEDED,
    403: _NOT_ALLOWED,
    404: _NOT_FOUND,
    405: Problem(
        status=405,
        title=lazy_gettext("เปิดหน้านี้ด้วยวิธีนี้ไม่ได้"),
        advice=lazy_gettext("กรุณากลับไปหน้าแรกแล้วเริ่มใหม่"),
    ),
    413: Problem(
        status=413,
        title=lazy_gettext("ข้อมูลใหญ่เกินไป"),
        advice=lazy_gettext("ไฟล์แผนต้องไม่เกิน ๒๐ เมกะไบต์ ข้อความต้องไม่เกิน ๒ เมกะไบต์ กรุณาลดขนาดแล้วส่งใหม่"),
    ),
}


def install(app: Flask) -> None:
    """Answer every mistake by the table."""
    app.register_error_handler(kinds.KaonaError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def problem_page(problem: Problem, **details: str) -> Response:
    """The problem as a page, or as JSON where JSON was asked for; a program is told the details too."""
    if request.path.startswith("/api/"):
        response = jsonify(status=problem.status, error=str(problem.title), advice=str(problem.advice), **details)
    elif request.path.endswith(".json"):
        response = jsonify(error=str(problem.title), advice=str(problem.advice))
    else:
        response = Response(render_template("problem.html", problem=problem, request_id=g.get("request_id", "")))
    response.status_code = problem.status
    return response


def _known(error: kinds.KaonaError) -> Response:
    problem = next(BY_KIND[kind] for kind in type(error).__mro__ if kind in BY_KIND)
    if problem.status >= 500:
        log.error("request_failed id=%s code=%s detail=%s", g.get("request_id"), error.code, error.detail)
    response = problem_page(problem, **_details(error))
    if isinstance(error, kinds.OutsideWorld) and problem.status == 503:
        response.headers["Retry-After"] = str(round(error.retry_after or 5))
    return response


def _details(error: kinds.KaonaError) -> dict[str, str]:
    """What a program is told of a mistake that is its own."""
    if not isinstance(error, kinds.BadInput | kinds.StaleWrite):
        return {}
    field = error.fields.get("field")
    return {"detail": error.detail} | ({"field": str(field)} if field else {})


def _http(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:
        return error  # a redirect is no mistake
    problem = BY_STATUS.get(status) or (BUG if status >= 500 else _BAD_INPUT)
    response = problem_page(problem)
    response.status_code = status
    if (allowed := getattr(error, "valid_methods", None)) is not None:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _unknown(error: Exception) -> Response:
    # Where it happened, but not the error's own words: they may hold what people wrote.
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("request_crashed id=%s kind=%s\n%s", g.get("request_id"), type(error).__name__, frames)
    return problem_page(BUG)
