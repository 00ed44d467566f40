"""Admin pages, one a file, each with its access rule."""
