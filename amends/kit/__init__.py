"""Helpers free of the domain: blobs, secrets, tokens, safe HTML, guarded HTTP, wake-ups."""
