"""The desk's addresses: the work, one case, the settings."""
