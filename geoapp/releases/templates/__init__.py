"""Empty tables to fill in, and filled ones known again."""
