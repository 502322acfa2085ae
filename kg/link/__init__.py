"""Linking entities to what others call them: candidates, mappings in SSSOM, services, review."""
