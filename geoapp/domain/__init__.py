"""The rules of village statistics: pure values and functions, no file, clock or database."""
