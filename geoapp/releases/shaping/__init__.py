"""From a table to its shape: what every column is, and which figures it holds of what and when."""
