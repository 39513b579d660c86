"""The words by which English shows what an answer has. Tables only; `virtues.py` reads them."""
