"""Use cases, one a file, named by a verb; they know ports, not products."""
