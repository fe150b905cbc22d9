"""One file a revision, chained by ``down_revision``."""
