"""Every page of a customer: contact form, case page, and what hangs on it."""
