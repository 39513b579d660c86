"""The customer's pages."""

from __future__ import annotations

from django.urls import path

from amends.portal.views import case, contact, files, links, not_right, style

urlpatterns = [
    path("contact/<slug:slug>/", contact.contact, name="contact"),
    path("contact/<slug:slug>/thanks/<str:sent>/", contact.thanks, name="contact_thanks"),
    path("c/style/<slug:slug>.css", style.style, name="shop_style"),
    path("c/<str:token>/", case.case_page, name="case_page"),
    path("c/<str:token>/all/", case.everything, name="case_page_all"),
    path("c/<str:token>/not-right/", not_right.not_right, name="case_page_not_right"),
    path("c/<str:token>/new-link/", links.new_link, name="case_page_link"),
    path("c/<str:token>/files/<int:file_id>/<str:name>", files.file, name="case_page_file"),
]
