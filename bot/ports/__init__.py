"""What the services ask of the outside world; adapters keep these promises, tests use working twins."""
