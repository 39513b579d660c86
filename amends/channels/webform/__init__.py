"""The contact form and the case page: the smallest channel, the one to copy."""
