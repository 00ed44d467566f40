"""Stored updates in, a report model out; pure."""
