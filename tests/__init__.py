"""Tests; the folders mirror the modules."""
