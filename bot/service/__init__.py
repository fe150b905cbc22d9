"""Starting the whole on one machine: checks, training when the model is stale, and the supervised processes."""
