"""Views: each parses what came, calls one flow, and answers."""
