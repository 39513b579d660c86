"""Where mails went: `python -m bench.arrived FIRST COUNT` prints [Message-ID, case] of those of one run as JSON."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
django.setup()

from amends.channels.models import Kept  # noqa: E402


def arrived(first: str, count: int) -> list[tuple[str, int]]:
    """The kept mails of the run that `first` began, with the case that each stands in."""
    run = first.partition(".")[0]
    newest = Kept.objects.order_by("-pk").values_list("message_id", "entry__case_id")[: count * 2]
    return [(message_id, case) for message_id, case in newest if message_id.startswith(f"{run}.") and case]


if __name__ == "__main__":
    print(json.dumps(arrived(sys.argv[1], int(sys.argv[2]))))
