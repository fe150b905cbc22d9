"""Tests of the benchmark's own parts; nothing is measured here."""
