"""The customer's screens: case page and contact form.

Everything works without JavaScript and without an account.
"""
