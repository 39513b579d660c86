"""Whether the reader asks what texts mean, where `amends[semantic]` is installed. Said once, before anything is read."""


class Use:
    """One for the process; a reader that it starts is told the same (`beside`)."""

    meaning = True
