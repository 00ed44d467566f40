"""Positions are taken out of photos and recordings; nothing else changes."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.adapters.media.position import strip_position

PHOTOS = [
    "exif.jpg",
    "exif_and_xmp.jpg",
    "exif.png",
    "xmp.png",
    "compressed_xmp.png",
    "raw_profile.png",
    "exif_and_xmp.webp",
    "exif_and_xmp.avif",
    "exif.tiff",
]
RECORDINGS = ["android.mp4", "wide.mp4", "threegpp.3gp", "iphone.mov", "track.mov", "voice.m4a", "xmp.mp4"]
HARMLESS = [*(f"plain.{kind}" for kind in ("jpg", "png", "webp", "avif", "tiff", "mp4", "gif"))]
HARMLESS += ["paper.pdf", "words.txt", "empty.bin", "one_byte.bin"]
OTHERS = ["two_in_one.jpg", "motion_photo.jpg", "progressive.jpg", "exif.heic"]
ORIENTATION, DATE_TIME_ORIGINAL = 0x0112, 0x9003
# The seconds of the latitude as EXIF stores them, in both byte orders, and every place written as text.
TRACES = [b"GPS", b"13,45", b"100,30", b"+13.7563", b"\xa9xyz", b"loci", b"network"]


def stripped(content: bytes, file_of) -> bytes:
    path = file_of(content)
    assert strip_position(path)
    return path.read_bytes()


def test_the_tables_are_complete(photos_with_position, photos_without_position):
    assert set(photos_with_position) == {*PHOTOS, *RECORDINGS, *OTHERS}
    assert set(photos_without_position) == set(HARMLESS)


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_loses_its_position_and_nothing_else(name, photos_with_position, file_of):
    before = photos_with_position[name]
    after = stripped(before, file_of)
    old, new = Image.open(io.BytesIO(before)), Image.open(io.BytesIO(after))
    old.load()
    new.load()  # checks PNG's checksums too
    assert old.getexif().get_ifd(0x8825) or b"GPS" in before or b"zTXt" in before or b"iTXt" in before
    assert 0x8825 not in new.getexif()
    assert dict(new.getexif().get_ifd(0x8825)) == {}
    assert new.tobytes() == old.tobytes()
    assert len(after) == len(before)
    assert b"GPS" not in after


@pytest.mark.parametrize(
    "name", ["exif.jpg", "exif_and_xmp.jpg", "exif.png", "exif_and_xmp.webp", "exif_and_xmp.avif", "exif.tiff"]
)
def test_other_exif_tags_stay(name, photos_with_position, file_of):
    before = photos_with_position[name]
    old = Image.open(io.BytesIO(before)).getexif()
    new = Image.open(io.BytesIO(stripped(before, file_of))).getexif()
    # Pillow keeps AVIF's orientation out of EXIF, in a property of the image.
    assert new.get(ORIENTATION) == old.get(ORIENTATION)
    assert old.get(ORIENTATION) == 6 or name.endswith("avif")
    assert new.get_ifd(0x8769)[DATE_TIME_ORIGINAL] == "2024:03:01 09:30:00"
    pointers = {0x8825, 0x8769}  # where directories lie is another thing after Pillow has read an AVIF file
    assert {tag: old[tag] for tag in old if tag not in pointers} == {tag: new[tag] for tag in new if tag != 0x8769}


@pytest.mark.parametrize("name", ["exif_and_xmp.jpg", "xmp.png", "exif_and_xmp.webp", "exif_and_xmp.avif"])
def test_xmp_stays_well_formed_with_all_else_in_it(name, photos_with_position, file_of):
    import xml.etree.ElementTree as ET

    image = Image.open(io.BytesIO(stripped(photos_with_position[name], file_of)))
    image.load()
    packet = image.info.get("xmp") or image.info["XML:com.adobe.xmp"].encode()
    tree = ET.fromstring(packet.decode())
    names = {key for element in tree.iter() for key in (element.tag, *element.attrib)}
    assert not [name for name in names if "GPS" in name]
    assert "{http://ns.adobe.com/exif/1.0/}PixelXDimension" in names
    assert "ประชุมประชาคม" in packet.decode()


@pytest.mark.parametrize("name", [*RECORDINGS, *OTHERS])
def test_no_trace_of_the_place_is_left(name, photos_with_position, file_of):
    before = photos_with_position[name]
    after = stripped(before, file_of)
    assert any(trace in before for trace in TRACES)
    assert [trace for trace in TRACES if trace in after and trace != b"GPS"] == []
    assert len(after) == len(before)


def test_the_numbers_of_a_position_are_gone_from_exif(photos_with_position, file_of):
    before = photos_with_position["exif.jpg"]
    after = stripped(before, file_of)
    tags = Image.open(io.BytesIO(before)).getexif()
    seconds = tags.get_ifd(0x8825)[2][2]
    written = [
        seconds.numerator.to_bytes(4, order) + seconds.denominator.to_bytes(4, order) for order in ("little", "big")
    ]
    assert any(number in before for number in written)
    assert not any(number in after for number in written)


def test_a_recording_keeps_its_frames_and_other_metadata(photos_with_position, file_of):
    after = stripped(photos_with_position["iphone.mov"], file_of)
    assert b"frames" * 50 in after
    assert b"Maker" in after
    assert b"17.0" in after


def test_both_images_of_a_multi_picture_file_are_cleaned(photos_with_position, file_of):
    before = photos_with_position["progressive.jpg"]
    assert before.count(b"network") == 2
    assert b"network" not in stripped(before, file_of)


def test_extended_xmp_is_cleaned_where_a_property_lies_across_two_parts(photos_without_position, file_of):
    plain = photos_without_position["plain.jpg"]
    packet = b'<a xmlns:exif="x" exif:GPSLatitude="99,59.39N" exif:Other="kept"/>'
    parts = [packet[:30], packet[30:]]
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + len(packet).to_bytes(4, "big") + bytes(4)
    segments = b"".join(b"\xff\xe1" + (2 + len(head) + len(p)).to_bytes(2, "big") + head + p for p in parts)
    after = stripped(plain[:2] + segments + plain[2:], file_of)
    assert b"99,59" not in after
    assert b'N" exif:Other' not in after
    assert b'exif:Other="kept"' in after


def test_a_raw_profile_without_a_position_stays(file_of, photos_without_position):
    plain = photos_without_position["plain.png"]
    content = b"Raw profile type exif\0\nexif\n       8\n49492a0008000000\n"
    chunk = len(content).to_bytes(4, "big") + b"tEXt" + content + zlib.crc32(b"tEXt" + content).to_bytes(4, "big")
    path = file_of(plain[:33] + chunk + plain[33:])
    assert not strip_position(path)


@pytest.mark.parametrize("name", HARMLESS)
def test_a_file_that_tells_no_place_is_not_touched(name, photos_without_position, file_of):
    path = file_of(photos_without_position[name])
    modified = path.stat().st_mtime_ns
    assert not strip_position(path)
    assert path.read_bytes() == photos_without_position[name]
    assert path.stat().st_mtime_ns == modified


@pytest.mark.parametrize("name", [*PHOTOS, *RECORDINGS, *OTHERS])
def test_the_second_time_there_is_nothing_to_do(name, photos_with_position, file_of):
    path = file_of(photos_with_position[name])
    assert strip_position(path)
    assert not strip_position(path)


def test_a_directory_that_leads_to_itself_ends_and_spares_the_rest(file_of):
    entry = (0x8825).to_bytes(2, "little") + (4).to_bytes(2, "little") + (1).to_bytes(4, "little")
    loop = b"II*\0" + (8).to_bytes(4, "little") + (1).to_bytes(2, "little") + entry + (8).to_bytes(4, "little")
    path = file_of(loop + (8).to_bytes(4, "little") + b"image data that stays")
    assert strip_position(path)
    assert path.read_bytes().endswith(b"image data that stays")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_broken_file_never_raises_and_keeps_its_length(data, photos_with_position, file_of):
    content = bytearray(photos_with_position[data.draw(st.sampled_from(sorted(photos_with_position)))])
    for _ in range(data.draw(st.integers(0, 6))):
        # The head of a file holds its structure; most damage goes there.
        at = data.draw(st.integers(0, min(len(content), 700) - 1))
        content[at] = data.draw(st.sampled_from([0, 1, 8, 0x7F, 0xD8, 0xE1, 0xFF]))
    cut = bytes(content[: data.draw(st.integers(0, len(content)))]) if data.draw(st.booleans()) else bytes(content)
    path = file_of(cut)
    strip_position(path)
    assert path.stat().st_size == len(cut)
