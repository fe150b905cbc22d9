"""What runs inside or around Rasa: Danish text, NLU components, reading ``knowledge/``, the command line."""
