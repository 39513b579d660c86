"""Who did what, to what, when, and from where: an append-only log whose rows are chained by their hashes.

It knows nothing of the domain: members and things are handed in, and only their names and numbers are written.
What happens on a case stands on its timeline; this is for all that a timeline does not tell.
"""
