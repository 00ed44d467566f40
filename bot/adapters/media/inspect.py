"""The inspector of received files: what they are, and no word of where they were made."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.media.position import strip_position
from bot.adapters.media.sniff import sniff


class Inspector:
    """Looks at received bytes."""

    def prepare(self, path: Path, name: str | None) -> str:
        """Take position data out of the file, in place and losslessly, and return its MIME type by its bytes."""
        strip_position(path)
        return sniff(path)

    def is_picture(self, path: Path) -> bool:
        """Decode it, small."""
        from PIL import Image

        try:
            with Image.open(path) as image:
                image.draft("RGB", (64, 64))
                image.load()
        except Exception:  # a decoder may fail in any way on a strange file
            return False
        return True
