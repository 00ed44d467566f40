"""Background jobs, one a file; each calls one service."""
