"""Doors to the outside: the website's gateway, the case store, the company register."""
