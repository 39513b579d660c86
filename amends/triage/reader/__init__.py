"""Reading what people write: of each company that is watched, how the author stands to it, and by which words."""
