"""A letter that may have got through: what the mailbox itself knows of it (reliability §4.2).

A server that has taken a letter and then lost the line leaves two possibilities, and no protocol tells them apart.
Some providers put a copy of all they take into the folder of sent letters; what lies there has left.
"""

from __future__ import annotations

import structlog

from amends.channels import accounts
from amends.channels.message import ChannelError
from amends.channels.models import Delivery
from amends.channels.registry import Adapter
from amends.kit.secrets import SecretError

log = structlog.get_logger("amends.doubt")


def has_left(delivery: Delivery, adapter: Adapter) -> bool:
    """Whether the mailbox has a copy of the letter among those it sent. False says nothing: not all keep one.

    Not asked for a letter that was taken before, for some or for all: then the copy is that one's.
    """
    if delivery.got or delivery.attempts.filter(ok=True).exists():
        return False
    try:
        return adapter.has_sent(accounts.opened(delivery.account), delivery.message_id) is True
    except (ChannelError, SecretError) as error:
        log.info("nobody knows whether a letter left", delivery=delivery.pk, why=str(error))
    except Exception:
        log.exception("the mailbox could not be asked for a letter", delivery=delivery.pk)
    return False
