"""Amends: a customer-service desk whose speciality is service recovery."""

__version__ = "0.1.0"
