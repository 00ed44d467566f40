"""The system of record on SQLite or PostgreSQL; bot.adapters.sql.store and .migrate are the ways in."""
