"""German: its times and its acts."""
