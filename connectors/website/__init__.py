"""The gateway: the one process that faces the internet. It owns a conversation's messages and its state.

The way of a message: ``api`` or ``ws`` (HTTP) → ``incoming`` (checked, CPR masked) → ``store`` (kept) → ``worker``
(in order, while the conversation is the bot's) → ``rasa_client`` → ``answers`` (kept) → ``notifier`` → the business.
"""
