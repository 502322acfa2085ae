"""A graph as a data set that can be cited: files, descriptions, queries with their results, checksums."""
