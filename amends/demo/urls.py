"""The demo's own pages; they exist only with AMENDS_DEMO=yes."""

from __future__ import annotations

from django.urls import path

from amends.demo import views

urlpatterns = [
    path("", views.door, name="demo"),
    path("as/<int:member_id>/", views.sign_in, name="demo_sign_in"),
    path("customer/", views.customer, name="demo_customer"),
    path("customer/write/", views.write, name="demo_write"),
    path("customer/letters/", views.letters, name="demo_letters"),
]
