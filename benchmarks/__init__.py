"""How fast it is: run by hand, not by the tests."""
