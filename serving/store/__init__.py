"""The store: what was scored, listed, decided and found, in SQLite or PostgreSQL."""
