"""A whole copy of the desk that can be checked, and a desk made from it that sends nothing until told to."""
