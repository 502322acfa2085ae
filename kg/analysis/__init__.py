"""What a network's shape says: paths, weights of nodes, communities."""
