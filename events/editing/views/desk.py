"""The desk's first page: open drafts and the latest published changes of each conflict one sits at."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import policy
from events.models import Draft

from ..access import at_the_desk
from ..lists import latest_changes, open_drafts

SHOWN = 20


@require_safe
@at_the_desk
def desk(request: HttpRequest) -> HttpResponse:
    conflicts = list(policy.desk_conflicts(request.user))
    if not conflicts:
        raise PermissionDenied(
            _("You are signed in as %(user)s, but sit at no desk yet. Ask a chief to add you.")
            % {"user": request.user.get_username()}
        )
    desks = [
        {
            "conflict": conflict,
            "role": policy.role_of(request.user, conflict),
            "drafts": open_drafts(policy.visible_drafts(request.user, conflict), SHOWN),
            "changes": latest_changes(conflict, SHOWN),
        }
        for conflict in conflicts
    ]
    return render(request, "editing/desk.html", {"desks": desks, "statuses": Draft.Status})
