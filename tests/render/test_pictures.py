"""Photos for print: upright, small, bare; and what is no photo never stops a report."""

from __future__ import annotations

import io
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.adapters.render import photo_pool
from bot.adapters.render.photo import MANY_PIXELS, PRINT_PIXELS, VERY_MANY_PIXELS
from bot.adapters.render.pictures import MOST_AWAY, fitted, prepare_pictures, read_picture, runs
from bot.adapters.render.render_all import render_all
from bot.domain.errors import CompileFailed, OutsideWorld
from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from bot.reporting.rendering import Picture
from tests.render.html_reading import read_page
from tests.render.reading_back import by_pdfium, docx_text, folded, xlsx_rows
from tests.reporting.sample_year import NOW, jpeg, one_measure, photo


def opened(picture: Picture | None) -> Image.Image:
    assert picture is not None
    return Image.open(io.BytesIO(picture.data))


def test_a_photo_taken_sideways_is_upright_and_carries_no_metadata():
    stored = jpeg("k", size=(400, 200), orientation=6)
    assert b"private words" in stored
    picture = read_picture("k", lambda key: stored)
    assert opened(picture).size == (200, 400)
    assert b"private words" not in picture.data
    assert not opened(picture).getexif()


def test_a_large_photo_is_made_small():
    picture = read_picture("k", lambda key: jpeg(key, size=(4000, 3000)))
    assert max(opened(picture).size) <= PRINT_PIXELS
    assert abs(picture.width / picture.height - 4 / 3) < 0.01


def test_a_transparent_picture_stands_on_white(tmp_path: Path):
    file = tmp_path / "clear.png"
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file)
    picture = read_picture("k", lambda key: file)
    assert opened(picture).getpixel((5, 5)) == (255, 255, 255)


def broken(key: str) -> bytes:
    if key == "raises":
        raise FileNotFoundError("gone")
    return {"text": b"not a photo", "cut": jpeg(key)[:900], "empty": b"", "heic": b"\0\0\0\x18ftypheic"}[key]


@pytest.mark.parametrize("key", ["text", "cut", "empty", "heic", "raises"])
def test_what_is_no_photo_is_listed_as_a_file_with_a_finding(key: str):
    year = one_measure(evidence=(photo(key, "ภาพกิจกรรม"), photo("good")))
    report = build_report(year, RoundNo.TWELVE, compiled_at=NOW)
    ready, pictures = prepare_pictures(report, lambda k: jpeg(k) if k == "good" else broken(k))
    assert list(pictures) == ["good"]
    bad, good = ready.annex[0].items
    assert (bad.image_key, bad.kind_word, bad.caption) == (None, "ไฟล์", "ภาพกิจกรรม")
    assert good.image_key == "good"
    assert [(f.code, f.measure_no) for f in ready.findings] == [("photo_unreadable", 1)]


def test_a_report_with_unreadable_photos_compiles_in_every_format():
    report = build_report(one_measure(evidence=(photo("text"),)), RoundNo.TWELVE, compiled_at=NOW)
    done = render_all(report, broken)
    assert all(done.files.values())
    assert [finding.code for finding in done.findings] == ["photo_unreadable"]


def test_a_photo_used_twice_is_read_once():
    asked: list[str] = []

    def images(key: str) -> bytes:
        asked.append(key)
        return jpeg(key)

    report = build_report(one_measure(evidence=(photo("a"), photo("a"))), RoundNo.TWELVE, compiled_at=NOW)
    ready, pictures = prepare_pictures(report, images)
    assert asked == ["a"]
    assert [item.image_key for item in ready.annex[0].items] == ["a", "a"]
    assert len(pictures) == 1


def test_a_photo_keeps_its_shape_inside_its_box():
    assert fitted(Picture(data=b"", width=400, height=200), 10, 10) == (10, 5)
    assert fitted(Picture(data=b"", width=200, height=400), 10, 10) == (5, 10)


def grainy(key: str) -> bytes:
    """A photo with the grain of a real one, which no JPEG makes small."""
    noise = Image.effect_noise((1600, 1200), 40).convert("RGB")
    out = io.BytesIO()
    Image.blend(Image.open(io.BytesIO(jpeg(key, size=(1600, 1200)))), noise, 0.3).save(out, "JPEG", quality=90)
    return out.getvalue()


def test_forty_photos_make_a_pdf_under_five_megabytes():
    assert len(grainy("k")) > 300_000
    year = one_measure(evidence=tuple(photo(f"k{number}", f"ภาพ {number}") for number in range(40)))
    report = build_report(year, RoundNo.TWELVE, compiled_at=NOW)
    done = render_all(report, grainy, formats=("pdf", "docx"))
    assert {name: len(data) < 5_000_000 for name, data in done.files.items()} == {"pdf": True, "docx": True}


def test_a_few_photos_keep_their_size_and_of_many_each_is_smaller():
    one = grainy("k")
    assert read_picture("k", lambda key: one, 3).width == PRINT_PIXELS
    many = read_picture("k", lambda key: one, 40)
    assert many.width <= MANY_PIXELS
    assert len(many.data) <= 105_000
    assert opened(many).size == (many.width, many.height)


def test_the_photos_of_an_album_are_a_run_of_their_own_with_the_caption_once():
    album = [replace(photo(f"a{n}", "พิธีเปิด"), group_id="set-1") for n in range(3)]
    year = one_measure(evidence=(photo("k1", "ก"), *album, photo("k2", "ข"), photo("k3", "ค")))
    report, pictures = prepare_pictures(build_report(year, RoundNo.TWELVE, compiled_at=NOW), jpeg)
    drawn = [(run.caption, len(run.items)) for run in runs(report.annex[0].items, pictures)]
    assert drawn == [(None, 1), (("ภาพที่ ๒", "พิธีเปิด"), 3), (None, 2)]


def test_every_format_says_the_caption_of_an_album_once():
    album = [replace(photo(f"a{n}", "พิธีเปิดหนึ่งเดียว"), group_id="set-1") for n in range(3)]
    report = build_report(one_measure(evidence=(photo("k1", "ก"), *album)), RoundNo.TWELVE, compiled_at=NOW)
    files = render_all(report, lambda key: jpeg(key, size=(300, 200))).files
    said = {
        "pdf": by_pdfium(files["pdf"]),
        "docx": docx_text(files["docx"]),
        "html": " ".join(read_page(files["html"]).of("figcaption")),
        "xlsx": str(xlsx_rows(files["xlsx"], 1)),
    }
    assert {name: folded(text).count(folded("พิธีเปิดหนึ่งเดียว")) for name, text in said.items()} == dict.fromkeys(said, 1)
    assert len(read_page(files["html"]).attributes("img")) == 4


def pixel_bomb() -> bytes:
    """A small file that unpacks to more memory than a photo may take."""
    out = io.BytesIO()
    Image.new("RGBA", (8900, 8900)).save(out, "PNG")
    return out.getvalue()


def test_a_photo_that_takes_too_much_memory_or_time_costs_itself_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(photo_pool, "MEMORY_MIB", 200)
    year = one_measure(evidence=(photo("good"), photo("bomb", "ภาพยักษ์"), photo("other")))
    report = build_report(year, RoundNo.TWELVE, compiled_at=NOW)
    bomb = pixel_bomb()
    ready, pictures = prepare_pictures(report, lambda key: bomb if key == "bomb" else jpeg(key))
    assert set(pictures) == {"good", "other"}
    assert [finding.message for finding in ready.findings] == ["มาตรการลำดับที่ ๑: ภาพที่ ๒ เปิดไม่ได้ จึงแสดงเป็นรายการไฟล์"]
    monkeypatch.setattr(photo_pool, "SECONDS", 0.0)
    assert prepare_pictures(report, jpeg)[1] == {}


def test_photos_that_cannot_be_fetched_are_named_and_when_none_can_be_the_storage_is_to_blame():
    def away(key: str) -> bytes:
        if key == "away":
            raise OutsideWorld("no answer")
        return jpeg(key)

    report = build_report(one_measure(evidence=(photo("a"), photo("away"))), RoundNo.TWELVE, compiled_at=NOW)
    with pytest.raises(CompileFailed) as caught:
        prepare_pictures(report, away)
    assert caught.value.fields["image_keys"] == ("away",)
    many = tuple(photo(f"k{number}") for number in range(MOST_AWAY + 3))
    report = build_report(one_measure(evidence=many), RoundNo.TWELVE, compiled_at=NOW)
    with pytest.raises(OutsideWorld):
        prepare_pictures(report, lambda key: away("away"))


def test_a_compile_that_is_cancelled_amid_its_photos_leaves_no_process():
    class Stop(Exception):
        pass

    def stop(ready: int, of: int) -> None:
        raise Stop

    report = build_report(
        one_measure(evidence=tuple(photo(f"k{n}") for n in range(6))), RoundNo.TWELVE, compiled_at=NOW
    )
    with pytest.raises(Stop):
        prepare_pictures(report, jpeg, stop)
    mine = subprocess.run(["pgrep", "-P", str(os.getpid()), "-f", "photo_child"], capture_output=True, check=False)
    assert mine.stdout == b""


def test_of_very_many_photos_each_is_small_enough_to_hold_them_all():
    one = jpeg("k", size=(4000, 3000))
    assert read_picture("k", lambda key: one, 300).width == VERY_MANY_PIXELS
