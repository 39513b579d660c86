"""URL roots."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("amends.upkeep.urls")),
    path("", include("amends.desk.urls.work")),
    path("", include("amends.desk.urls.case")),
    path("", include("amends.desk.urls.settings")),
    path("", include("amends.portal.urls")),
    path("accounts/", include("allauth.urls")),
]
handler404 = "amends.upkeep.views.not_here"
handler500 = "amends.upkeep.views.server_error"
if settings.DEMO:
    urlpatterns.append(path("demo/", include("amends.demo.urls")))
