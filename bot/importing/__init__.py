"""Pure readers: a file's bytes in, tables, rows and doubts out."""
