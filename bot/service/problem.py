"""What stops a start, told in one line that says what to do."""


class StartProblem(Exception):
    """The message is one Danish line for whoever typed the command; ``start`` prints it and exits 1."""
