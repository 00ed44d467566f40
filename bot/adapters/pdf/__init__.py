"""The text layer of PDF files, read in a process with limits."""
