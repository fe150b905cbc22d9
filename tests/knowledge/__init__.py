"""Tests of reading and checking the editors' files."""
