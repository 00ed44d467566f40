"""What kind of message a file becomes, and how large a picture is."""

import mimetypes
import struct
from dataclasses import dataclass

_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
)
_IMAGE_TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/heic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as a person picked it."""

    name: str
    data: bytes
    content_type: str = ""
    kind: str = ""  # image, video, audio or file; empty means LINE's own choice

    @property
    def media_type(self) -> str:
        """Its MIME type, by its bytes first, then as given, then by its name."""
        for start, media_type in _SIGNATURES:
            if self.data.startswith(start):
                return media_type
        given = "" if self.content_type == "application/octet-stream" else self.content_type
        return given or mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def message_kind(self) -> str:
        """The message type it becomes."""
        if self.kind:
            return self.kind
        main = self.media_type.partition("/")[0]
        if self.media_type in _IMAGE_TYPES:
            return "image"
        return main if main in ("video", "audio") else "file"


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Read width and height of a PNG or JPEG; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return None
