"""."""

urlpatterns: list[object] = []
