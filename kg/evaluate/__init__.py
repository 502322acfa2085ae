"""Evaluation: how much of what a careful reader finds the extraction finds too, and what is behind the rest."""
