"""The web door: it parses a question, asks, answers and dresses errors; it decides nothing."""
