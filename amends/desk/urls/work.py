"""The work: now, people, find or do, a new case."""

from __future__ import annotations

from django.urls import path

from amends.desk.views import (
    alarms,
    duty,
    ladder,
    live,
    now,
    people,
    person_data,
    person_edits,
    promises,
    search,
    starting,
)

urlpatterns = [
    path("", now.now, name="now"),
    path("now/rows", now.rows, name="now_rows"),
    path("now/known/<int:naming_id>/seen/", now.naming_seen, name="naming_seen"),
    path("now/alarms/<int:alarm_id>/seen/", alarms.seen, name="alarm_seen"),
    path("now/ticket", live.renew, name="live_ticket"),
    path("promises/", promises.promises, name="promises"),
    path("duty/", duty.duty, name="duty"),
    path("people/", people.people, name="people"),
    path("people/<int:customer_id>/", people.person, name="person"),
    path("people/<int:customer_id>/know/<slug:field>/", person_edits.know, name="person_know"),
    path("people/<int:customer_id>/export/", person_data.export, name="person_export"),
    path("people/<int:customer_id>/erase/", person_data.erase, name="person_erase"),
    path("people/<int:customer_id>/hold/", person_data.hold, name="person_hold"),
    path("people/<int:customer_id>/reach/", person_edits.reach, name="person_reach"),
    path("ladder/", ladder.of_house, name="ladder"),
    path("palette/", search.palette, name="palette"),
    path("find/", search.search, name="search"),
    path("cases/new/", starting.new_case, name="new_case"),
    path("cases/new/known/", starting.known, name="new_case_known"),
]
