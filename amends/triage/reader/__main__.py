"""`python -m amends.triage.reader`: lines of JSON in, lines out, behind everything else that the machine does."""

import os
import sys

from amends.kit.json_lines import answer_each
from amends.triage.reader.lines import answered

NICE = 10

if __name__ == "__main__":
    os.nice(NICE)
    answer_each(sys.stdin.buffer, sys.stdout.buffer, answered)
