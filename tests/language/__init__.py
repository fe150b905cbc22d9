"""Tests of ``bot.language``."""
