"""The media store: in a folder, behind fsspec and in memory, one behaviour."""

from __future__ import annotations

import os

import fsspec
import pytest

from bot.adapters.media import store as store_module
from bot.adapters.media.store import FsspecMediaStore
from bot.adapters.memory import MemoryMediaStore
from bot.domain.errors import BadInput, BadSettings, NotFound, OutsideWorld

BAD_KEYS = ["", "/a", "a/", "a//b", "../a", "a/../b", ".a", "a/.b", "a\\b", "a\0b", "a\nb", "a*", "s3://x", "x" * 401]


@pytest.fixture(params=["folder", "file url", "fsspec", "twin"])
def store(request, tmp_path):
    if request.param == "twin":
        yield MemoryMediaStore()
        return
    location = {"folder": str(tmp_path / "m"), "file url": f"file://{tmp_path}/m", "fsspec": "memory://bucket/in"}
    yield FsspecMediaStore(location[request.param])
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source"
    path.write_bytes(b"bytes of a photo")
    return path


def test_what_was_put_can_be_opened_and_copied(store, source):
    store.put("evidence/ab/abcdef.jpg", source)
    with store.open("evidence/ab/abcdef.jpg") as stored:
        assert stored.read() == b"bytes of a photo"
    with store.local_copy("evidence/ab/abcdef.jpg") as path:
        assert path.read_bytes() == b"bytes of a photo"
        assert path.suffix == ".jpg"
    assert source.exists()


def test_a_key_may_be_thai_and_is_overwritten(store, source):
    key = "reports/01J/รายงานผล ๖ เดือน (ฉบับที่ ๑).pdf"
    store.put(key, source)
    source.write_bytes(b"new")
    store.put(key, source)
    with store.open(key) as stored:
        assert stored.read() == b"new"


def test_what_is_not_there_is_not_found(store):
    with pytest.raises(NotFound):
        store.open("evidence/none.jpg")
    with pytest.raises(NotFound), store.local_copy("evidence/none.jpg"):
        pass
    store.delete("evidence/none.jpg")


def test_deleted_is_gone(store, source):
    store.put("a/b.jpg", source)
    store.delete("a/b.jpg")
    assert list(store.keys("")) == []


def test_keys_are_listed_by_prefix_in_order(store, source):
    for key in ("evidence/b", "evidence/a", "reports/c"):
        store.put(key, source)
    assert list(store.keys("evidence/")) == ["evidence/a", "evidence/b"]
    assert list(store.keys("")) == ["evidence/a", "evidence/b", "reports/c"]


@pytest.mark.parametrize("key", BAD_KEYS)
def test_no_key_leads_elsewhere(store, source, key, tmp_path):
    with pytest.raises(BadInput):
        store.put(key, source)
    with pytest.raises(NotFound):
        store.open(key)
    with pytest.raises(BadInput):
        store.delete(key)
    assert list(store.keys("")) == []


def test_a_folder_is_no_file(store, source):
    store.put("a/b.jpg", source)
    with pytest.raises(NotFound):
        store.open("a")


def test_a_write_that_fails_leaves_what_was_there(tmp_path, source, monkeypatch):
    store = FsspecMediaStore(str(tmp_path / "m"))
    store.put("a/b.jpg", source)

    def full(read, written, length):
        written.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_module.shutil, "copyfileobj", full)
    with pytest.raises(OutsideWorld, match="No space left"):
        store.put("a/b.jpg", source)
    with store.open("a/b.jpg") as stored:
        assert stored.read() == b"bytes of a photo"
    assert os.listdir(tmp_path / "m" / "a") == ["b.jpg"]


def test_a_source_that_is_missing_stores_nothing(store, tmp_path):
    with pytest.raises((NotFound, FileNotFoundError)):
        store.put("a/b.jpg", tmp_path / "none")
    assert list(store.keys("")) == []


def test_storage_that_renames_never_shows_half_a_file(tmp_path, source, monkeypatch):
    store = FsspecMediaStore("memory://other")
    monkeypatch.setattr(store_module, "_WHOLE_OR_NOT_AT_ALL", set())
    store.put("a/b.jpg", source)
    assert list(store.keys("")) == ["a/b.jpg"]
    fsspec.filesystem("memory").store.clear()


def test_a_forked_child_opens_the_storage_anew(source, monkeypatch):
    store = FsspecMediaStore("memory://forked")
    store.put("a", source)
    opened = []
    real = store_module._file_system
    monkeypatch.setattr(store_module, "_file_system", lambda *given: opened.append(1) or real(*given))
    monkeypatch.setattr(store_module.os, "getpid", lambda: -1)
    with store.open("a") as stored:
        assert stored.read() == b"bytes of a photo"
    store.delete("a")
    assert opened == [1]


@pytest.mark.parametrize(
    ("location", "says"),
    [
        ("s3://bucket/kaona", "pip install s3fs"),
        ("gs://bucket", "pip install gcsfs"),
        ("sftp://user:hunter2@host/folder", "pip install paramiko"),
        ("nonsense://x", "nonsense://"),
        ("memory://", "no bucket or folder"),
    ],
)
def test_a_location_that_cannot_be_used_is_a_setting_to_mend(location, says):
    with pytest.raises(BadSettings) as caught:
        FsspecMediaStore(location)
    assert "MEDIA_URL" in caught.value.detail
    assert says in caught.value.detail
    assert "hunter2" not in caught.value.detail


def test_a_folder_that_cannot_be_made_is_a_setting_to_mend(source):
    with pytest.raises(BadSettings, match="MEDIA_URL"):
        FsspecMediaStore(str(source / "below a file"))
