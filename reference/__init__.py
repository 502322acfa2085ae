"""Makes the reference tables of ``kg/reference/data`` from published packages: ``make reference``."""
