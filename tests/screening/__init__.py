"""Tests of the screening engine, without Rasa."""
