"""LINE's OpenAPI as a strict judge of messages: discriminators resolved, unknown fields refused."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

SPEC = Path(__file__).parents[3] / "shared" / "line-openapi" / "messaging-api.yml"
MISSING = "" if SPEC.is_file() else "LINE's OpenAPI is not beside this repository"
_PREFIX = "#/components/schemas/"
_KEPT = ("type", "enum", "maxItems", "minItems", "maxLength", "minLength", "maximum", "minimum")


class _Strict:
    """Turns the OpenAPI's schemas into JSON Schema that lets nothing slip."""

    def __init__(self, schemas: dict[str, Any]) -> None:
        self._schemas = schemas
        self.made: dict[str, Any] = {}

    def reference(self, name: str) -> dict[str, Any]:
        if name not in self.made:
            self.made[name] = {}  # stands while its own parts are made
            self.made[name] = self._named(name)
        return {"$ref": f"#/$defs/{name}"}

    def _named(self, name: str) -> dict[str, Any]:
        schema = self._schemas[name]
        mapping = schema.get("discriminator", {}).get("mapping")
        if not mapping:
            return self._object(schema)
        key = schema["discriminator"]["propertyName"]
        branches = []
        for value, target in mapping.items():
            kind = target.removeprefix(_PREFIX)
            exact = {"properties": {key: {"const": value}}}
            self.made.setdefault(f"{kind}!", self._object(self._schemas[kind]))
            branches.append({"if": exact, "then": {"$ref": f"#/$defs/{kind}!"}})
        return {
            "type": "object",
            "required": [key],
            "properties": {key: {"enum": list(mapping)}},
            "allOf": branches,
        }

    def _object(self, schema: dict[str, Any]) -> dict[str, Any]:
        properties, required, more = self._collected(schema)
        if not properties and more is None:
            return self._plain(schema)
        made: dict[str, Any] = {"type": "object", "properties": properties, "required": required}
        made["additionalProperties"] = more if more is not None else False
        return made

    def _collected(self, schema: dict[str, Any]) -> tuple[dict[str, Any], list[str], Any]:
        """Gather fields of a schema and of those it is put together from, parents without their mapping."""
        if "$ref" in schema:
            return self._collected(self._schemas[schema["$ref"].removeprefix(_PREFIX)])
        properties = {name: self.any(each) for name, each in schema.get("properties", {}).items()}
        required = list(schema.get("required", []))
        more = schema.get("additionalProperties")
        found = self.any(more) if isinstance(more, dict) else None
        for part in schema.get("allOf", []):
            inner, needed, extra = self._collected(part)
            properties = {**inner, **properties}
            required += needed
            found = extra if found is None else found
        return properties, sorted(set(required)), found

    def _plain(self, schema: dict[str, Any]) -> dict[str, Any]:
        made = {name: schema[name] for name in _KEPT if name in schema}
        if "items" in schema:
            made["items"] = self.any(schema["items"])
        return made

    def any(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in schema:
            return self.reference(schema["$ref"].removeprefix(_PREFIX))
        if "properties" in schema or "allOf" in schema or "additionalProperties" in schema:
            return self._object(schema)
        return self._plain(schema)


@cache
def _judge() -> Draft202012Validator:
    schemas = yaml.safe_load(SPEC.read_text(encoding="utf-8"))["components"]["schemas"]
    strict = _Strict(schemas)
    whole = {"type": "array", "minItems": 1, "maxItems": 5, "items": strict.reference("Message")}
    return Draft202012Validator({**whole, "$defs": strict.made})


def openapi_problems(messages: list[dict[str, Any]]) -> list[str]:
    """List what LINE's own OpenAPI finds wrong; call only where the file is (see `MISSING`)."""
    return [f"{error.json_path}: {error.message[:200]}" for error in _judge().iter_errors(messages)]


def sdk_problems(messages: list[dict[str, Any]]) -> list[str]:
    """List what LINE's SDK finds wrong: models that refuse, and fields that they drop unseen."""
    from linebot.v3.messaging import Message

    found: list[str] = []
    for index, message in enumerate(messages):
        try:
            model = Message.from_dict(message)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            found.append(f"[{index}]: {str(problem)[:200]}")
            continue
        found += _lost(message, model.to_dict(), f"[{index}]")
    return found


def _lost(mine: Any, theirs: Any, path: str) -> list[str]:
    if isinstance(mine, dict) and isinstance(theirs, dict):
        gone = [f"{path}.{name}: dropped" for name in mine if name not in theirs]
        kept = [name for name in mine if name in theirs]
        return gone + [each for name in kept for each in _lost(mine[name], theirs[name], f"{path}.{name}")]
    if isinstance(mine, list) and isinstance(theirs, list):
        if len(mine) != len(theirs):
            return [f"{path}: another length"]
        pairs = enumerate(zip(mine, theirs, strict=True))
        return [each for index, (a, b) in pairs for each in _lost(a, b, f"{path}[{index}]")]
    return [] if mine == theirs else [f"{path}: {mine!r} became {theirs!r}"]
