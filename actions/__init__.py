"""Rasa custom actions: thin, over the pure rules of ``bot``."""
