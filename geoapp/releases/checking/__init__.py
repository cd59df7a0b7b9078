"""From joined rows to a batch: figures, parts, totals, jumps, and the account of every row and region."""
