"""The front staff's desk: log-in, lists, the chat taken over, the case, the company."""
