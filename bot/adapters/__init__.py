"""The outside world behind the ports: SQL, Redis, LINE, templates, renderers, files."""
