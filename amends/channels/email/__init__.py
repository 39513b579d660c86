"""Mail: read, fetched over IMAP, sent over SMTP."""
