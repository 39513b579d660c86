"""A mailbox that needs no account: letters lie in a folder here, and come in by a port of this machine."""
