"""Tests of the understanding, without Rasa."""
