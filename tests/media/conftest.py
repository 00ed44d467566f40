"""Photos and recordings with and without positions, made on the spot."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, PngImagePlugin

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
LATITUDE = (13.0, 45.0, 23.4567)
XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'exif:GPSLatitude="13,45.39N" exif:PixelXDimension="40" exif:GPSMapDatum=\'WGS-84\'>'
    "<exif:GPSLongitude>100,30.11E</exif:GPSLongitude><exif:GPSAltitude/>"
    "<dc:title>ประชุมประชาคม</dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
).encode()


def picture() -> Image.Image:
    image = Image.new("RGB", (40, 30))
    image.putdata([(x * 6, y * 8, (x * y) % 256) for y in range(30) for x in range(40)])
    return image


def exif(*, with_gps: bool = True) -> Image.Exif:
    """Made anew each time: saving an AVIF file takes the orientation out of it."""
    tags = Image.Exif()
    tags[ORIENTATION] = 6
    tags[MAKE] = "กล้องสมมติ".encode().decode("latin-1")
    tags.get_ifd(0x8769)[0x9003] = "2024:03:01 09:30:00"
    tags[0x8769] = dict(tags.get_ifd(0x8769))  # or Pillow leaves it out of a TIFF file
    if with_gps:
        place = {0: b"\x02\x03\x00\x00", 1: "N", 2: LATITUDE, 3: "E", 4: (100.0, 30.0, 6.6)}
        tags.get_ifd(GPS).update(place)
        tags[GPS] = {**place, 29: "2024:03:01", 27: b"ASCII\x00\x00\x00network"}
    return tags


def saved(kind: str, **options: object) -> bytes:
    into = io.BytesIO()
    picture().save(into, kind, **options)
    return into.getvalue()


def png_chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + checksum


def png_with(*chunks: bytes) -> bytes:
    plain = saved("PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def raw_profile(name: str, content: bytes) -> bytes:
    lines = content.hex()
    text = "\n".join(lines[at : at + 72] for at in range(0, len(lines), 72))
    return f"\n{name}\n{len(content):8}\n{text}\n".encode()


def text_info() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info


def box(kind: bytes, *content: bytes, wide: bool = False) -> bytes:
    body = b"".join(content)
    if wide:
        return struct.pack(">I4sQ", 1, kind, len(body) + 16) + body
    return struct.pack(">I4s", len(body) + 8, kind) + body


PLACE = b"+13.7563+100.5018/"


def recording(brand: bytes, *moov: bytes, wide: bool = False) -> bytes:
    ftyp = box(b"ftyp", brand, b"\x00\x00\x02\x00", b"isommp42")
    return (
        ftyp
        + box(b"free", b"")
        + box(b"mdat", b"frames" * 50, wide=wide)
        + box(b"moov", box(b"mvhd", b"0" * 100), *moov)
    )


def quicktime_metadata() -> bytes:
    names = (b"com.apple.quicktime.make", b"com.apple.quicktime.location.ISO6709", b"com.apple.quicktime.software")
    keys = struct.pack(">II", 0, len(names)) + b"".join(box(b"mdta", name) for name in names)
    values = (b"Maker", PLACE, b"17.0")
    items = [
        box(struct.pack(">I", index), box(b"data", b"\x00\x00\x00\x01TH\x00\x00", value))
        for index, value in enumerate(values, 1)
    ]
    handler = box(b"hdlr", bytes(8), b"mdta", bytes(13))
    return box(b"meta", handler, box(b"keys", keys), box(b"ilst", *items))


def with_position() -> dict[str, bytes]:
    """Every kind of file that can tell a place, each telling one."""
    jpeg = saved("JPEG", exif=exif(), xmp=XMP)
    tiff_block = exif().tobytes()  # begins with "Exif" and two zeros
    android = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE))
    avif = saved("AVIF", exif=exif(), xmp=XMP)
    return {
        "exif.jpg": saved("JPEG", exif=exif()),
        "exif_and_xmp.jpg": jpeg,
        "two_in_one.jpg": saved("JPEG") + jpeg,
        "motion_photo.jpg": saved("JPEG") + recording(b"mp42", android),
        "progressive.jpg": saved("JPEG", exif=exif(), progressive=True) + bytes(7) + saved("JPEG", exif=exif()),
        "exif.png": saved("PNG", exif=exif()),
        "xmp.png": saved("PNG", pnginfo=text_info()),
        "compressed_xmp.png": png_with(png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0" + zlib.compress(XMP))),
        "raw_profile.png": png_with(
            png_chunk(b"tEXt", b"Raw profile type exif\0" + raw_profile("exif", tiff_block)),
            png_chunk(b"zTXt", b"Raw profile type APP1\0\0" + zlib.compress(raw_profile("APP1", tiff_block))),
        ),
        "exif_and_xmp.webp": saved("WEBP", exif=exif(), xmp=XMP),
        "exif_and_xmp.avif": avif,
        "exif.heic": avif.replace(b"ftypavif", b"ftypheic", 1),
        "exif.tiff": saved("TIFF", exif=exif()),
        "android.mp4": recording(b"isom", android),
        "wide.mp4": recording(b"isom", android, wide=True),
        "threegpp.3gp": recording(b"3gp4", box(b"udta", box(b"loci", bytes(6), b"Home\0\0", b"\x00\x0d\xc1\x9d" * 3))),
        "iphone.mov": recording(b"qt  ", quicktime_metadata()),
        "track.mov": recording(b"qt  ", box(b"trak", quicktime_metadata())),
        "voice.m4a": recording(b"M4A ", box(b"udta", box(b"meta", bytes(4), box(b"ilst", box(b"\xa9xyz", PLACE))))),
        "xmp.mp4": recording(b"isom") + box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), XMP),
    }


def without_position() -> dict[str, bytes]:
    """The same kinds with nothing to hide."""
    calm = XMP.replace(b"GPS", b"Own")
    return {
        "plain.jpg": saved("JPEG", exif=exif(with_gps=False), xmp=calm),
        "plain.png": saved("PNG", exif=exif(with_gps=False)),
        "plain.webp": saved("WEBP", exif=exif(with_gps=False), xmp=calm),
        "plain.avif": saved("AVIF", exif=exif(with_gps=False), xmp=calm),
        "plain.tiff": saved("TIFF", exif=exif(with_gps=False)),
        "plain.mp4": recording(b"isom", box(b"udta", box(b"\xa9day", b"2024"))),
        "plain.gif": saved("GIF"),
        "paper.pdf": b'%PDF-1.7\n% exif:GPSLatitude="13" ' + PLACE,
        "words.txt": "ประชุม ".encode() + XMP,
        "empty.bin": b"",
        "one_byte.bin": b"\xff",
    }


@pytest.fixture(scope="session")
def photos_with_position() -> dict[str, bytes]:
    return with_position()


@pytest.fixture(scope="session")
def photos_without_position() -> dict[str, bytes]:
    return without_position()


@pytest.fixture
def file_of(tmp_path) -> Callable[[bytes], object]:
    def write(content: bytes):
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return write
