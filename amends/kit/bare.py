"""Headers for answers that Django does not make: raw events, bodies that are refused (ASVS 3.4)."""

from __future__ import annotations

HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]
"""Nothing in such an answer may act, be framed, be kept or be taken for another type."""
TEXT = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
