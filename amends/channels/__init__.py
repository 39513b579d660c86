"""Hearing and saying: raw messages in, deliveries out.

One folder for each channel; adapters translate and never call the app.
"""
