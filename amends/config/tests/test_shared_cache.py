"""Limits on sign-in hold over all processes: in the database, or in a real Redis."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import override_settings

from tests.peers.redis import running_redis


@pytest.mark.redis
def test_a_shared_redis_counts_for_every_machine() -> None:
    with running_redis() as url:
        shared = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
        with override_settings(CACHES={"default": shared, "other": shared}):
            caches["default"].set("tries", 1, 60)
            assert caches["other"].incr("tries") == 2
            assert caches["default"].get("tries") == 2


@pytest.mark.django_db
def test_without_one_the_database_counts() -> None:
    caches["default"].set("tries", 1, 60)
    assert caches["default"].incr("tries") == 2
