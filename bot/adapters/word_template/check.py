"""Look through a template before anything is rendered: only fields that exist, and nothing but printing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from jinja2 import nodes

from bot.adapters.word_template.tags import Tag
from bot.reporting.fields import FIELDS, Field, FieldKind
from bot.reporting.rendering import TemplateProblem as Problem

FILTERS = frozenset({"thai", "arabic", "upper", "lower", "default", "d", "join", "length", "first", "last", "trim"})
LOOP = frozenset({"index", "index0", "first", "last", "length", "revindex"})
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.For, nodes.If,
    nodes.Assign, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test,
    nodes.CondExpr, nodes.Concat,
)  # fmt: skip
_TESTS = frozenset({"defined", "none", "eq", "ne"})

Shape = Field | tuple[Field, ...] | None
"""What a word stands for: a field, an entry of a list with these fields, or something that is not known."""


def wrong_fields(tree: nodes.Template, tags: list[Tag]) -> list[Problem]:
    """Every field and command of a template that there is not, at its place."""
    checker = _Checker(tags)
    checker.walk(tree.body, {field.name: field for field in FIELDS})
    return checker.problems


class _Checker:
    def __init__(self, tags: list[Tag]) -> None:
        self._tags = tags
        self.problems: list[Problem] = []

    def walk(self, body: list[nodes.Node], scope: dict[str, Shape]) -> None:
        """Look at statements in order; what one sets, the next ones know."""
        for node in body:
            match node:
                case nodes.For():
                    self._loop(node, scope)
                case nodes.If():
                    self.shape(node.test, scope)
                    for branch in (node.body, node.elif_, node.else_):
                        self.walk(list(branch), dict(scope))
                case nodes.Assign():
                    found = self.shape(node.node, scope)
                    if isinstance(node.target, nodes.Name):
                        scope[node.target.name] = found
                case nodes.Output():
                    for part in node.nodes:
                        self._printed(part, scope)
                case _:
                    self._refuse(node)

    def _loop(self, node: nodes.For, scope: dict[str, Shape]) -> None:
        found = self.shape(node.iter, scope)
        inner: dict[str, Shape] = {**scope, "loop": tuple(_loop_field(name) for name in sorted(LOOP))}
        if isinstance(found, tuple) or (isinstance(found, Field) and found.kind is not FieldKind.LIST):
            self._say(node, "วนซ้ำไม่ได้ เพราะช่องนี้ไม่ใช่รายการ")
        if node.recursive:
            self._refuse(node)
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = found.fields or None if isinstance(found, Field) else None
        else:
            self._refuse(node)
        if node.test is not None:
            self.shape(node.test, inner)
        self.walk(list(node.body), inner)
        self.walk(list(node.else_), dict(scope))

    def _printed(self, node: nodes.Node, scope: dict[str, Shape]) -> None:
        found = self.shape(node, scope)
        if isinstance(found, tuple) or (isinstance(found, Field) and found.kind is FieldKind.LIST):
            self._say(node, "เป็นรายการ พิมพ์ทั้งรายการไม่ได้ ต้องวนด้วย {% for … in … %} แล้วพิมพ์ทีละช่อง")

    def shape(self, node: nodes.Node, scope: Mapping[str, Shape]) -> Shape:
        """What an expression stands for, its fields looked up."""
        match node:
            case nodes.Name():
                if node.name not in scope:
                    self._say(node, _unknown(node.name, scope))
                return scope.get(node.name)
            case nodes.Getattr():
                return self._part(node, self.shape(node.node, scope))
            case nodes.Filter() if node.name not in FILTERS:
                self._say(node, f"ไม่มีตัวกรอง {node.name}")
            case nodes.Test() if node.name not in _TESTS:
                self._say(node, f"ไม่มีเงื่อนไข {node.name}")
            case nodes.Const() | nodes.TemplateData():
                return None
            case _ if not isinstance(node, _ALLOWED):
                self._refuse(node)
                return None
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.shape(child, scope)
            elif isinstance(child, nodes.Operand):
                self.shape(child.expr, scope)
        return None

    def _part(self, node: nodes.Getattr, whole: Shape) -> Shape:
        if whole is None:
            return None
        if isinstance(whole, Field):
            why = "เป็นรายการ ต้องวนด้วย {% for … in … %} ก่อน" if whole.kind is FieldKind.LIST else "ไม่มีช่องย่อย"
            self._say(node, f"{whole.name} {why}")
            return None
        known = {field.name: field for field in whole}
        if node.attr not in known:
            self._say(node, _unknown(node.attr, known))
        return known.get(node.attr)

    def _refuse(self, node: nodes.Node) -> None:
        self._say(node, "ใช้คำสั่งนี้ในแม่แบบไม่ได้ ใช้ได้เฉพาะชื่อช่อง for, if, set และตัวกรองที่แสดงในหน้านี้")

    def _say(self, node: nodes.Node, message: str) -> None:
        tag = self._tags[min(node.lineno, len(self._tags)) - 1]
        problem = Problem(place=tag.place, words=tag.text, message=message)
        if problem not in self.problems:
            self.problems.append(problem)


def _loop_field(name: str) -> Field:
    value: Callable[[object], object] = str
    return Field(name=name, thai="", value=value)


def _unknown(name: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(name, [each for each in known if each != "loop"], n=1)
    return f"ไม่มีช่องชื่อ {name}" + (f" หมายถึง {near[0]} หรือไม่" if near else "")
