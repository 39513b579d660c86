"""English: its times and its acts."""
