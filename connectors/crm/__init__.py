"""The municipality's record of henvendelser: models, numbers, reply deadlines, and what may be done to a case."""
