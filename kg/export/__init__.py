"""A built graph as networks, tables, pages and files for other programs."""
