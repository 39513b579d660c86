"""News for open screens: one hub a process, one event stream a browser."""
