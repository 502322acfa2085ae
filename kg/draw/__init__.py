"""Pictures of a graph: where nodes lie, static pictures, plots."""
