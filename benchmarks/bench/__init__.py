"""What the benchmarks share: a served site of their own, load, times, and how results are written."""
