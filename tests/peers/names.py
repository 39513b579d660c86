"""A name server over UDP that knows what it is told."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from tests.peers.ports import HOST

Zone = dict[tuple[str, str], list[str]]
"""(name, type) → records as they stand in a zone file."""


@contextlib.contextmanager
def running_names(zone: Zone) -> Iterator[int]:
    """Answers from `zone`, with NXDOMAIN for all else; gives the port."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind((HOST, 0))
    thread = threading.Thread(target=_serve, args=(listener, zone), daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.sendto(b"", listener.getsockname())
        thread.join()
        listener.close()


def _serve(listener: socket.socket, zone: Zone) -> None:
    while True:
        raw, sender = listener.recvfrom(4096)
        if not raw:
            return
        listener.sendto(_answer(dns.message.from_wire(raw), zone).to_wire(), sender)


def _answer(asked: dns.message.Message, zone: Zone) -> dns.message.Message:
    answer = dns.message.make_response(asked)
    answer.flags |= dns.flags.RA
    question = asked.question[0]
    name, kind = question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype)
    records = zone.get((name, kind))
    if records:
        answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *records))
    elif not any(known == name for known, _kind in zone):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer
