"""From a question in English to a saved query and its parameters."""
