"""From rows to regions: codes, names within parents, levels, and what only a person can decide."""
