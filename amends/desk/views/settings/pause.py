"""The end of the pause after a restore."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.audit import log
from amends.channels.models import Delivery
from amends.desk.access import DeskRequest, wants
from amends.desk.views.settings.frame import see_other
from amends.kit import pausing


@require_POST
@wants("desk.edit")
def resume(request: DeskRequest) -> HttpResponseBase:
    """Mailboxes are listened to and letters leave again."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).count()
    if pausing.resume():
        log.write("sending.resumed", by=request.user, request=request, count=waiting)
        messages.success(request, _("The desk works again. %(count)d letters leave now.") % {"count": waiting})
    return see_other(reverse("now"))
