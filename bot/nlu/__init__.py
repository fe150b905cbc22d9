"""Understanding: Danish features, the linear model over them, the ranker, and their Rasa graph components."""
