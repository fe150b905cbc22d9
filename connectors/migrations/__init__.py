"""The database's schema, step by step; run by ``connectors.migrate``."""
