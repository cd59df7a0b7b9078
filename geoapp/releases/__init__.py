"""From a table to a release: read, match, check, stage; then, when people agree, publish or withdraw."""
