"""The shapes of the editors' files, one file a shape, with Danish keys."""
