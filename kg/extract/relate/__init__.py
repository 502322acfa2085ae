"""Relations between mentions: one module a way of saying them."""
