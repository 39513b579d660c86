"""`python -m amends.cli` is the command `amends`."""

import sys

from amends.cli.main import main

sys.exit(main())
