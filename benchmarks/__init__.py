"""Benchmarks: how fast and how large; figures in docs/benchmarks.md."""
