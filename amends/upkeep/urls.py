"""Addresses for machines that watch the desk."""

from __future__ import annotations

from django.urls import path

from amends.upkeep import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
