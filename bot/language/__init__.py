"""Danish text: folding, tokens, lemmas, dates, numbers that must not be kept."""
