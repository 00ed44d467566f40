"""Each flow as a table: question to next question."""
