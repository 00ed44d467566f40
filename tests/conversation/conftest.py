"""Property tests here run the same examples every time, however slow the machine."""

from hypothesis import settings

settings.register_profile("kaona", deadline=None, derandomize=True)
settings.load_profile("kaona")
