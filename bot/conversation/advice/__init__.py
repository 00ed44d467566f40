"""Gentle advice before an update is sent: one rule a file, listed in `rules`; never a block."""
