"""Building lessons: source, notebook, release, keys."""
