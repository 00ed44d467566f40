"""The system of record on SQLAlchemy: SQLite or PostgreSQL."""
