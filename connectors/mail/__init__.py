"""Mail out: an outbox in the database, and the carriers that empty it (SMTP, a folder, the console)."""
