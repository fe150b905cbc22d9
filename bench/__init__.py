"""``make bench``: this project beside stock Rasa, in one run on one machine. Never a test: nothing here fails for being slow."""
