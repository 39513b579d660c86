"""What a good answer must do: the right thing.

The brief for an answer, and notes on a draft.
"""
