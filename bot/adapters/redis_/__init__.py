"""The embedded server, the job queue and locks; hints only."""
