"""`python -m amends.triage.reader`: lines of JSON in, lines out, behind everything else that the machine does."""

import os
import sys

from amends.kit.json_lines import answer_each
from amends.triage.reader.beside import BY_WORDS
from amends.triage.reader.lines import answered
from amends.triage.reader.use import Use

NICE = 10

if __name__ == "__main__":
    os.nice(NICE)
    Use.meaning = BY_WORDS not in sys.argv[1:]
    answer_each(sys.stdin.buffer, sys.stdout.buffer, answered)
