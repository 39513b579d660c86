"""Sessions in the database, as Django keeps them; every page begins with reading one, so its query is prepared."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from amends.kit.prepared import prepared


class SessionStore(DatabaseStore):
    """Reads its row with a prepared query; all else is Django's own."""

    def _get_session_from_db(self) -> Session | None:
        found = _living(self.session_key or "", timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None


@prepared
def _living(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
