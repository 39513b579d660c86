"""Whom we serve, and who we are.

Customers and their identities; staff, teams, roles; brands.
"""
