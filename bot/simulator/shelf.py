"""Keeps people, chats and content over a restart: one SQLite file and a folder of bytes."""

import json
import sqlite3
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS things (
    kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
)
"""


class Shelf:
    """Stores JSON things by kind and id, and content by id; only in memory without a folder.

    Callers hold the world's lock, so one connection serves all threads.
    """

    def __init__(self, folder: Path | None) -> None:
        self._content: dict[str, bytes] = {}
        self._folder = folder
        self._database: sqlite3.Connection | None = None
        if folder is not None:
            (folder / "content").mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(folder / "simulator.sqlite", check_same_thread=False, isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=OFF")
            self._database.execute(_SCHEMA)

    def put(self, kind: str, key: str, body: dict[str, Any]) -> None:
        """Keep a thing, in place of what had its id."""
        if self._database is not None:
            text = json.dumps(body, ensure_ascii=False)
            self._database.execute("INSERT OR REPLACE INTO things VALUES (?, ?, ?)", (kind, key, text))

    def drop(self, kind: str, key: str) -> None:
        """Forget a thing."""
        if self._database is not None:
            self._database.execute("DELETE FROM things WHERE kind = ? AND id = ?", (kind, key))

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Return all things of a kind, in the order they first came."""
        if self._database is None:
            return []
        rows = self._database.execute("SELECT body FROM things WHERE kind = ? ORDER BY rowid", (kind,))
        return [json.loads(body) for (body,) in rows]

    def put_content(self, key: str, data: bytes) -> None:
        """Keep the bytes of a photo or file."""
        if self._folder is None:
            self._content[key] = data
        else:
            (self._folder / "content" / key).write_bytes(data)

    def content(self, key: str) -> bytes | None:
        """Return the bytes kept under an id."""
        if self._folder is None:
            return self._content.get(key)
        path = self._folder / "content" / key
        return path.read_bytes() if key.isalnum() and path.is_file() else None

    def drop_content(self, key: str) -> None:
        """Forget the bytes kept under an id."""
        self._content.pop(key, None)
        if self._folder is not None and key.isalnum():
            (self._folder / "content" / key).unlink(missing_ok=True)

    def close(self) -> None:
        """Let the file go."""
        if self._database is not None:
            self._database.close()
            self._database = None
