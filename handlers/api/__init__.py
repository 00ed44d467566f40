"""What other programs read and hand in over HTTP, as JSON."""
