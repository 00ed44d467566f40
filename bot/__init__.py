"""Kaona: progress reporting in LINE for Thai local government."""
