"""French: its times and its acts."""
