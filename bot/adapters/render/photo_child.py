"""The limited process in which photos are read: one after another from standard input, ready on standard output.

It imports nothing of the rest of the program, so that it is there in a tenth of a second.
"""

from __future__ import annotations

import contextlib
import importlib.util
import resource
import struct
import sys
from pathlib import Path

ASKED, ANSWERED = struct.Struct(">II"), struct.Struct(">III")
"""How many photos the report has and how long this one is; width, height and length of the one made, or nought."""


def main(memory_mib: int) -> int:
    """Work until the other end is closed."""
    for kind, most in ((resource.RLIMIT_AS, memory_mib << 20), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS keeps no limit on memory
            resource.setrlimit(kind, (most, most))
    spec = importlib.util.spec_from_file_location("photo", Path(__file__).with_name("photo.py"))
    if spec is None or spec.loader is None:
        return 1
    photo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(photo)
    source, answer = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(ASKED.size)) == ASKED.size:
        photos, length = ASKED.unpack(head)
        try:
            data, width, height = photo.for_print(source.read(length), photos)
        except Exception:  # a decoder may fail in any way on a strange file
            data, width, height = b"", 0, 0
        answer.write(ANSWERED.pack(width, height, len(data)) + data)
        answer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
