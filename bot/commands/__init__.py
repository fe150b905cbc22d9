"""The subcommands of ``erhverv``, one a module; each imports what it needs only when it runs."""
