"""Where evidence and reports are kept: a folder, or wherever fsspec reaches (s3://…, gs://…)."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from bot.adapters.media.keys import checked
from bot.domain.errors import BadInput, BadSettings, KaonaError, NotFound, OutsideWorld

_WHOLE_OR_NOT_AT_ALL = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "memory", "oss", "oci"}
"""Object stores show a new object only when it is complete; elsewhere it is written aside and renamed."""

_PACKAGES = {"sftp": "paramiko", "ssh": "paramiko", "smb": "smbprotocol", "github": "requests", "webdav": "webdav4"}


class FsspecMediaStore:
    """Evidence files and compiled reports, by key."""

    def __init__(self, location: str) -> None:
        """Open a folder (a path or file:// URL) or an fsspec URL.

        Raises:
            BadSettings: the URL is of no known kind, or its driver is not installed.
        """
        self._store = _FolderStore(_folder(location)) if _is_folder(location) else _RemoteStore(location)

    def put(self, key: str, source: Path) -> None:
        """Store the file whole or not at all; an existing key is overwritten."""
        self._store.put(checked(key), source)

    def open(self, key: str) -> BinaryIO:
        """The stored bytes.

        Raises:
            NotFound: there is no such key.
        """
        return self._store.open(_wanted(key))

    def local_copy(self, key: str) -> AbstractContextManager[Path]:
        """A path to read from while the block lasts."""
        return self._store.local_copy(_wanted(key))

    def delete(self, key: str) -> None:
        """Nothing there is nothing to do."""
        self._store.delete(checked(key))

    def keys(self, prefix: str) -> Iterator[str]:
        """Every key that begins so, in order."""
        return (key for key in self._store.each_key() if key.startswith(prefix))


class _FolderStore:
    """A local folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, source: Path) -> None:
        target = self._root / key
        with _outside(key):
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = target.parent / f".{secrets.token_hex(8)}"
            try:
                with source.open("rb") as read, aside.open("xb") as written:
                    shutil.copyfileobj(read, written, 1 << 20)
                    written.flush()
                    os.fsync(written.fileno())
                aside.replace(target)
                _settle(target.parent)
            finally:
                aside.unlink(missing_ok=True)

    def open(self, key: str) -> BinaryIO:
        with _outside(key):
            return (self._root / key).open("rb")

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        path = self._root / key
        if not path.is_file():
            raise NotFound("there is no such file", key=key)
        yield path

    def delete(self, key: str) -> None:
        with _outside(key):
            (self._root / key).unlink(missing_ok=True)

    def each_key(self) -> Iterator[str]:
        for path in sorted(self._root.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self._root).as_posix()


class _RemoteStore:
    """Anything fsspec has a driver for."""

    def __init__(self, location: str) -> None:
        self._location, self._protocol = location, location.partition("://")[0]
        self._opened, root = _file_system(location, self._protocol)
        self._process = os.getpid()
        self._root = root.rstrip("/")

    @property
    def _fs(self) -> Any:
        """This process's driver: those that keep a thread refuse to work in a forked child."""
        if self._process != os.getpid():
            self._opened, _ = _file_system(self._location, self._protocol)
            self._process = os.getpid()
        return self._opened

    def put(self, key: str, source: Path) -> None:
        target = self._at(key)
        with _outside(key):
            if self._protocol in _WHOLE_OR_NOT_AT_ALL:
                self._fs.put_file(str(source), target)
                return
            folder, _, name = target.rpartition("/")
            self._fs.makedirs(folder, exist_ok=True)
            aside = f"{folder}/.{secrets.token_hex(8)}-{name}"
            self._fs.put_file(str(source), aside)
            self._fs.mv(aside, target)

    def open(self, key: str) -> BinaryIO:
        with _outside(key):
            self._fs.invalidate_cache()  # another process may have stored it since
            return cast(BinaryIO, self._fs.open(self._at(key), "rb"))

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="kaona-media-") as folder:
            path = Path(folder) / Path(key).name
            with _outside(key):
                self._fs.invalidate_cache()
                self._fs.get_file(self._at(key), str(path))
            yield path

    def delete(self, key: str) -> None:
        try:
            with _outside(key):
                self._fs.rm_file(self._at(key))
        except NotFound:
            return

    def each_key(self) -> Iterator[str]:
        with _outside(self._root):
            self._fs.invalidate_cache()
            found = sorted(self._fs.find(self._root))
        lead = len(self._root.lstrip("/")) + 1
        for path in found:
            key = str(path).lstrip("/")[lead:]
            if not key.rpartition("/")[2].startswith("."):
                yield key

    def _at(self, key: str) -> str:
        return f"{self._root}/{key}"


def _settle(folder: Path) -> None:
    """Make a rename survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_folder(location: str) -> bool:
    return "://" not in location or location.startswith(("file://", "local://"))


def _folder(location: str) -> Path:
    root = Path(location.partition("://")[2] if "://" in location else location).absolute()
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadSettings(f"MEDIA_URL: the folder {root} cannot be made: {problem.strerror}") from None
    return root


def _file_system(location: str, protocol: str) -> tuple[Any, str]:
    """The driver and the root; a message never repeats the URL, which may hold a password."""
    from fsspec.core import url_to_fs
    from fsspec.registry import known_implementations as known
    from fsspec.registry import registry

    if protocol not in known and protocol not in registry:
        raise BadSettings(f"MEDIA_URL: {protocol}:// is no kind of storage that is known")
    try:
        file_system, root = url_to_fs(location)
    except ImportError:
        package = _PACKAGES.get(protocol) or known[protocol]["class"].partition(".")[0]
        raise BadSettings(f"MEDIA_URL: {protocol}:// needs a driver: pip install {package}") from None
    except Exception as problem:  # each driver has its own ways to dislike an address
        raise BadSettings(f"MEDIA_URL: the {protocol}:// address cannot be used ({type(problem).__name__})") from None
    if not root.strip("/"):
        raise BadSettings(f"MEDIA_URL: the {protocol}:// address names no bucket or folder")
    return file_system, root


def _wanted(key: str) -> str:
    try:
        return checked(key)
    except BadInput:
        raise NotFound("there is no such file", key=key) from None


@contextmanager
def _outside(key: str) -> Iterator[None]:
    """Storage fails in the words of its driver; here it is either not there, or away."""
    try:
        yield
    except KaonaError:
        raise
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise NotFound("there is no such file", key=key) from None
    except Exception as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else type(problem).__name__
        raise OutsideWorld(f"the media storage does not do its part: {reason}", key=key) from problem
