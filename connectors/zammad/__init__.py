"""Henvendelser mirrored to a real Zammad: an outbox that is retried until each ticket stands there exactly once."""
