"""Policy packs: what a regulator, a standard or the house wants done by when, as data files (ES7, Appendix 2).

Examples with dates, not legal advice: whoever uses one chooses it, reads it and edits its letters.
"""
