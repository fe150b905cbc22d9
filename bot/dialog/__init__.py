"""What the bot says: pure functions from the library and the state to replies. Texts come from ``knowledge/`` only."""
