"""Binding of figures: what a quantity measures, and whose it is."""
