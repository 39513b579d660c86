"""Sessions in the database, as Django keeps them; every page begins with reading one, so its query is prepared."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from amends.kit import away
from amends.kit.prepared import prepared


class SessionStore(DatabaseStore):
    """Reads its row with a prepared query, and tells a database that is away from a session that is gone."""

    def save(self, must_create: bool = False) -> None:
        """Raises UpdateError only when the session is gone: any other failure Django would answer with 400, too."""
        try:
            super().save(must_create=must_create)
        except UpdateError as error:
            cause = error.__context__
            if cause is not None and away.passes(cause):
                raise cause from None
            raise

    def _get_session_from_db(self) -> Session | None:
        found = _living(self.session_key or "", timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None


@prepared
def _living(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
