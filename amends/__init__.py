"""Amends: a customer-service desk whose speciality is service recovery."""
