"""`amends doctor`: one finding a check, each with what to do."""
