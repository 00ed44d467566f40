"""What can be tapped in a message, and under which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Tappable:
    """One action in a message: where it is, what it does, what a person would call it."""

    path: str  # pointer from the message to the action: "/quickReply/items/0/action"
    action: dict[str, Any]
    labels: tuple[str, ...]

    @property
    def quick(self) -> bool:
        """Whether it is a quick reply, which goes away."""
        return self.path.startswith("/quickReply/")


def words_in(component: Any) -> str:
    """Return all text a component shows, as one line."""
    if not isinstance(component, dict):
        return ""
    if component.get("type") == "button":
        return str(component.get("action", {}).get("label", ""))
    spoken = [str(component["text"])] if component.get("text") else []
    spoken += [words_in(child) for child in component.get("contents") or []]
    return " ".join(word for word in spoken if word)


def tappables(message: dict[str, Any]) -> list[Tappable]:
    """List everything that can be tapped in a message, in reading order."""
    return list(_walk(message, "", message))


def _walk(value: Any, path: str, owner: dict[str, Any]) -> Iterator[Tappable]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, f"{path}/{index}", owner)
    elif isinstance(value, dict):
        for key, item in value.items():
            place = f"{path}/{key}"
            if key in ("action", "defaultAction") and isinstance(item, dict) and "type" in item:
                yield _tappable(item, place, value)
            elif key == "actions" and isinstance(item, list):
                for index, action in enumerate(item):
                    yield _tappable(action, f"{place}/{index}", {})
            else:
                yield from _walk(item, place, value)


def _tappable(action: dict[str, Any], path: str, owner: dict[str, Any]) -> Tappable:
    shown = [action.get("label"), words_in(owner), owner.get("title")]
    labels = tuple(dict.fromkeys(str(label).strip() for label in shown if label))
    return Tappable(path=path, action=_as_action(action), labels=labels)


def _as_action(action: dict[str, Any]) -> dict[str, Any]:
    """Imagemaps call an address `linkUri`."""
    return {**action, "uri": action["linkUri"]} if "linkUri" in action else action


def find_path(message: dict[str, Any], path: str) -> Tappable | None:
    """Return what is tapped at a pointer into a message."""
    return next((each for each in tappables(message) if each.path == path), None)
